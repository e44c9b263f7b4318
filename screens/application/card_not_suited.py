"""The card is genuine but this form is not for its holder."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.application.events import EnquiryTicketAsked
from kiosk.flows.application.states import CardNotSuited
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import message  # noqa: F401 - named in card_not_suited.kv


class CardNotSuitedScreen(FlowScreen):
    """Why, and where to go; a ticket for the enquiry window is one touch away."""

    says: ClassVar = {
        "title": "apply.not_suited.title",
        "main_text": "apply.not_suited.enquiry_ticket",
    }
    reason = StringProperty("")

    def show(self, view: View) -> None:
        """Say why."""
        state = view.state
        assert isinstance(state, CardNotSuited)
        assert self.speech is not None
        self.reason = self.speech.say(state.reason)

    def report_main(self) -> None:
        """A ticket for the enquiry window."""
        self.report(EnquiryTicketAsked(self.tools.new_visit_id()))


kv.load(__file__)
