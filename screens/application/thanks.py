"""Done; the session is wiped."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.application.events import NextAsked
from kiosk.flows.application.states import Thanks
from kiosk.flows.rating.events import RatingWanted
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import message, panel  # noqa: F401 - named in thanks.kv


class ThanksScreen(FlowScreen):
    """Goodbye, with the number once more."""

    leaves_by_itself: ClassVar = True
    says: ClassVar = {
        "title": "apply.thanks.title",
        "lead": "apply.thanks.lead",
        "number_label": "apply.number.caption",
        "wiped": "apply.thanks.wiped",
        "main_text": "apply.thanks.close",
    }
    number = StringProperty("")
    number_label = StringProperty("")
    wiped = StringProperty("")

    def show(self, view: View) -> None:
        """Draw the number."""
        state = view.state
        assert isinstance(state, Thanks)
        self.number = state.number
        may_rate = view.machine.may_rate and bool(state.ticket_id)
        self.second_text = self.text("apply.thanks.rate") if may_rate else ""

    def report_second(self) -> None:
        """Rate what was just done."""
        self.report(RatingWanted())

    def report_main(self) -> None:
        """Goodbye."""
        self.report(NextAsked())


kv.load(__file__)
