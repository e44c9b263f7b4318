"""The reader waits for the identity card."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.endorsement.events import BackAsked
from kiosk.flows.endorsement.states import CardTrouble, PlacingIdCard
from kiosk.runtime.view import View
from screens.card_invitation import CardInvitation, reader_trouble


class PlacingIdCardScreen(CardInvitation):
    """Where to lay the card, what for, and what went wrong the last time."""

    says: ClassVar = {"title": "endorsement.id_card.title"}
    lead_role = StringProperty("label")

    def show(self, view: View) -> None:
        """Draw the purpose, or the trouble of the last try."""
        state = view.state
        assert isinstance(state, PlacingIdCard)
        trouble = reader_trouble(state.trouble)
        if state.trouble is CardTrouble.NOT_A_CITIZEN:
            trouble = "endorsement.not_a_citizen"
        self.invite(self.text(f"endorsement.id_card.for_{state.purpose.value}"), trouble)

    def report_back(self) -> None:
        """To the choice of purpose."""
        self.report(BackAsked())
