"""A camera that looks at the one person who stands before the machine.

What it sees of somebody's liveness is an interaction check (互动检测): a person asked to turn the
head did so. That deters a photograph held up; it is no presentation attack detection tested to
ISO/IEC 30107 or GB/T 41987 (vision facts 5).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Cancel, Device


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a camera, upright and not mirrored.

    Args:
        bgr: rows from the top, three bytes a pixel in the order blue, green, red.
        width_px: of the picture.
        height_px: of the picture.
        number: counts frames since the camera was opened.
        taken_s: when it arrived, on the hardware's clock.
    """

    bgr: bytes = field(repr=False)
    width_px: int
    height_px: int
    number: int
    taken_s: float


class Interaction(StrEnum):
    """What a person can be asked to do; left and right are the person's own."""

    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    BLINK = "blink"


class Basis(StrEnum):
    """How an interaction was seen; named in every result so that nobody takes one for the other."""

    NOT_ASKED = "not_asked"
    DETECTOR = "detector"
    """a face detector saw where the eyes stand within the face: coarse"""
    LANDMARKS = "landmarks"
    """points of the face were followed"""


class Guidance(StrEnum):
    """What the person should do next, judged from the newest frame."""

    STAND_HERE = "nobody"
    ONE_AT_A_TIME = "several"
    COME_CLOSER = "too_far"
    STEP_BACK = "too_near"
    MOVE_TO_MIDDLE = "off_centre"
    MORE_LIGHT = "too_dark"
    LESS_LIGHT = "too_bright"
    HOLD_STILL = "blurred"
    SHOW_EYES = "no_eyes"
    """eyes closed, hidden or glaring: a detector cannot tell which (vision facts 2.4)"""
    UNCOVER_FACE = "covered"
    """mouth and nose seem hidden; only advice, because a beard looks the same to this check"""
    LOOK_AHEAD = "look_ahead"
    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    BLINK = "blink"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class View:
    """What the camera sees while it checks, for the preview on the screen.

    Args:
        frame: the newest one.
        guidance: what the person should do.
        face: left, top, width, height in pixels of the one face; None without exactly one.
    """

    frame: Frame
    guidance: Guidance
    face: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class FaceCheck:
    """What is wanted of the person.

    Args:
        interactions: in this order; the caller draws them by chance. None for a picture only.
        within_s: longest time for all of it.
    """

    interactions: tuple[Interaction, ...] = ()
    within_s: float = 20.0


@dataclass(frozen=True, slots=True)
class FaceQuality:
    """Raw measures of the chosen picture; thresholds live in the settings.

    Args:
        face_px: width of the face.
        sharpness: variance of the Laplacian with the face scaled to 100 px.
        brightness: mean grey of the face, 0 to 255.
        contrast: standard deviation of the grey of the face.
        turn: where the eyes stand in the face, -1 (person's left) to 1 (right), 0 ahead.
        roll_deg: slope of the line through the eyes.
    """

    face_px: int
    sharpness: float
    brightness: float
    contrast: float
    turn: float
    roll_deg: float


@dataclass(frozen=True, slots=True)
class LiveFace:
    """The best live picture of the one person who was there throughout.

    Args:
        jpeg: cropped to head and shoulders, not retouched.
        quality: its measures.
        interactions: those that were asked for and seen, all of them.
        basis: how they were seen.
    """

    jpeg: bytes = field(repr=False)
    quality: FaceQuality
    interactions: tuple[Interaction, ...] = ()
    basis: Basis = Basis.NOT_ASKED


class FaceTrouble(StrEnum):
    """Why the time ran out without a picture that may be compared."""

    NOBODY = "nobody"
    NOT_ALONE = "not_alone"
    POOR_PICTURE = "poor_picture"
    """somebody was there, but too far, too dark, blurred, eyes or face covered"""
    NO_INTERACTION = "no_interaction"
    """what was asked was not seen: offer the window, not everybody can do it"""
    NOT_THE_SAME = "not_the_same"
    """the face vanished or jumped between the interaction and the picture, again and again"""


@dataclass(frozen=True, slots=True)
class NoFace:
    """The time ran out.

    Args:
        trouble: the coarse reason.
        last: what the person was last told to do.
    """

    trouble: FaceTrouble
    last: Guidance


class Camera(Device, Protocol):
    """Gives the newest frame, and takes a live picture of one person."""

    def interactions(self) -> frozenset[Interaction]:
        """What this camera's face finder can see a person do; ask for nothing else."""

    def frame(self, cancel: Cancel) -> Frame | None:
        """The newest frame, at most as old as the settings allow; None when cancelled.

        Raises:
            DeviceError: the camera is gone (`NotConnectedError`) or frozen (`NoAnswerError`).
        """

    def take_face(
        self, check: FaceCheck, cancel: Cancel, on_view: Callable[[View], None]
    ) -> LiveFace | NoFace | None:
        """Guide the person, see the interactions, keep the best frame.

        Args:
            check: what is asked of the person.
            cancel: ends it at the next frame.
            on_view: called for every frame looked at, on the device's thread; it must not wait.

        Returns:
            The picture; or why there is none; or None when cancelled.

        Raises:
            DeviceError: the camera is gone (`NotConnectedError`) or frozen (`NoAnswerError`).
        """
