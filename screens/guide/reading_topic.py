"""The reader reads one topic of the guide."""

from typing import Any, ClassVar

from kiosk.domain.text import Text
from kiosk.flows.guide.states import ReadingTopic
from kiosk.runtime.view import View
from screens import kv
from screens.base import Tools
from screens.guide.guide_page import GuidePage
from screens.widgets import advice  # noqa: F401 - named in reading_topic.kv
from screens.widgets.materials import MaterialLine
from screens.widgets.panel import Panel


class ReadingTopicScreen(GuidePage):
    """Its paragraphs, and their paper."""

    says: ClassVar = {"main_text": "guide.close"}

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._panel = Panel(spacing=tools.look.gap)
        self.ids.scroll.hold(self._panel)

    def show(self, view: View) -> None:
        """Draw the paragraphs."""
        state = view.state
        assert isinstance(state, ReadingTopic)
        self.title = self.text(f"guide.topic.{state.topic}.title")
        self.offer_paper(state.slip, ready=view.machine.printer_ready)
        self.draw(self._panel, state.parts, self._line)

    def _line(self, part: Text) -> MaterialLine:
        assert self.speech is not None
        return MaterialLine(text=self.speech.say(part))


kv.load(__file__)
