"""Pictures of the machine's mouth: a permit goes in, a permit comes out."""

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from screens import kv
from screens.widgets import pictures


class PermitBack(Widget):
    """A permit with the side of the endorsements up."""

    picture = ObjectProperty(None, allownone=True)

    def on_size(self, *_changed: Any) -> None:
        """Fetch the picture for a new size."""
        width, height = (round(side) for side in self.size)
        if min(width, height) > 1:
            self.picture = pictures.permit_back((width, height))


class Arrow(Widget):
    """A broad arrow, up or down."""

    up = BooleanProperty(True)


class MouthArt(FloatLayout):
    """The slot, the card below it, and the way it goes."""

    out = NumericProperty(0.6)
    """how much of the card is outside, 0 to 1"""
    inwards = BooleanProperty(True)
    k = NumericProperty(1.0)
    """pixels per unit of the drawing"""


kv.load(__file__)
