"""What stands before a simulated camera, drawn frame by frame."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.simulators.people import faces
from hardware.simulators.people.live_face import Picture, Pose, draw_person

_BLINK_EVERY_S, _BLINK_S = 2.0, 0.25
_WALL = (190, 196, 200)
_NOISE = 3.0

LIGHTS = {"normal": (1.0, 0.0), "dark": (0.15, 0.0), "bright": (1.0, 100.0)}
"""By how much a picture is dimmed, and what is added to every pixel."""

DISTANCES = {"normal": 0.3, "far": 0.09, "near": 0.52}
MOVEMENTS = ("turning", "still", "turn_left", "turn_right", "blinking")


@dataclass
class Scene:
    """Who is there and how; stays as set until it is set otherwise.

    Args:
        person: key of a synthetic person, empty for nobody.
        second: somebody beside, empty for nobody.
        movement: `turning` (left, ahead, right, ahead, again and again), `still`, `turn_left`,
            `turn_right` or `blinking`.
        light: `normal`, `dark` or `bright`.
        distance: `normal`, `far` or `near`.
        mask: the person wears one.
        photo: the person is a print held up before the camera: it shakes, nothing in it moves.
        blurred: the lens is out of focus.
        turning_s: one whole movement to both sides and back.
    """

    person: str = ""
    second: str = ""
    movement: str = "turning"
    light: str = "normal"
    distance: str = "normal"
    mask: bool = False
    photo: bool = False
    blurred: bool = False
    turning_s: float = 4.0


class Painter:
    """Paints a scene.

    Args:
        width_px: of the pictures.
        height_px: of the pictures.
    """

    def __init__(self, width_px: int, height_px: int) -> None:
        self._size = (height_px, width_px)
        # One sheet of noise, shifted for every frame: drawing it anew would take most of the time.
        self._noise: NDArray[np.float32] = (
            np.random.default_rng(1)
            .normal(0, _NOISE, (height_px + 64, width_px + 64, 1))
            .astype(np.float32)
        )

    def paint(self, scene: Scene, at_s: float, number: int) -> Picture:
        """One frame.

        Args:
            scene: as it stands now.
            at_s: since the camera was switched on; movement follows it.
            number: of the frame; noise follows it.
        """
        height, width = self._size
        picture: Picture = np.full((height, width, 3), _WALL, np.uint8)
        if scene.photo and scene.person:
            self._print(picture, scene, at_s)
        else:
            self._people(picture, scene, at_s)
        softness = max(0.5, width / 400) * (9 if scene.blurred else 1)
        cv2.GaussianBlur(picture, (0, 0), softness, picture)
        return self._lit(picture, *LIGHTS[scene.light], number)

    def _people(self, picture: Picture, scene: Scene, at_s: float) -> None:
        known = faces()
        together = bool(scene.second and scene.person)
        width = DISTANCES[scene.distance]
        if scene.second:
            draw_person(picture, known[scene.second], Pose(middle=0.78, width=min(width, 0.25)))
        if scene.person:
            pose = Pose(
                middle=0.3 if together else 0.5,
                width=min(width, 0.25) if together else width,
                turn=_turn(scene, at_s),
                eyes_open=scene.movement != "blinking" or at_s % _BLINK_EVERY_S > _BLINK_S,
                mask=scene.mask,
            )
            draw_person(picture, known[scene.person], pose)

    def _print(self, picture: Picture, scene: Scene, at_s: float) -> None:
        """A print of the person, turned to and fro about its axis as if that were a head."""
        height, width = self._size
        flat: Picture = np.full((height, width, 3), (235, 238, 240), np.uint8)
        draw_person(flat, faces()[scene.person], Pose(width=DISTANCES[scene.distance]))
        swing = math.sin(2 * math.pi * at_s / scene.turning_s)
        narrower = 1 - 0.35 * abs(swing)
        half = width * 0.36 * narrower
        corners = np.array([(0.14, 0.02), (0.86, 0.02), (0.86, 0.98), (0.14, 0.98)], np.float32)
        source = (corners * (width, height)).astype(np.float32)
        lean = height * 0.06 * swing
        middle = width / 2 + 2 * math.sin(at_s * 7)
        target = np.array(
            [
                (middle - half, height * 0.02 + max(0, lean)),
                (middle + half, height * 0.02 + max(0, -lean)),
                (middle + half, height * 0.98 - max(0, -lean)),
                (middle - half, height * 0.98 - max(0, lean)),
            ],
            np.float32,
        )
        held = cv2.getPerspectiveTransform(source, target)
        sheet = cv2.warpPerspective(flat, held, (width, height))
        shown = cv2.fillConvexPoly(np.zeros((height, width), np.uint8), target.astype(np.int32), 1)
        picture[shown > 0] = sheet[shown > 0]

    def _lit(self, picture: Picture, gain: float, lift: float, number: int) -> Picture:
        height, width = self._size
        down, right = number * 17 % 64, number * 29 % 64
        noise = self._noise[down : down + height, right : right + width]
        lit: Picture = np.clip(picture * np.float32(gain) + (noise + lift), 0, 255).astype(np.uint8)
        return lit


def _turn(scene: Scene, at_s: float) -> float:
    match scene.movement:
        case "turn_left":
            return -0.85
        case "turn_right":
            return 0.85
        case "turning":
            # A little longer ahead than a sine would be.
            wave = math.sin(2 * math.pi * at_s / scene.turning_s)
            return 0.9 * math.copysign(max(0.0, abs(wave) - 0.2) / 0.8, wave)
        case _:
            return 0.0
