"""What a face finder says of one picture: plain values, so that judging needs no picture."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hardware.interfaces.camera import Basis, Interaction

Picture = NDArray[np.uint8]
"""Rows from the top, columns, blue-green-red."""

Box = tuple[int, int, int, int]
"""Left, top, width, height in pixels."""


@dataclass(frozen=True, slots=True)
class SeenFace:
    """One face in one picture.

    Args:
        box: around brows and mouth, about as wide as the face.
        eyes: centres in pixels, the one further left in the picture first; None when not both
            were found (shut, hidden or glaring).
        turn: -1 (to the person's left) to 1 (right); 0 looks ahead.
        brightness: mean grey inside the box, 0 to 255.
        contrast: standard deviation of that grey.
        sharpness: variance of the Laplacian with the face scaled to 100 px.
        covered: whether the lower face does not have the colour of the upper.
        eyes_open: where the finder can tell; None where it cannot.
    """

    box: Box
    eyes: tuple[tuple[float, float], tuple[float, float]] | None
    turn: float
    brightness: float
    contrast: float
    sharpness: float
    covered: bool = False
    eyes_open: bool | None = None


class FaceFinder(Protocol):
    """Finds faces. A finder that follows landmarks can take the place of the detector."""

    basis: Basis
    interactions: frozenset[Interaction]

    def look(self, picture: Picture) -> tuple[SeenFace, ...]:
        """All faces in a picture, the largest first."""
