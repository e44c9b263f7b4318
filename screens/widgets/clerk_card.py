"""Who serves at the window: photo, name, number, stars."""

import io
from functools import lru_cache

from kivy.graphics.texture import Texture
from kivy.properties import NumericProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout
from PIL import Image, ImageOps, UnidentifiedImageError

from kiosk.domain.window_post import Clerk
from kiosk.locale import Speech
from screens import kv
from screens.widgets import icon, stars, words  # noqa: F401 - named in clerk_card.kv
from screens.widgets.panel import Panel

_SHAPE = (3, 4)
_HEIGHT_PX = 640
_MOST_PIXELS = 20_000_000


class Photo(FloatLayout):
    """A photo of three by four, or a drawn person where there is none."""

    picture = ObjectProperty(None, allownone=True)


class ClerkCard(Panel):
    """Everything that is shown of a clerk."""

    picture = ObjectProperty(None, allownone=True)
    clerk_name = StringProperty("")
    number = StringProperty("")
    count = NumericProperty(0)
    room = NumericProperty(0)
    """height that the card may take; the photo makes way first"""
    photo_px = NumericProperty(0)

    def show(self, clerk: Clerk, speech: Speech) -> None:
        """Draw a clerk.

        Args:
            clerk: who serves.
            speech: of the session's language.
        """
        self.clerk_name = clerk.name
        self.number = speech.text("evaluator.clerk.number", number=clerk.number)
        self.count = clerk.stars
        self.picture = photo(clerk.photo) if clerk.photo else None


@lru_cache(maxsize=2)
def photo(jpeg: bytes) -> Texture | None:
    """A photo cut to shape, with its corners as they are; None when it is no picture."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            wanted = (_HEIGHT_PX * _SHAPE[0] // _SHAPE[1], _HEIGHT_PX)
            image = ImageOps.fit(opened.convert("RGB"), wanted)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        return None
    made = Texture.create(size=image.size, colorfmt="rgb")
    made.blit_buffer(image.tobytes(), colorfmt="rgb", bufferfmt="ubyte")
    made.flip_vertical()
    return made


kv.load(__file__)
