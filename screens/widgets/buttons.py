"""Everything that is touched."""

from typing import Any

from kivy.core.text import Label as CoreLabel
from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    NumericProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from screens import kv
from screens.widgets import icon, mark, words  # noqa: F401 - named in buttons.kv
from screens.widgets.panel import Ground


class Press(ButtonBehavior, Ground, BoxLayout):
    """The base of everything that is touched; acts when the finger is lifted."""

    text = StringProperty("")
    name = StringProperty("")
    """a stable key for tests and for a keypad, never shown"""

    def let_go(self) -> None:
        """Forget the finger: it has begun to scroll."""
        self.state = "normal"


class MainButton(Press):
    """The one main action of a screen."""


class Worded(Press):
    """Knows how wide its words would be in one line."""

    natural_width = NumericProperty(1)
    """width of its words in one line"""

    def on_kv_post(self, base_widget: Any) -> None:
        """Measure the words whenever they change."""
        for name in ("text", "font_size", "font_name", "bold"):
            self.ids.words.fbind(name, self._measure)
        self._measure()

    def _measure(self, *_changed: object) -> None:
        said = self.ids.words
        label = CoreLabel(font_name=said.font_name, font_size=said.font_size, bold=said.bold)
        self.natural_width = label.get_extents(said.text)[0] + 2 if said.text else 1


class QuietButton(Worded):
    """Any other action."""

    icon = StringProperty("")
    tone = OptionProperty("plain", options=["plain", "accent"])
    ink = ColorProperty()
    room = NumericProperty(0)
    """width that it needs beside its words"""
    minimum = NumericProperty(0)
    """height that its words need"""


class Even(Press):
    """A button that stands beside others of the same height."""

    natural = NumericProperty(0)
    """height that its own words need"""
    least = NumericProperty(0)
    """height that its neighbours need"""


class OptionButton(Even):
    """One answer to choose; a shape as well as a colour says whether it is chosen."""

    note = StringProperty("")
    chosen = BooleanProperty(False)
    several = BooleanProperty(False)
    """a square that can be ticked beside others, instead of a circle that is one of them"""


class TabButton(Even):
    """One of several parts of a screen."""

    chosen = BooleanProperty(False)


class FootButton(Worded):
    """A button of the bar at the bottom."""

    icon = StringProperty("")
    on = BooleanProperty(False)


kv.load(__file__)
