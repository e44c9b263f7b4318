"""A drawn person before a camera: the same face as on the drawn portrait, with shade and movement.

The drawing is flat: a turned head is features shifted across the face and one cheek hidden, not a
solid. So a flat print turned about its axis looks different here only because it is drawn so.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.simulators.people.portrait import Face

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Pose:
    """How a person stands before the camera.

    Args:
        middle: of the face across the picture, 0 to 1.
        width: of the face as a share of the picture's width.
        turn: of the head, -1 (to the person's left) to 1 (right); 0 looks ahead.
        eyes_open: or shut.
        mask: wears one over mouth and nose.
    """

    middle: float = 0.5
    width: float = 0.3
    turn: float = 0.0
    eyes_open: bool = True
    mask: bool = False


def draw_person(picture: Picture, face: Face, pose: Pose) -> None:
    """Draw somebody into a picture.

    Args:
        picture: BGR, changed in place.
        face: what the person looks like.
        pose: how the person stands.
    """
    height, width = picture.shape[:2]
    unit = pose.width * width / 2
    _Pen(picture, pose.middle * width, height * 0.46, unit).person(face, pose)


class _Pen:
    """Draws in units of half a face width, from the middle of the face."""

    def __init__(self, picture: Picture, x: float, y: float, unit: float) -> None:
        self._picture, self._x, self._y, self._unit = picture, x, y, unit

    def person(self, face: Face, pose: Pose) -> None:
        skin, hair = _bgr(face.skin), _bgr(face.hair)
        # A camera is not mirrored: the person's left is the picture's right.
        shift = -pose.turn * 0.45
        self._oval((0, 2.75), (2.1, 1.2), _bgr(face.clothes))
        if face.long_hair:
            self._oval((0, 0.35), (1.3, 1.75), hair)
        self._oval((0, 1.25), (0.45, 0.6), _dim(skin, 0.78))
        self._oval((0, -0.35), (1.12, 1.2), hair)
        self._oval((0, 0.1), (1.0, 1.28), skin)
        self._oval((shift * 0.8, 0.35), (0.62, 0.7), _dim(skin, 1.06))
        self._oval((0, -1.02), (0.88, 0.36), hair)
        for side in (-1, 1):
            self._eye(shift, side, face, pose)
        self._nose_and_mouth(shift, face, pose)

    def _eye(self, shift: float, side: int, face: Face, pose: Pose) -> None:
        # The far eye comes closer to the nose.
        x = shift + side * 0.42 * (1 - 0.25 * abs(pose.turn))
        skin = _bgr(face.skin)
        self._oval((x, -0.12), (0.3, 0.2), _dim(skin, 0.72))
        self._oval((x, -0.36), (0.3, 0.07), _dim(_bgr(face.hair), 0.8))
        if pose.eyes_open:
            self._oval((x, -0.1), (0.22, 0.11), (225, 228, 230))
            self._oval((x, -0.1), (0.1, 0.11), (30, 25, 25))
        else:
            self._oval((x, -0.08), (0.22, 0.03), _dim(skin, 0.5))
        if face.glasses:
            self._ring((x, -0.1), (0.33, 0.26), (60, 60, 60))

    def _nose_and_mouth(self, shift: float, face: Face, pose: Pose) -> None:
        skin = _bgr(face.skin)
        self._oval((shift * 1.25, 0.1), (0.1, 0.4), _dim(skin, 1.12))
        self._oval((shift * 1.3, 0.46), (0.2, 0.08), _dim(skin, 0.75))
        self._oval((shift, 0.82), (0.36, 0.1), (80, 80, 165))
        self._oval((shift, 0.81), (0.34, 0.025), (50, 45, 95))
        if pose.mask:
            self._oval((shift * 0.5, 0.75), (0.85, 0.62), (225, 205, 190))

    def _oval(
        self, at: tuple[float, float], half: tuple[float, float], colour: tuple[int, int, int]
    ) -> None:
        cv2.ellipse(self._picture, *self._place(at, half), 0, 0, 360, colour, -1, cv2.LINE_AA, 4)

    def _ring(
        self, at: tuple[float, float], half: tuple[float, float], colour: tuple[int, int, int]
    ) -> None:
        thick = max(1, round(self._unit * 0.05))
        cv2.ellipse(self._picture, *self._place(at, half), 0, 0, 360, colour, thick, cv2.LINE_AA, 4)

    def _place(
        self, at: tuple[float, float], half: tuple[float, float]
    ) -> tuple[tuple[int, int], tuple[int, int]]:
        """Middle and half axes in sixteenths of a pixel."""
        scale = 16 * self._unit
        middle = (round(16 * self._x + at[0] * scale), round(16 * self._y + at[1] * scale))
        return middle, (max(1, round(half[0] * scale)), max(1, round(half[1] * scale)))


def _bgr(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return blue, green, red


def _dim(colour: tuple[int, int, int], by: float) -> tuple[int, int, int]:
    blue, green, red = (min(255, round(part * by)) for part in colour)
    return blue, green, red
