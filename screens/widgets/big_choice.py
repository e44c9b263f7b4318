"""One of a few large answers: a sign, what it is, what to know about it."""

from kivy.properties import BooleanProperty, ColorProperty, StringProperty

from screens import kv
from screens.widgets import icon, words  # noqa: F401 - named in big_choice.kv
from screens.widgets.buttons import Even


class BigChoice(Even):
    """Touching it is the answer; nothing is left to confirm."""

    icon = StringProperty("")
    note = StringProperty("")
    closed = BooleanProperty(False)
    """not offered for now: greyed and crossed, and touching it says why"""
    ink = ColorProperty()


kv.load(__file__)
