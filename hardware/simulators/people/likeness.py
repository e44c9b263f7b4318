"""Which of the drawn people a picture shows, by the colours they wear.

It knows drawings only, and knows them far too well: it stands in for an engine so that every way
on from a comparison can be walked, and says nothing about how real engines do.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.simulators.people.citizens import faces

_NEAR = 22.0
_ENOUGH = 0.03
"""Least share of a picture that must have the colour of somebody's clothes."""


def likeness(live: bytes, reference: bytes) -> float | None:
    """How alike the people in two pictures are.

    Args:
        live: JPEG.
        reference: JPEG or PNG.

    Returns:
        0 to 1, or None when one of the pictures shows none of the drawn people.
    """
    one, other = _shares(live), _shares(reference)
    if one is None or other is None:
        return None
    together = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / together


def _shares(encoded: bytes) -> NDArray[np.float64] | None:
    """Share of the lower half that has the colour of each person's clothes."""
    raw = np.frombuffer(encoded, np.uint8)
    picture = cv2.imdecode(raw, cv2.IMREAD_COLOR) if raw.size else None
    if picture is None:
        return None
    lower = picture[picture.shape[0] * 6 // 10 :].reshape(-1, 3).astype(np.float64)
    clothes = np.array([_bgr(face.clothes) for face in faces().values()])
    away = np.linalg.norm(lower[:, None] - clothes, axis=2)
    # Some wear colours so near to each other that only the nearest counts.
    worn = np.bincount(away.argmin(axis=1)[away.min(axis=1) < _NEAR], minlength=len(clothes))
    shares = worn / len(lower)
    return shares if shares.max() >= _ENOUGH else None


def _bgr(colour: str) -> NDArray[np.float64]:
    return np.array([int(colour[at : at + 2], 16) for at in (5, 3, 1)], np.float64)
