"""No paper: the number stands on the screen, staff were told, the desk prints the paper."""

from typing import ClassVar

from kiosk.flows.application.events import NextAsked
from kiosk.flows.application.states import ShowingNumber
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, number_card  # noqa: F401 - named in showing_number.kv


class ShowingNumberScreen(FlowScreen):
    """Remember the number; the desk prints the paper."""

    leaves_by_itself: ClassVar = True
    says: ClassVar = {
        "title": "apply.number.title",
        "lead": "apply.number.lead",
        "main_text": "apply.number.remembered",
    }

    def show(self, view: View) -> None:
        """Draw the number."""
        state = view.state
        assert isinstance(state, ShowingNumber)
        assert self.speech is not None
        self.ids.card.title = self.text("apply.ticket.card")
        self.ids.number.show(state.ticket, view.machine, self.speech)

    def report_main(self) -> None:
        """I remember it."""
        self.report(NextAsked())


kv.load(__file__)
