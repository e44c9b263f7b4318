"""The reader waits for an identity card."""

from typing import ClassVar

from kiosk.flows.application.events import EnquiryTicketAsked
from kiosk.flows.application.states import CardTrouble, WaitingForCard
from kiosk.flows.times import CARD_TRIES_BEFORE_WINDOW
from kiosk.runtime.view import View
from screens.card_invitation import CardInvitation, reader_trouble


class WaitingForCardScreen(CardInvitation):
    """Where to lay the card, and what went wrong the last time."""

    says: ClassVar = {"title": "apply.card.title"}

    def show(self, view: View) -> None:
        """Draw the trouble of the last try, if any."""
        state = view.state
        assert isinstance(state, WaitingForCard)
        self.invite(self.text("apply.card.lead"), reader_trouble(state.trouble))
        away = state.trouble is CardTrouble.READER_AWAY
        tired = state.tries >= CARD_TRIES_BEFORE_WINDOW or away
        self.second_text = self.text("apply.card.enquiry_ticket") if tired else ""

    def report_second(self) -> None:
        """A ticket for the enquiry window."""
        self.report(EnquiryTicketAsked(self.tools.new_visit_id()))
