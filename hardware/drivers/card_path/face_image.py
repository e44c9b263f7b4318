"""Draws the lines of a job as dots of a card's face, and compares a picture with them.

Rewritable film shows what was erased and printed, nothing more; so the picture of a printed face
and the drawing of the job are the same up to position, light and focus.
"""

from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from hardware.drivers.glyphs import face_for
from hardware.interfaces.card_printer import (
    FACE_HEIGHT_DOTS,
    FACE_WIDTH_DOTS,
    FaceArea,
    FaceJob,
    FaceLine,
)

SMALLEST_DOTS = 24
MARGIN_DOTS = 8
PITCH = 1.3
"""From one line to the next, in heights of an ideograph."""
_STEP_DOTS = 2
_SLACK_DOTS = 5
"""How far ink in a picture may lie from where it was drawn: film and camera are not exact."""
_CELL_DOTS = 12
_MOST_WRONG = 0.07
"""Wrong ink in any one cell, as a part of it: a digit in place of another is seen, grain is not."""


def draw(job: FaceJob) -> Image.Image | None:
    """The area of a job, black on white.

    Args:
        job: its lines.

    Returns:
        A picture of one bit per dot, as large as the area; None when the lines do not fit.
    """
    area = job.area
    picture = Image.new("1", (area.width, area.height), 1)
    pen = ImageDraw.Draw(picture)
    top = float(MARGIN_DOTS)
    for line in job.lines:
        size = _fitting(line, area.width - 2 * MARGIN_DOTS)
        if size is None or top + size > area.height - MARGIN_DOTS:
            return None
        _write(pen, line, size, top)
        top += size * PITCH
    return picture


def rows_of(picture: Image.Image) -> list[bytes]:
    """The rows as the printer counts them: from the right edge, each from the top, 1 is black."""
    turned = picture.transpose(Image.Transpose.ROTATE_90)
    assert turned.width % 8 == 0, "an area is whole bytes high"
    packed = bytes(byte ^ 0xFF for byte in turned.tobytes())
    length = turned.width // 8
    return [packed[at : at + length] for at in range(0, len(packed), length)]


def shows(face: Image.Image, job: FaceJob) -> bool:
    """Whether a picture of a face shows a job, and nothing else in its area.

    Args:
        face: upright, of the whole printable field, in any size.
        job: what should stand there.
    """
    wanted = draw(job)
    if wanted is None:
        return False
    whole = face.convert("L").resize((FACE_WIDTH_DOTS, FACE_HEIGHT_DOTS))
    seen = _ink(ImageOps.autocontrast(whole).crop(_box(job.area)))
    ink = ImageChops.invert(wanted.convert("L"))
    wrong = ImageChops.lighter(
        ImageChops.subtract(ink, _thick(seen)), ImageChops.subtract(seen, _thick(ink))
    )
    return _worst_cell(wrong) <= _MOST_WRONG


def _box(area: FaceArea) -> tuple[int, int, int, int]:
    return (area.left, area.top, area.left + area.width, area.top + area.height)


def _ink(picture: Image.Image) -> Image.Image:
    # A face that is blank all over has no contrast, only noise; it counts as white.
    return picture.point([255] * 100 + [0] * 156)


def _thick(ink: Image.Image) -> Image.Image:
    return ink.filter(ImageFilter.MaxFilter(2 * (_SLACK_DOTS // 2) + 1))


def _worst_cell(ink: Image.Image) -> float:
    cells = (-(-ink.width // _CELL_DOTS), -(-ink.height // _CELL_DOTS))
    return max(ink.resize(cells, Image.Resampling.BOX).tobytes()) / 255


def _fitting(line: FaceLine, width: int) -> int | None:
    sizes: Sequence[int] = range(line.size_dots, SMALLEST_DOTS - 1, -_STEP_DOTS)
    return next((size for size in sizes if _width(line.text, size) <= width), None)


def _width(text: str, size: int) -> float:
    return sum(face_for(char, size).getlength(char) for char in text)


def _write(pen: ImageDraw.ImageDraw, line: FaceLine, size: int, top: float) -> None:
    x = float(MARGIN_DOTS)
    for char in line.text:
        # Faces differ in height; on one baseline they stand as one line.
        face = face_for(char, size)
        at = (x, top + size * 0.88)
        pen.text(at, char, font=face, fill=0, stroke_width=int(line.bold), anchor="ls")
        x += face.getlength(char)
