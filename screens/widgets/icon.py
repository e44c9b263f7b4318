"""Icons: strokes on a 24 by 24 grid, drawn once per size and tinted."""

from functools import lru_cache

from kivy.graphics.texture import Texture
from kivy.properties import ColorProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.widget import Widget
from PIL import Image, ImageDraw

from screens import kv
from screens.widgets.tinted import white

Point = tuple[float, float]

STROKES: dict[str, tuple[tuple[Point, ...], ...]] = {
    "check": (((5, 12.5), (10, 17.5), (19.5, 7)),),
    "cross": (((6, 6), (18, 18)), ((18, 6), (6, 18))),
    "left": (((14.5, 5), (7.5, 12), (14.5, 19)),),
    "right": (((9.5, 5), (16.5, 12), (9.5, 19)),),
    "up": (((5, 15), (12, 8), (19, 15)),),
    "down": (((5, 9), (12, 16), (19, 9)),),
    "pen": (((5, 19), (6, 15), (16, 5), (19, 8), (9, 18), (5, 19)), ((13.5, 7.5), (16.5, 10.5))),
    "lock": (((6, 11), (18, 11), (18, 20), (6, 20), (6, 11)), ((8.5, 11), (8.5, 8))),
    "warning": (((12, 4), (21.5, 20), (2.5, 20), (12, 4)), ((12, 10), (12, 14.5))),
    "card": (
        ((3, 6), (21, 6), (21, 18), (3, 18), (3, 6)),
        ((12.5, 10), (18, 10)),
        ((12.5, 14), (16, 14)),
    ),
    "list": (
        ((9, 6), (20, 6)),
        ((9, 12), (20, 12)),
        ((9, 18), (20, 18)),
        ((4, 6), (4.6, 6)),
        ((4, 12), (4.6, 12)),
        ((4, 18), (4.6, 18)),
    ),
    "ticket": (
        ((4, 7), (20, 7), (20, 10.5), (18, 12), (20, 13.5), (20, 17), (4, 17), (4, 13.5), (6, 12),
         (4, 10.5), (4, 7)),
    ),
    "clock": (((12, 7), (12, 12), (15.5, 14)),),
    "help": (((9.2, 9.2), (10.2, 7.6), (12, 7), (13.8, 7.6), (14.8, 9.4), (14, 11.2), (12, 12.6),
              (12, 14)),),
    "globe": (((2.5, 12), (21.5, 12)),),
    "type": (((2.5, 19), (8, 5), (13.5, 19)), ((4.5, 14.5), (11.5, 14.5)),
             ((15, 19), (18.5, 10.5), (22, 19)), ((16.2, 16.2), (20.8, 16.2))),
    "contrast": (),
    "person": (),
    "info": (((12, 11), (12, 17)),),
    "passport": (
        ((5.5, 2.5), (18.5, 2.5), (18.5, 21.5), (5.5, 21.5), (5.5, 2.5)),
        ((9, 17.5), (15, 17.5)),
        ((8.5, 10), (15.5, 10)),
    ),
    "note": (((2, 6), (22, 6), (22, 18), (2, 18), (2, 6)), ((5.5, 12), (5.6, 12)),
             ((18.4, 12), (18.5, 12))),
    "phone": (((7, 2.5), (17, 2.5), (17, 21.5), (7, 21.5), (7, 2.5)), ((11, 18.5), (13, 18.5))),
    "bank_card": (((2.5, 5), (21.5, 5), (21.5, 19), (2.5, 19), (2.5, 5)), ((2.5, 9.5), (21.5, 9.5)),
                  ((5.5, 15), (10, 15))),
    "finger": (
        ((5, 15), (4.8, 11), (5.8, 7.6), (8.4, 5.2), (12, 4.4), (15.6, 5.2), (18.2, 7.6),
         (19.2, 11), (19, 15)),
        ((7.6, 18.5), (8.2, 14.5), (8, 11.2), (9.6, 8.6), (12, 7.8), (14.4, 8.6), (16, 11.2),
         (16.2, 15), (15.4, 18.8)),
        ((10.6, 20.5), (11.6, 16), (11.6, 11.4), (12.4, 11.4), (12.6, 16), (12, 20.2)),
    ),
    "camera": (((2.5, 7), (7, 7), (9, 4.5), (15, 4.5), (17, 7), (21.5, 7), (21.5, 19.5),
                (2.5, 19.5), (2.5, 7)),),
    "link": (((4, 20), (20, 4)), ((6, 9), (9.5, 6.5), (12, 6.2)), ((15, 17), (17.5, 15))),
}  # fmt: skip
RINGS: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "note": ((9, 9, 15, 15),),
    "camera": ((7.8, 8.8, 16.2, 17.2),),
    "clock": ((3, 3, 21, 21),),
    "help": ((2.5, 2.5, 21.5, 21.5),),
    "globe": ((2.5, 2.5, 21.5, 21.5), (8, 2.5, 16, 21.5)),
    "contrast": ((3, 3, 21, 21),),
    "info": ((2.5, 2.5, 21.5, 21.5),),
    "card": ((6, 9.5, 10, 13.5),),
    "passport": ((8.5, 6.5, 15.5, 13.5),),
}
DOTS: dict[str, tuple[Point, ...]] = {
    "warning": ((12, 17.2),),
    "help": ((12, 17),),
    "info": ((12, 7.6),),
    "lock": ((12, 15.5),),
}
_OVERSAMPLING = 4


@lru_cache(maxsize=256)
def texture(name: str, side_px: int, weight: float) -> Texture:
    """An icon as a white texture with alpha; the same icon and size share one.

    Args:
        name: a key of `STROKES`.
        side_px: width and height.
        weight: width of strokes on the grid of 24.
    """
    return white(_mask(name, side_px, weight))


def _mask(name: str, side_px: int, weight: float) -> Image.Image:
    k = side_px * _OVERSAMPLING / 24
    image = Image.new("L", (side_px * _OVERSAMPLING,) * 2, 0)
    draw = ImageDraw.Draw(image)
    width = max(1, round(weight * k))
    for path in STROKES[name]:
        draw.line([(x * k, y * k) for x, y in path], fill=255, width=width, joint="curve")
        for x, y in path:
            _dot(draw, x * k, y * k, width / 2)
    for left, top, right, bottom in RINGS.get(name, ()):
        half = weight / 2
        box = ((left - half) * k, (top - half) * k, (right + half) * k, (bottom + half) * k)
        draw.ellipse(box, outline=255, width=width)
    for x, y in DOTS.get(name, ()):
        _dot(draw, x * k, y * k, weight * k * 0.62)
    if name == "lock":
        draw.arc((8.0 * k, 4 * k, 16 * k, 12 * k), 180, 360, fill=255, width=width)
        draw.line([(15.5 * k, 8 * k), (15.5 * k, 11 * k)], fill=255, width=width)
    if name == "person":
        draw.ellipse((7.4 * k, 3 * k, 16.6 * k, 12.2 * k), fill=255)
        draw.pieslice((3 * k, 14 * k, 21 * k, 30 * k), 180, 360, fill=255)
    if name == "contrast":
        draw.pieslice((3 * k, 3 * k, 21 * k, 21 * k), 270, 90, fill=255)
    return image.resize((side_px, side_px), Image.Resampling.LANCZOS)


def _dot(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


class Icon(Widget):
    """One icon in one colour."""

    name = StringProperty("")
    color = ColorProperty()
    side = NumericProperty(48)
    weight = NumericProperty(2.2)
    picture = ObjectProperty(None, allownone=True)

    def on_name(self, *_changed: object) -> None:
        """Fetch the picture for a new name or size."""
        side = round(self.side)
        self.picture = texture(self.name, side, self.weight) if self.name and side > 0 else None

    on_side = on_name
    on_weight = on_name


kv.load(__file__)
