"""The visitor writes what they want to say to the hall."""

from kiosk.flows.suggestion.events import SuggestionTyped
from kiosk.flows.suggestion.states import WritingSuggestion
from kiosk.runtime.view import View
from screens.typing import TypingScreen


class WritingSuggestionScreen(TypingScreen):
    """One field; the keyboard's "done" goes on."""

    def show(self, view: View) -> None:
        """Draw what was typed."""
        state = view.state
        assert isinstance(state, WritingSuggestion)
        # In large type the keyboard needs the room; the label asks as well.
        self.title = "" if self.tools.look.large else self.text("suggestion.writing.title")
        self.draw(state.field)

    def typed(self, text: str) -> None:
        """Tell what stands in the field."""
        self.report(SuggestionTyped(text))
