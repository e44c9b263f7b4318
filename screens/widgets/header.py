"""The top of every screen: the mark of simulation, the hall's name and the time, a notice."""

from functools import lru_cache

from kivy.graphics.texture import Texture
from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget
from PIL import Image, ImageDraw

from screens import kv
from screens.widgets import icon, words  # noqa: F401 - named in header.kv

_TILE_PX = 64


@lru_cache(maxsize=1)
def _stripes() -> Texture:
    side = _TILE_PX * 4
    tile = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(tile)
    for start in (-side, 0, side):
        draw.polygon(
            [(start, side), (start + side, 0), (start + side * 1.5, 0), (start + side / 2, side)],
            fill=255,
        )
    tile = tile.resize((_TILE_PX, _TILE_PX), Image.Resampling.LANCZOS)
    white = Image.new("L", tile.size, 255)
    texture = Texture.create(size=tile.size, colorfmt="rgba")
    pixels = Image.merge("LA", (white, tile)).convert("RGBA").tobytes()
    texture.blit_buffer(pixels, colorfmt="rgba", bufferfmt="ubyte")
    texture.wrap = "repeat"
    return texture


class Stripes(Widget):
    """Slanted stripes, as on a barrier."""

    pattern = ObjectProperty(None)
    coords = ListProperty([0, 0, 1, 0, 1, 1, 0, 1])

    def on_size(self, *_changed: object) -> None:
        """Keep the stripes as wide as they are, whatever the size."""
        self.pattern = _stripes()
        across, up = self.width / _TILE_PX, self.height / _TILE_PX
        self.coords = [0, 0, across, 0, across, up, 0, up]


class SimulatedBand(BoxLayout):
    """A striped band over everything while any device is simulated."""

    text = StringProperty("")


class Header(BoxLayout):
    """The hall's name and the time."""

    hall = StringProperty("")
    service = StringProperty("")
    clock = StringProperty("")
    day = StringProperty("")
    yields = BooleanProperty(False)
    """a panel that lies has no room for both: the notice stands in its place"""


class Notice(BoxLayout):
    """A sentence about the machine that everybody should know.

    In large type a panel that lies has no room for it: what a person came for goes first.
    """

    text = StringProperty("")
    shown = BooleanProperty(False)


kv.load(__file__)
