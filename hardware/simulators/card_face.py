"""The rewritable face of a simulated card: erasing and printing truly change its picture."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image, ImageDraw

from hardware.codecs.easyprinter import FIRST_BYTE, FIRST_ROW
from hardware.interfaces.card_printer import FACE_HEIGHT_DOTS, FACE_WIDTH_DOTS

_ROW_BYTES = FACE_HEIGHT_DOTS // 8


class FaceCard(Protocol):
    """What the card path needs to know of a card; a chip on it is nobody's business here."""

    face: Image.Image
    """the printable field, 960 x 560, grey, 255 is white"""


def blank_face() -> Image.Image:
    """A face with nothing on it."""
    return Image.new("L", (FACE_WIDTH_DOTS, FACE_HEIGHT_DOTS), 255)


@dataclass
class PlainCard:
    """A card that is only a face.

    Args:
        face: blank when nothing else is given.
    """

    face: Image.Image = field(default_factory=blank_face)


def face_png(face: Image.Image) -> bytes:
    """A face as PNG."""
    out = io.BytesIO()
    face.save(out, "PNG")
    return out.getvalue()


def erased(face: Image.Image, digits: bytes, *, turned: bool) -> Image.Image:
    """A face after an area was erased.

    Args:
        face: before.
        digits: parameters of the erase command, `yyxxxxyyxxxx`.
        turned: whether the card was rotated by 180 degrees, as the public client does.
    """
    first_byte, first_row = int(digits[:2]), int(digits[2:6])
    end_byte, end_row = int(digits[6:8]), int(digits[8:])
    after = _upright(face, turned=turned)
    left, right = _column(end_row - 1), _column(first_row)
    top, bottom = (first_byte - FIRST_BYTE) * 8, (end_byte - FIRST_BYTE) * 8 - 1
    if left <= right and top <= bottom:
        ImageDraw.Draw(after).rectangle((left, top, right, bottom), fill=255)
    return _upright(after, turned=turned)


def printed(face: Image.Image, rows: Mapping[int, bytes], *, turned: bool) -> Image.Image:
    """A face after rows of dots were printed over what it shows.

    Args:
        face: before.
        rows: by their number.
        turned: as for `erased`.
    """
    if not rows:
        return face
    first, last = min(rows), max(rows)
    packed = b"".join(_on_card(rows.get(number, b"")) for number in range(first, last + 1))
    ink = Image.frombytes("1", (FACE_HEIGHT_DOTS, last - first + 1), packed)
    after = _upright(face, turned=turned)
    ink = ink.transpose(Image.Transpose.ROTATE_270)
    after.paste(0, (_column(last), 0), ink)
    return _upright(after, turned=turned)


def _on_card(row: bytes) -> bytes:
    return row[FIRST_BYTE : FIRST_BYTE + _ROW_BYTES].ljust(_ROW_BYTES, b"\0")


def _column(row: int) -> int:
    return FIRST_ROW + FACE_WIDTH_DOTS - 1 - row


def _upright(face: Image.Image, *, turned: bool) -> Image.Image:
    return face.copy() if turned else face.transpose(Image.Transpose.ROTATE_180)
