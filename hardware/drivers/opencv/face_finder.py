"""Faces by the Haar detectors that OpenCV 4 ships: coarse, quick, without a model file.

`frontalface_alt2` had no false face where `frontalface_default` had one; `eye_tree_eyeglasses`
finds no eye that is shut, and none that glares either, so a blink is not claimed (vision facts 2).
"""

import math
from pathlib import Path

import cv2
import cv2.data
import numpy as np
from numpy.typing import NDArray

from hardware.drivers.opencv.face_seen import Box, Picture, SeenFace
from hardware.drivers.opencv.head_turn import FaceColour, turn
from hardware.interfaces.camera import Basis, Interaction

SEARCH_WIDTH_PX = 240
"""Faces are searched in a picture of this width: a preview must keep up with the person."""
LEAST_FACE_SHARE = 0.12
_EYE_STRIP_PX = 200
_SHARPNESS_FACE_PX = 100

Grey = NDArray[np.uint8]


class HaarFaceFinder:
    """Implements `FaceFinder`."""

    basis = Basis.DETECTOR
    interactions = frozenset({Interaction.TURN_LEFT, Interaction.TURN_RIGHT})

    def __init__(self) -> None:
        self._faces = _cascade("haarcascade_frontalface_alt2.xml")
        self._eyes = _cascade("haarcascade_eye_tree_eyeglasses.xml")

    def look(self, picture: Picture) -> tuple[SeenFace, ...]:
        """All faces in a picture, the largest first."""
        scale = min(1.0, SEARCH_WIDTH_PX / picture.shape[1])
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
        least = round(small.shape[1] * LEAST_FACE_SHARE)
        found = self._faces.detectMultiScale(grey, 1.1, 3, minSize=(least, least))
        boxes = sorted(((int(x), int(y), int(w), int(h)) for x, y, w, h in found), key=_narrower)
        return tuple(self._seen(small, grey, box, scale) for box in boxes)

    def _seen(self, small: Picture, grey: Grey, box: Box, scale: float) -> SeenFace:
        left, top, width, height = box
        inside = grey[top : top + height, left : left + width]
        eyes = self._pair_of_eyes(grey, box)
        middle = (eyes[0][0] + eyes[1][0]) / 2 if eyes else left + width / 2
        colour = FaceColour(small, box)
        return SeenFace(
            box=(
                round(left / scale),
                round(top / scale),
                round(width / scale),
                round(height / scale),
            ),
            eyes=_scaled(eyes, 1 / scale) if eyes else None,
            turn=turn(colour, middle),
            brightness=float(inside.mean()),
            contrast=float(inside.std()),
            sharpness=_sharpness(inside),
            covered=colour.lower_face_differs,
        )

    def _pair_of_eyes(
        self, grey: Grey, box: Box
    ) -> tuple[tuple[float, float], tuple[float, float]] | None:
        left, top, width, height = box
        start = top + height // 6
        strip = grey[start : top + height * 6 // 10, left : left + width]
        scale = _EYE_STRIP_PX / width
        strip = cv2.resize(strip, None, fx=scale, fy=scale)
        found = self._eyes.detectMultiScale(strip, 1.1, 3, minSize=(25, 25), maxSize=(80, 80))
        centres = sorted((x + w / 2, y + h / 2) for x, y, w, h in found)
        if len(centres) != 2 or centres[1][0] - centres[0][0] < _EYE_STRIP_PX * 0.2:
            return None
        one, other = ((left + x / scale, start + y / scale) for x, y in centres)
        return one, other


def _narrower(box: Box) -> int:
    return -box[2]


def roll_deg(face: SeenFace) -> float:
    """Slope of the line through the eyes; 0 when they were not found."""
    if face.eyes is None:
        return 0.0
    (x1, y1), (x2, y2) = face.eyes
    return math.degrees(math.atan2(y2 - y1, x2 - x1))


def _scaled(
    eyes: tuple[tuple[float, float], tuple[float, float]], by: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    (x1, y1), (x2, y2) = eyes
    return (x1 * by, y1 * by), (x2 * by, y2 * by)


def _sharpness(inside: Grey) -> float:
    face = cv2.resize(inside, (_SHARPNESS_FACE_PX,) * 2, interpolation=cv2.INTER_AREA)
    return float(cv2.Laplacian(face, cv2.CV_64F).var())


def _cascade(name: str) -> cv2.CascadeClassifier:
    path = Path(cv2.data.haarcascades) / name
    cascade = cv2.CascadeClassifier(str(path))
    # OpenCV 5 has neither the class nor the files (vision facts 2.1); pyproject holds it below.
    assert not cascade.empty(), f"{name} is missing from this OpenCV"
    return cascade
