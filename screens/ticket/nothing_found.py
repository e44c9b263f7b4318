"""No ticket was found, or nobody can say now."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.application.events import EnquiryTicketAsked, NextAsked
from kiosk.flows.ticket.states import NothingFound
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import message  # noqa: F401 - named in nothing_found.kv

_TITLES = {
    "place.unknown.away": "place.unknown.not_now",
    "booking.unknown.away": "place.unknown.not_now",
    "progress.unknown.away": "place.unknown.not_now",
    "progress.unknown.card": "place.unknown.card_needed",
}
"""Of reasons that are no search without a find."""


class NothingFoundScreen(FlowScreen):
    """Why, and a ticket for the enquiry window."""

    says: ClassVar = {
        "main_text": "place.seeing.close",
        "second_text": "place.unknown.enquiry_ticket",
    }
    reason = StringProperty("")

    def show(self, view: View) -> None:
        """Say why."""
        state = view.state
        assert isinstance(state, NothingFound)
        assert self.speech is not None
        self.title = self.text(_TITLES.get(state.reason.key, "place.unknown.title"))
        self.reason = self.speech.say(state.reason)

    def report_main(self) -> None:
        """Back to the welcome screen."""
        self.report(NextAsked())

    def report_second(self) -> None:
        """A ticket for the enquiry window."""
        self.report(EnquiryTicketAsked(self.tools.new_visit_id()))


kv.load(__file__)
