"""The reader reads one topic of the guide."""

from typing import Any, ClassVar

from kivy.properties import StringProperty

from kiosk.domain.text import Text
from kiosk.flows.application.events import NextAsked
from kiosk.flows.guide.events import SlipAsked
from kiosk.flows.guide.states import ReadingTopic
from kiosk.locale import Speech
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.guide.slip_words import slip_words
from screens.widgets import advice  # noqa: F401 - named in reading_topic.kv
from screens.widgets.materials import MaterialLine
from screens.widgets.panel import Panel


class ReadingTopicScreen(FlowScreen):
    """Its paragraphs, and their paper."""

    says: ClassVar = {"main_text": "guide.close"}
    slip_text = StringProperty("")
    slip_tone = StringProperty("good")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._drawn: tuple[tuple[Text, ...], Speech | None] = ((), None)
        self._panel = Panel(spacing=tools.look.gap)
        self.ids.scroll.hold(self._panel)

    def show(self, view: View) -> None:
        """Draw the paragraphs."""
        state = view.state
        assert isinstance(state, ReadingTopic)
        assert self.speech is not None
        self.title = self.text(f"guide.topic.{state.topic}.title")
        words = slip_words(state.slip, self.speech, ready=view.machine.printer_ready)
        self.second_text, self.slip_text, self.slip_tone = words
        if self._drawn == (state.parts, self.speech):
            return
        self._drawn = (state.parts, self.speech)
        self._panel.clear_widgets()
        for part in state.parts:
            self._panel.add_widget(MaterialLine(text=self.speech.say(part)))
        self.ids.scroll.to_top()

    def report_main(self) -> None:
        """Enough read."""
        self.report(NextAsked())

    def report_second(self) -> None:
        """On paper, please."""
        self.report(SlipAsked())


kv.load(__file__)
