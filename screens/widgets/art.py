"""Pictures drawn from simple shapes: documents, the card on the reader, the ticket coming out."""

from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    NumericProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.domain.document import DocumentKind
from screens import kv
from screens.widgets import icon, words  # noqa: F401 - named in art.kv

COVERS = {
    DocumentKind.PASSPORT: (0.478, 0.114, 0.157, 1),
    DocumentKind.HK_MACAO_PERMIT: (0.086, 0.318, 0.514, 1),
    DocumentKind.TAIWAN_PERMIT: (0.098, 0.404, 0.333, 1),
}
"""Colours near those of the real covers."""


class DocumentArt(FloatLayout):
    """A document as a person knows it: a booklet for the passport, a card for a permit."""

    kind = OptionProperty("passport", options=[kind.value for kind in DocumentKind])
    cover = ColorProperty(COVERS[DocumentKind.PASSPORT])
    booklet = BooleanProperty(True)

    def on_kind(self, *_changed: object) -> None:
        """Take the colour and the shape of the kind."""
        kind = DocumentKind(self.kind)
        self.cover = COVERS[kind]
        self.booklet = kind is DocumentKind.PASSPORT


class IdCardArt(Widget):
    """An identity card, seen from its picture side."""

    k = NumericProperty(1.0)
    """pixels per unit of the drawing"""


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
