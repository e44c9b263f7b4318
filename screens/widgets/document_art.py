"""Pictures of the documents, drawn from simple shapes."""

from kivy.properties import BooleanProperty, ColorProperty, OptionProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.domain.document import DocumentKind
from screens import kv

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


kv.load(__file__)
