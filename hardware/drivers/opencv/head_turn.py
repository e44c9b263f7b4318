"""How far a head is turned, from where the eyes stand between the edges of the face.

On a head the eyes wander towards an edge as it turns. On a flat print, turned or tilted however one
likes, they keep their place between the edges, because that ratio survives every affine map. The
edges are found by the colour of the person's own cheeks, so no table of skin colours is needed.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.drivers.opencv.face_seen import Box, Picture

Colours = NDArray[np.int16]

_NEAR_CHROMA = 10
_NEAR_LIGHT = 60
_LEAST_LIKE = 0.35
"""Share of the lower face that must look like the cheeks; below it something covers it."""
_GAP = 0.08
"""Widest gap, in box widths, that still belongs to the face: nostrils, a lock of hair."""


class FaceColour:
    """The colour of one face, taken between eyes and mouth.

    Args:
        picture: of any size.
        box: of the face in it.
    """

    def __init__(self, picture: Picture, box: Box) -> None:
        self.box = box
        left, top, width, height = box
        self._left = max(0, left - width // 2)
        right = min(picture.shape[1], left + width + width // 2)
        rows = picture[top : top + height, self._left : right]
        self._colours = cv2.cvtColor(rows, cv2.COLOR_BGR2YCrCb).astype(np.int16)
        at = left - self._left
        sample = self._colours[
            height * 46 // 100 : height * 62 // 100, at + width * 3 // 10 : at + width * 7 // 10
        ]
        self._own = np.median(sample.reshape(-1, 3), axis=0)

    def edges(self) -> tuple[float, float]:
        """Left and right edge of the face in pixels of the picture, below the eyes."""
        height = self.box[3]
        like = _like(self._colours[height * 45 // 100 : height * 65 // 100], self._own)
        columns = like.mean(axis=0) >= 0.5
        middle = self.box[0] - self._left + self.box[2] // 2
        return self._left + self._run(columns, middle, -1), self._left + self._run(
            columns, middle, 1
        )

    @property
    def lower_face_differs(self) -> bool:
        """Whether the part around the mouth has another colour: a mask, a hand, or a beard."""
        height, width = self.box[3], self.box[2]
        at = self.box[0] - self._left
        bridge = self._colours[
            height * 30 // 100 : height * 44 // 100, at + width * 44 // 100 : at + width * 56 // 100
        ]
        lower = self._colours[
            height * 62 // 100 : height * 92 // 100, at + width * 3 // 10 : at + width * 7 // 10
        ]
        own = np.median(bridge.reshape(-1, 3), axis=0)
        return float(_like(lower, own).mean()) < _LEAST_LIKE

    def _run(self, columns: NDArray[np.bool_], start: int, step: int) -> float:
        """The last column like the face before a gap that is too wide."""
        last, at = start, start
        widest = self.box[2] * _GAP
        while 0 <= at < len(columns) and abs(at - last) <= widest:
            if columns[at]:
                last = at
            at += step
        return float(last)


def _like(colours: Colours, own: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which pixels have about one colour; light may differ more than hue."""
    off = np.abs(colours - own)
    near: NDArray[np.bool_] = np.all(off < (_NEAR_LIGHT, _NEAR_CHROMA, _NEAR_CHROMA), axis=-1)
    return near


def turn(colour: FaceColour, eyes_middle: float) -> float:
    """How far the head is turned.

    Args:
        colour: of the face.
        eyes_middle: where the middle between the eyes stands across the picture, in pixels.

    Returns:
        -1 (to the person's left) to 1 (right): a camera is not mirrored, so the eyes of somebody
        who turns left wander to the right of the picture.
    """
    left, right = colour.edges()
    half = (right - left) / 2
    if half < colour.box[2] / 8:
        return 0.0
    return float(np.clip(((left + right) / 2 - eyes_middle) / half, -1.0, 1.0))
