"""Comparing a live picture with the portrait of a chip: a service central asks, or its stand-in."""

import base64
import binascii
import io
import math
from typing import Protocol

from kiosk.central.contract.permits import FaceAnswer, FaceQuery, FaceVerdict

_COLUMNS, _ROWS = (0.3, 0.7), (0.86, 1.0)
"""The part of a portrait where clothes are, as shares of its width and height."""
_STRANGERS = 60.0
"""Colours this far apart, of 441 at most, have nothing in common."""
_SAME = 0.80
_DIFFERENT = 0.55


class FaceService(Protocol):
    """Compares two pictures."""

    def compare(self, live: bytes, reference: bytes) -> FaceAnswer:
        """The verdict; `unavailable` when it cannot say."""


class NoFaceService:
    """Nothing is configured: nobody passes by face."""

    def compare(self, live: bytes, reference: bytes) -> FaceAnswer:
        """Unavailable, always."""
        del live, reference
        return FaceAnswer(verdict=FaceVerdict.UNAVAILABLE)


class StandInFaceService:
    """Tells the drawn people of the simulators apart, and nothing else.

    It compares the colour of their clothes, in which drawn people all differ, before the camera as
    on their portraits. It knows no faces: for real people it is worthless, and outside a demo it is
    not to be had.
    """

    def compare(self, live: bytes, reference: bytes) -> FaceAnswer:
        """How alike the two pictures are."""
        try:
            score = _likeness(_clothes(live), _clothes(reference))
        except (OSError, ValueError):
            return FaceAnswer(verdict=FaceVerdict.UNAVAILABLE)
        verdict = FaceVerdict.UNSURE
        if score >= _SAME:
            verdict = FaceVerdict.SAME
        elif score < _DIFFERENT:
            verdict = FaceVerdict.DIFFERENT
        return FaceAnswer(verdict=verdict, score=round(score, 3))


def answer(service: FaceService, query: FaceQuery) -> FaceAnswer:
    """Decode and compare; broken pictures are unavailable, never the same."""
    try:
        live = base64.b64decode(query.live, validate=True)
        reference = base64.b64decode(query.reference, validate=True)
    except binascii.Error:
        return FaceAnswer(verdict=FaceVerdict.UNAVAILABLE)
    return service.compare(live, reference)


def _clothes(picture: bytes) -> tuple[float, ...]:
    """The median colour of the lowest part, 0 to 255 in red, green and blue."""
    from PIL import Image, ImageStat  # noqa: PLC0415 - only a demo's stand-in looks at pictures

    with Image.open(io.BytesIO(picture)) as image:
        width, height = image.size
        (left, right), (top, bottom) = (
            (round(edge * size) for edge in part)
            for part, size in ((_COLUMNS, width), (_ROWS, height))
        )
        part = image.convert("RGB").crop((left, top, right, bottom))
    return tuple(ImageStat.Stat(part).median)


def _likeness(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """How near two colours are, 0 to 1."""
    return max(0.0, 1.0 - math.dist(one, other) / _STRANGERS)
