"""The shape that says whether an option is chosen: a circle for one of them, a square for any."""

from kivy.properties import BooleanProperty
from kivy.uix.widget import Widget

from screens import kv
from screens.widgets import icon  # noqa: F401 - named in mark.kv


class Mark(Widget):
    """An empty outline, or a filled one with a tick."""

    chosen = BooleanProperty(False)
    several = BooleanProperty(False)


kv.load(__file__)
