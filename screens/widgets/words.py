"""Text on a screen: a role decides its size, the look its face and colour."""

from kivy.properties import BooleanProperty, OptionProperty

from screens import kv
from screens.theme import TYPE_SCALE
from screens.widgets.wrapped_label import WrappedLabel


class Words(WrappedLabel):
    """A text that takes the height it needs at its width."""

    role = OptionProperty("body", options=list(TYPE_SCALE))
    strong = BooleanProperty(False)


class Digits(Words):
    """A large number, without the room that a line of text keeps above and below."""


class OneLine(Words):
    """A text that takes the width it needs, in one line."""


kv.load(__file__)
