"""Draws the lines that a printer's own characters cannot show."""

from PIL import Image, ImageDraw

from hardware.codecs.escpos import Dots
from hardware.drivers.glyphs import face_for
from hardware.interfaces.ticket_printer import TextLine

CELL = 24


def draw(line: TextLine) -> Dots:
    """A line of text as black dots on white."""
    size = CELL * max(line.width, line.height)
    width = sum(_advance(char, size) for char in line.text)
    image = Image.new("1", (max(8, -(-width // 8) * 8), size + size // 4), 1)
    pen = ImageDraw.Draw(image)
    x = 0
    for char in line.text:
        # Faces differ in height; on one baseline they stand as one line.
        face = face_for(char, size)
        pen.text((x, size * 0.9), char, font=face, fill=0, stroke_width=int(line.bold), anchor="ls")
        x += _advance(char, size)
    rows = bytes(byte ^ 0xFF for byte in image.tobytes())
    return Dots(image.width // 8, rows)


def _advance(char: str, size: int) -> int:
    return size // 2 if char.isascii() else size
