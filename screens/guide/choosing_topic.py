"""The reader chooses what to read."""

from typing import Any, ClassVar

from kiosk.flows.guide.events import TopicChosen
from kiosk.flows.guide.states import ChoosingTopic
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets.way import Ways

ICONS = {
    "materials": "list",
    "notices": "warning",
    "travel": "globe",
    "lost": "passport",
    "border": "card",
    "green_channel": "clock",
    "hotlines": "person",
}


class ChoosingTopicScreen(FlowScreen):
    """Every topic a way that leads on."""

    says: ClassVar = {"title": "guide.title"}

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._ways = Ways(self._open)
        self.ids.scroll.hold(self._ways)

    def show(self, view: View) -> None:
        """Draw the topics."""
        state = view.state
        assert isinstance(state, ChoosingTopic)
        self._ways.show(
            [
                (
                    topic,
                    ICONS.get(topic, "info"),
                    self.text(f"guide.topic.{topic}.title"),
                    self.text(f"guide.topic.{topic}.note"),
                )
                for topic in state.topics
            ]
        )

    def _open(self, topic: str) -> None:
        assert self.view is not None
        machine = self.view.machine
        self.report(TopicChosen(topic, machine.today, machine.notices.notices))


kv.load(__file__)
