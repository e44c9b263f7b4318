"""The visitor reads that it is safe, or that it could not be kept."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.application.events import NextAsked
from kiosk.flows.suggestion.states import SuggestionEnded
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import message  # noqa: F401 - named in suggestion_ended.kv


class SuggestionEndedScreen(FlowScreen):
    """Thanks, or where else one can say it."""

    says: ClassVar = {"main_text": "place.seeing.close"}
    leaves_by_itself: ClassVar = True
    tone = StringProperty("good")
    sign = StringProperty("check")

    def show(self, view: View) -> None:
        """Say what became of it."""
        state = view.state
        assert isinstance(state, SuggestionEnded)
        self.tone = "good" if state.kept else "warn"
        self.sign = "check" if state.kept else "warning"
        key = "kept" if state.kept else "lost"
        self.title = self.text(f"suggestion.{key}.title")
        self.lead = self.text(f"suggestion.{key}.body")

    def report_main(self) -> None:
        """Read."""
        self.report(NextAsked())


kv.load(__file__)
