"""Drawn portraits of people who do not exist, and the marked bytes a simulated card carries.

Real cards carry 1024 bytes in a closed format. A simulator must not pretend to that format: its
bytes begin with a mark of their own (hardware facts 1.6), and only its own decoder reads them.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

MARK = b"SIMJ"
PAYLOAD_BYTES = 1024
ROOM_BYTES = PAYLOAD_BYTES - len(MARK)
SIZE_PX = (102, 126)
"""What decoders of real cards yield."""

CHIP_QUALITY = 90
_SCALE = 4
_END_OF_JPEG = b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class Face:
    """What tells one drawn face from another; colours as `#rrggbb`.

    Args:
        skin: colour.
        hair: colour.
        clothes: colour.
        long_hair: falls to the shoulders.
        glasses: wears some.
        child: rounder and lower in the picture.
    """

    skin: str
    hair: str
    clothes: str
    long_hair: bool = False
    glasses: bool = False
    child: bool = False


def draw(face: Face) -> bytes:
    """A portrait as a JPEG small enough for a simulated identity card."""
    return _small_jpeg(_drawn(face).resize(SIZE_PX, Image.Resampling.LANCZOS))


def draw_for_chip(face: Face) -> bytes:
    """The same portrait as a JPEG of the size that chips of travel documents carry."""
    out = io.BytesIO()
    _drawn(face).save(out, "JPEG", quality=CHIP_QUALITY)
    return out.getvalue()


def _drawn(face: Face) -> Image.Image:
    width, height = (edge * _SCALE for edge in SIZE_PX)
    picture = Image.new("RGB", (width, height), "#f4f6f8")
    pen = ImageDraw.Draw(picture)
    middle, chin = width // 2, int(height * (0.70 if face.child else 0.67))
    half = int(width * (0.25 if face.child else 0.23))
    brow = chin - int(half * 2.5)
    _shoulders(pen, face, (width, height), chin)
    if face.long_hair:
        pen.rounded_rectangle(
            (middle - half - 26, brow + 10, middle + half + 26, chin + 40), 70, fill=face.hair
        )
    pen.rectangle((middle - 34, chin - 40, middle + 34, chin + 56), fill=_shade(face.skin))
    pen.ellipse((middle - half - 14, brow - 24, middle + half + 14, chin - 50), fill=face.hair)
    pen.ellipse((middle - half, brow + 20, middle + half, chin), fill=face.skin)
    pen.pieslice((middle - half, brow - 10, middle + half, brow + 120), 180, 360, fill=face.hair)
    _features(pen, face, (middle, brow, chin))
    return picture


def pack(jpeg: bytes) -> bytes:
    """A picture as the 1024 bytes a simulated card carries."""
    assert len(jpeg) <= ROOM_BYTES, "the picture does not fit on the card"
    return (MARK + jpeg).ljust(PAYLOAD_BYTES, b"\0")


def unpack(payload: bytes) -> bytes:
    """The picture of a simulated card; empty for the bytes of a real one."""
    end = payload.rfind(_END_OF_JPEG)
    if not payload.startswith(MARK) or end < 0:
        return b""
    return payload[len(MARK) : end + len(_END_OF_JPEG)]


def _shoulders(pen: ImageDraw.ImageDraw, face: Face, size: tuple[int, int], chin: int) -> None:
    width, height = size
    inset = 56 if face.child else 20
    pen.ellipse((inset, chin + 24, width - inset, height + 160), fill=face.clothes)


def _features(pen: ImageDraw.ImageDraw, face: Face, at: tuple[int, int, int]) -> None:
    middle, brow, chin = at
    eyes = brow + int((chin - brow) * 0.55)
    for x in (middle - 40, middle + 40):
        pen.ellipse((x - 9, eyes - 9, x + 9, eyes + 9), fill="#2b2b2b")
        if face.glasses:
            pen.ellipse((x - 30, eyes - 28, x + 30, eyes + 28), outline="#3a3a3a", width=6)
    if face.glasses:
        pen.line((middle - 10, eyes, middle + 10, eyes), fill="#3a3a3a", width=6)
    pen.arc((middle - 34, chin - 84, middle + 34, chin - 34), 25, 155, fill="#a8493f", width=8)


def _shade(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{int(part * 0.9):02x}" for part in parts)


def _small_jpeg(picture: Image.Image) -> bytes:
    for quality in range(60, 0, -2):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= ROOM_BYTES:
            return out.getvalue()
    raise AssertionError("no quality makes the picture small enough")
