"""Five faces of one size and one colour; only the mouth says which is which."""

from functools import lru_cache

from kivy.graphics.texture import Texture
from kivy.properties import (
    ColorProperty,
    NumericProperty,
    ObjectProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.widget import Widget
from PIL import Image, ImageDraw

from kiosk.domain.rating import Level
from screens import kv
from screens.widgets.buttons import Even
from screens.widgets.tinted import white

_BEND = {
    Level.VERY_SATISFIED: 1.0,
    Level.SATISFIED: 0.55,
    Level.FAIRLY_SATISFIED: 0.0,
    Level.DISSATISFIED: -0.55,
    Level.VERY_DISSATISFIED: -1.0,
}
"""How far the mouth goes up at its corners, or down."""
_OVERSAMPLING = 4
_GRID = 100.0
_LINE = 6.0
_MOUTH_STEPS = 24


@lru_cache(maxsize=64)
def texture(level: Level, side_px: int) -> Texture:
    """A face as a white texture with alpha, to be tinted.

    Args:
        level: whose face.
        side_px: width and height.
    """
    side = side_px * _OVERSAMPLING
    k = side / _GRID
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((3 * k, 3 * k, 97 * k, 97 * k), outline=255, width=round(_LINE * k))
    for eye in (35, 65):
        draw.ellipse(((eye - 5) * k, 34 * k, (eye + 5) * k, 46 * k), fill=255)
    points = [(x * k, y * k) for x, y in _mouth(_BEND[level])]
    draw.line(points, fill=255, width=round(_LINE * k), joint="curve")
    for x, y in (points[0], points[-1]):
        reach = _LINE * k / 2
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
    return white(mask.resize((side_px, side_px), Image.Resampling.LANCZOS))


def _mouth(bend: float) -> list[tuple[float, float]]:
    """A parabola from corner to corner; y grows downwards."""
    points = []
    for step in range(_MOUTH_STEPS + 1):
        part = step / _MOUTH_STEPS * 2 - 1
        points.append((50 + 25 * part, 67 + bend * 10 * (1 - 2 * part * part)))
    return points


class Face(Widget):
    """One face in one colour."""

    level = OptionProperty(Level.SATISFIED, options=list(Level))
    color = ColorProperty()
    side = NumericProperty(0)
    picture = ObjectProperty(None, allownone=True)

    def on_level(self, *_changed: object) -> None:
        """Fetch the picture for a new level or size."""
        side = round(self.side)
        self.picture = texture(Level(self.level), side) if side > 0 else None

    on_side = on_level


class FaceButton(Even):
    """A face and its words, to touch."""

    level = OptionProperty(Level.SATISFIED, options=list(Level))
    in_lines = StringProperty("")
    """the same words with a line break where one must be"""


kv.load(__file__)
