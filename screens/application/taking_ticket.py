"""The paper is out; the person takes it and sees their number."""

from typing import ClassVar

from kiosk.flows.application.events import PaperTaken
from kiosk.flows.application.states import TakingTicket
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, number_card  # noqa: F401 - named in taking_ticket.kv


class TakingTicketScreen(FlowScreen):
    """Take your ticket, and do not forget your card."""

    leaves_by_itself: ClassVar = True
    says: ClassVar = {
        "title": "apply.ticket.title",
        "lead": "apply.ticket.lead",
        "main_text": "apply.ticket.taken",
    }

    def show(self, view: View) -> None:
        """Draw the number and what the ticket says."""
        state = view.state
        assert isinstance(state, TakingTicket)
        assert self.speech is not None
        self.ids.card.title = self.text("apply.ticket.card")
        self.ids.number.show(state.ticket, view.machine, self.speech)

    def report_main(self) -> None:
        """I have it."""
        self.report(PaperTaken())


kv.load(__file__)
