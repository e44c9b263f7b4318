"""Draws the lines that a printer's own characters cannot show."""

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from hardware.codecs.escpos import Dots
from hardware.interfaces.ticket_printer import TextLine

FACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    "/usr/share/fonts/truetype/babelstone-han/BabelStoneHan.ttf",
)
"""Tried in this order for each character; the first is the Simplified Chinese face of its file."""
SIMPLIFIED_CHINESE = 2
CELL = 24
UNASSIGNED = "\U0010fffd"


def draw(line: TextLine) -> Dots:
    """A line of text as black dots on white."""
    size = CELL * max(line.width, line.height)
    width = sum(_advance(char, size) for char in line.text)
    image = Image.new("1", (max(8, -(-width // 8) * 8), size + size // 4), 1)
    pen = ImageDraw.Draw(image)
    x = 0
    for char in line.text:
        # Faces differ in height; on one baseline they stand as one line.
        face = _face_for(char, size)
        pen.text((x, size * 0.9), char, font=face, fill=0, stroke_width=int(line.bold), anchor="ls")
        x += _advance(char, size)
    rows = bytes(byte ^ 0xFF for byte in image.tobytes())
    return Dots(image.width // 8, rows)


def _advance(char: str, size: int) -> int:
    return size // 2 if char.isascii() else size


@lru_cache(maxsize=512)
def _face_for(char: str, size: int) -> ImageFont.FreeTypeFont:
    faces = [_face(path, size) for path in FACES if Path(path).exists()]
    for face in faces:
        # A missing character is drawn as the same box as an unassigned one.
        if bytes(face.getmask(char)) != bytes(face.getmask(UNASSIGNED)):
            return face
    return faces[0]


@lru_cache(maxsize=32)
def _face(path: str, size: int) -> ImageFont.FreeTypeFont:
    index = SIMPLIFIED_CHINESE if path.endswith(".ttc") else 0
    return ImageFont.truetype(path, size, index=index)
