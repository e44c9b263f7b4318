"""The documents as a person knows them."""

from kivy.properties import BooleanProperty, ObjectProperty, OptionProperty
from kivy.uix.widget import Widget

from kiosk.domain.document import DocumentKind
from screens import kv
from screens.widgets import pictures


class DocumentArt(Widget):
    """One document."""

    kind = OptionProperty("passport", options=[kind.value for kind in DocumentKind])
    outlined = BooleanProperty(False)
    picture = ObjectProperty(None, allownone=True)

    def on_size(self, *_changed: object) -> None:
        """Fetch the picture for a new kind, size or look."""
        width, height = (round(side) for side in self.size)
        if min(width, height) > 1:
            outline = (255, 255, 255) if self.outlined else None
            kind = DocumentKind(self.kind)
            self.picture = pictures.document(kind, (width, height), outline)

    on_kind = on_size
    on_outlined = on_size


kv.load(__file__)
