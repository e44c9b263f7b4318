"""The reader waits for a visitor's identity card."""

from typing import ClassVar

from kiosk.flows.ticket.events import WithoutCardAsked
from kiosk.flows.ticket.states import WaitingForHolder
from kiosk.runtime.view import View
from screens.card_invitation import CardInvitation, reader_trouble


class WaitingForHolderScreen(CardInvitation):
    """Where to lay the card, what it is read for, and the way without it."""

    says: ClassVar = {"title": "apply.card.title"}

    def show(self, view: View) -> None:
        """Draw the purpose, or the trouble of the last try."""
        state = view.state
        assert isinstance(state, WaitingForHolder)
        key = f"number.card.{state.purpose.value}"
        self.invite(self.text(f"{key}.lead"), reader_trouble(state.trouble))
        self.second_text = self.text(f"{key}.without")

    def report_second(self) -> None:
        """On without a card."""
        assert self.view is not None
        self.report(WithoutCardAsked(self.view.machine.today))
