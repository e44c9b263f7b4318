"""Rounded grounds."""

from kivy.properties import ColorProperty, NumericProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens import kv


class Ground(Widget):
    """Mixed into a layout: paints a rounded ground with an outline."""

    fill = ColorProperty()
    edge = ColorProperty()
    stroke = NumericProperty(2)
    corner = NumericProperty(20)
    inset = NumericProperty(1)
    """from the outer edge to the middle of the outline"""


class Slab(Ground, BoxLayout):
    """A card of whatever height it is given."""


class Panel(Slab):
    """A card that takes the height of its content."""


class Tag(Ground, BoxLayout):
    """A small word on a tinted ground; says what something is."""


class Rule(Widget):
    """A hair line between two things."""


kv.load(__file__)
