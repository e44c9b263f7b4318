"""The visitor types the number that stands on the ticket."""

from kiosk.flows.ticket.events import TextTyped
from kiosk.flows.ticket.states import TypingNumber
from kiosk.runtime.view import View
from screens.typing import TypingScreen


class TypingNumberScreen(TypingScreen):
    """One field, and the keyboard for it; the keyboard's "done" looks the ticket up."""

    def show(self, view: View) -> None:
        """Draw what was typed."""
        state = view.state
        assert isinstance(state, TypingNumber)
        key = "booking" if state.visit_id else "place"
        self.title = self.text(f"{key}.typing.title")
        self.draw(state.field)

    def typed(self, text: str) -> None:
        """Tell what stands in the field."""
        self.report(TextTyped(text))
