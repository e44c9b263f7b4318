"""The visitor may leave a number for an answer."""

from typing import ClassVar

from kiosk.flows.suggestion.events import SuggestionTyped
from kiosk.flows.suggestion.states import LeavingContact
from kiosk.runtime.view import View
from screens.typing import TypingScreen


class LeavingContactScreen(TypingScreen):
    """A field that may stay empty, and the button that hands everything in."""

    says: ClassVar = {"title": "suggestion.contact.title"}

    def show(self, view: View) -> None:
        """Draw what was typed."""
        state = view.state
        assert isinstance(state, LeavingContact)
        self.draw(state.field)
        key = "suggestion.contact.send" if state.field.value else "suggestion.contact.without"
        self.main_text = self.text(key)

    def typed(self, text: str) -> None:
        """Tell what stands in the field."""
        self.report(SuggestionTyped(text))
