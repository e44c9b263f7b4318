"""Pictures drawn once with smooth edges and kept as textures: one quad each, wherever shown."""

from functools import lru_cache

from kivy.graphics.texture import Texture
from PIL import Image, ImageDraw

from kiosk.domain.document import DocumentKind

Rgb = tuple[int, int, int]

COVERS: dict[DocumentKind, Rgb] = {
    DocumentKind.PASSPORT: (122, 29, 40),
    DocumentKind.HK_MACAO_PERMIT: (22, 81, 131),
    DocumentKind.TAIWAN_PERMIT: (25, 103, 85),
}
"""Colours near those of the real covers."""
GOLD: Rgb = (242, 209, 133)
_WHITE: Rgb = (255, 255, 255)
_OVERSAMPLING = 3
_KEPT = 32


class Drawing:
    """A picture on a grid of its own, larger than it will be shown.

    Args:
        size_px: as shown.
        units: width of the grid.
    """

    def __init__(self, size_px: tuple[int, int], units: float) -> None:
        self.size = size_px
        self._k = size_px[0] * _OVERSAMPLING / units
        wide = (size_px[0] * _OVERSAMPLING, size_px[1] * _OVERSAMPLING)
        self._image = Image.new("RGBA", wide, (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._image)
        self.height = wide[1] / self._k

    def block(self, box: tuple[float, float, float, float], radius: float, ink: Rgb) -> None:
        """A rounded rectangle: left, top, right, bottom in units."""
        scaled = [part * self._k for part in box]
        self._draw.rounded_rectangle(scaled, radius * self._k, fill=ink)

    def ring(self, x: float, y: float, radius: float, width: float, ink: Rgb) -> None:
        """A ring, or a disc where the width is the radius."""
        reach = radius * self._k
        box = (x * self._k - reach, y * self._k - reach, x * self._k + reach, y * self._k + reach)
        if width >= radius:
            self._draw.ellipse(box, fill=ink)
        else:
            self._draw.ellipse(box, outline=ink, width=round(width * self._k))

    def texture(self) -> Texture:
        """The finished picture."""
        image = self._image.reduce(_OVERSAMPLING)
        made = Texture.create(size=self.size, colorfmt="rgba")
        made.blit_buffer(image.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
        made.flip_vertical()
        return made


@lru_cache(maxsize=_KEPT)
def document(kind: DocumentKind, size_px: tuple[int, int], outline: Rgb | None) -> Texture:
    """A booklet for the passport, a card for a permit.

    Args:
        kind: of the document.
        size_px: width and height.
        outline: its colour, None for none.
    """
    booklet = kind is DocumentKind.PASSPORT
    drawing = Drawing(size_px, 222 if booklet else 330)
    width, height, cover = 222 if booklet else 330, drawing.height, COVERS[kind]
    drawing.block((0, 0, width, height), 14, outline or cover)
    drawing.block((2, 2, width - 2, height - 2), 12, cover)
    light = _mixed(cover, _WHITE, 0.16)
    if booklet:
        drawing.block((12, 2, 15, height - 2), 0, light)
        drawing.ring(width / 2 + 4, height * 0.4, width * 0.17, 9, GOLD)
        drawing.block((width * 0.26, height * 0.72, width * 0.78, height * 0.72 + 7), 3, GOLD)
        drawing.block((width * 0.35, height * 0.81, width * 0.69, height * 0.81 + 6), 3, GOLD)
    else:
        drawing.block((3, height * 0.2, width - 3, height * 0.34), 0, light)
        drawing.ring(width * 0.2, height * 0.6, height * 0.15, 8, GOLD)
        drawing.block((width * 0.42, height * 0.54, width * 0.88, height * 0.54 + 7), 3, GOLD)
        drawing.block((width * 0.42, height * 0.68, width * 0.74, height * 0.68 + 7), 3, GOLD)
    return drawing.texture()


@lru_cache(maxsize=_KEPT)
def id_card(size_px: tuple[int, int]) -> Texture:
    """An identity card, seen from its picture side."""
    drawing = Drawing(size_px, 400)
    height = drawing.height
    dark, middle = (84, 115, 133), (140, 168, 184)
    drawing.block((0, 0, 400, height), 24, (117, 143, 158))
    drawing.block((3, 3, 397, height - 3), 21, (230, 242, 247))
    drawing.block((256, height * 0.14, 368, height * 0.72), 12, (184, 212, 224))
    drawing.ring(312, height * 0.36, 22, 22, dark)
    drawing.block((272, height * 0.5, 352, height * 0.72), 30, dark)
    drawing.block((272, height * 0.62, 352, height * 0.72), 0, dark)
    drawing.block((36, height * 0.19, 156, height * 0.19 + 14), 7, dark)
    for row, right in enumerate((196, 180, 204)):
        top = height * (0.36 + 0.12 * row)
        drawing.block((36, top, right, top + 11), 5, middle)
    drawing.block((36, height * 0.83, 316, height * 0.83 + 14), 7, dark)
    return drawing.texture()


@lru_cache(maxsize=_KEPT)
def permit_back(size_px: tuple[int, int]) -> Texture:
    """A permit for Hong Kong and Macao, seen from the side with the endorsements."""
    drawing = Drawing(size_px, 400)
    height, cover = drawing.height, COVERS[DocumentKind.HK_MACAO_PERMIT]
    drawing.block((0, 0, 400, height), 20, cover)
    drawing.block((3, 3, 397, height - 3), 17, (232, 241, 248))
    pale, dark = (178, 206, 228), (66, 104, 138)
    drawing.block((3, height * 0.12, 397, height * 0.24), 0, pale)
    for row in range(3):
        top = height * (0.36 + 0.14 * row)
        drawing.block((32, top, 118, top + 14), 6, dark)
        drawing.block((144, top, (330, 298, 314)[row], top + 12), 5, (140, 170, 194))
    for n in range(14):
        drawing.block((32 + n * 24.4, height * 0.84, 48 + n * 24.4, height * 0.84 + 14), 3, dark)
    return drawing.texture()


def _mixed(one: Rgb, other: Rgb, part: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue
