"""A sentence or two that stand out: trouble, a warning, good news."""

from kivy.properties import OptionProperty, StringProperty

from screens import kv
from screens.widgets import icon, words  # noqa: F401 - named in advice.kv
from screens.widgets.panel import Slab

ICONS = {"warn": "warning", "bad": "warning", "good": "check", "plain": "info"}


class Advice(Slab):
    """An icon, a headline and what to do; without words it takes no room."""

    tone = OptionProperty("warn", options=list(ICONS))
    icon = StringProperty("warning")
    title = StringProperty("")
    body = StringProperty("")

    def on_tone(self, *_changed: object) -> None:
        """Another tone has another icon."""
        self.icon = ICONS[self.tone]


kv.load(__file__)
