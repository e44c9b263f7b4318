"""Pictures drawn from simple shapes: the card on the reader, the ticket coming out."""

from kivy.properties import NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from screens import kv
from screens.widgets import pictures, words  # noqa: F401 - named in art.kv


class IdCardArt(Widget):
    """An identity card."""

    picture = ObjectProperty(None, allownone=True)

    def on_size(self, *_changed: object) -> None:
        """Fetch the picture for a new size."""
        width, height = (round(side) for side in self.size)
        if min(width, height) > 1:
            self.picture = pictures.id_card((width, height))


class ReaderArt(FloatLayout):
    """The reader, and a card that comes down on it."""

    lift = NumericProperty(1.0)
    """height of the card above the reader, 0 to 1"""
    k = NumericProperty(1.0)
    """pixels per unit of the drawing"""
    glow = NumericProperty(0.0)
    """brightness of the light of the reader, 0 to 1"""


class TicketArt(FloatLayout):
    """The slot of the printer and the ticket under it."""

    number = StringProperty("")
    out = NumericProperty(1.0)
    """how much of the ticket is out, 0 to 1"""


kv.load(__file__)
