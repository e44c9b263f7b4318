"""Comparing a live picture with the portrait of a chip: a service central asks, or its stand-in."""

import base64
import binascii
import io
from typing import Protocol

from PIL import Image, UnidentifiedImageError

from kiosk.central.contract.permits import FaceAnswer, FaceQuery, FaceVerdict

_SIDE_PX = 32
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

    It compares colours of small pictures, as drawn portraits differ in them. It knows no faces:
    for real people it is worthless, and outside a demo it is not to be had.
    """

    def compare(self, live: bytes, reference: bytes) -> FaceAnswer:
        """How alike the two pictures are."""
        try:
            score = _likeness(_small(live), _small(reference))
        except (OSError, UnidentifiedImageError, ValueError):
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


def _small(picture: bytes) -> list[float]:
    with Image.open(io.BytesIO(picture)) as image:
        small = image.convert("RGB").resize((_SIDE_PX, _SIDE_PX), Image.Resampling.BOX)
    values = [float(value) for value in small.tobytes()]
    middle = sum(values) / len(values)
    return [value - middle for value in values]


def _likeness(one: list[float], other: list[float]) -> float:
    """Correlation of two pictures, 0 to 1."""
    both = sum(a * b for a, b in zip(one, other, strict=True))
    size: float = (sum(a * a for a in one) * sum(b * b for b in other)) ** 0.5
    return max(0.0, min(1.0, both / size)) if size else 0.0
