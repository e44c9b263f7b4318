"""Installed faces of type, and which of them has a character."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    "/usr/share/fonts/truetype/babelstone-han/BabelStoneHan.ttf",
)
"""Tried in this order for each character; the first is the Simplified Chinese face of its file."""
SIMPLIFIED_CHINESE = 2
UNASSIGNED = "\U0010fffd"


@lru_cache(maxsize=2048)
def face_for(char: str, size: int) -> ImageFont.FreeTypeFont:
    """The first installed face that has a character.

    Args:
        char: one character.
        size: height of an ideograph in dots.
    """
    faces = [_face(path, size) for path in FACES if Path(path).exists()]
    for face in faces:
        # A missing character is drawn as the same box as an unassigned one.
        if bytes(face.getmask(char)) != bytes(face.getmask(UNASSIGNED)):
            return face
    return faces[0]


@lru_cache(maxsize=64)
def _face(path: str, size: int) -> ImageFont.FreeTypeFont:
    index = SIMPLIFIED_CHINESE if path.endswith(".ttc") else 0
    return ImageFont.truetype(path, size, index=index)
