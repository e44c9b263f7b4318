"""Everything that is touched."""

from kivy.properties import BooleanProperty, ColorProperty, OptionProperty, StringProperty
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


class QuietButton(Press):
    """Any other action."""

    icon = StringProperty("")
    tone = OptionProperty("plain", options=["plain", "accent"])
    ink = ColorProperty()


class OptionButton(Press):
    """One answer to choose; a shape as well as a colour says whether it is chosen."""

    note = StringProperty("")
    chosen = BooleanProperty(False)
    several = BooleanProperty(False)
    """a square that can be ticked beside others, instead of a circle that is one of them"""


class TabButton(Press):
    """One of several parts of a screen."""

    chosen = BooleanProperty(False)


class FootButton(Press):
    """A button of the bar at the bottom."""

    icon = StringProperty("")
    on = BooleanProperty(False)


kv.load(__file__)
