"""The stars of a clerk: how many of five."""

import math
from functools import lru_cache

from kivy.graphics.texture import Texture
from kivy.properties import NumericProperty, ObjectProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget
from PIL import Image, ImageDraw

from screens import kv
from screens.widgets.tinted import white

MOST = 5
_OVERSAMPLING = 4
_INNER = 0.42


@lru_cache(maxsize=16)
def texture(side_px: int) -> Texture:
    """A star as a white texture with alpha.

    Args:
        side_px: width and height.
    """
    side = side_px * _OVERSAMPLING
    mask = Image.new("L", (side, side), 0)
    points = []
    for corner in range(2 * MOST):
        reach = side / 2 * (1.0 if corner % 2 == 0 else _INNER)
        angle = math.pi * corner / MOST - math.pi / 2
        points.append((side / 2 + reach * math.cos(angle), side / 2 + reach * math.sin(angle)))
    ImageDraw.Draw(mask).polygon(points, fill=255)
    return white(mask.resize((side_px, side_px), Image.Resampling.LANCZOS))


class Star(Widget):
    """One of the five."""

    owner = ObjectProperty(None, rebind=True)
    place = NumericProperty(1)
    picture = ObjectProperty(None, allownone=True)

    def on_size(self, *_changed: object) -> None:
        """Fetch the picture for a new size."""
        side = round(min(self.size))
        self.picture = texture(side) if side > 1 else None


class Stars(BoxLayout):
    """Five stars, so many of them filled; nothing for a clerk without any."""

    count = NumericProperty(0)

    def on_kv_post(self, base_widget: Widget) -> None:
        """Make the five."""
        for place in range(1, MOST + 1):
            self.add_widget(Star(owner=self, place=place))


kv.load(__file__)
