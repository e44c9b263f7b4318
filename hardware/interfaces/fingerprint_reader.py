"""A fingerprint module that looks at one finger at a time (XFS4IoT class Biometric).

Templates are opaque bytes in a format of their maker: they match only on the same kind of module.
They live in the module's working memory for one session and never in its flash.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Cancel, Device


@dataclass(frozen=True, slots=True)
class FingerTemplate:
    """Features of one finger.

    Args:
        format: who can read the bytes, for example `zfm`.
        data: the features; sensitive personal data.
    """

    format: str
    data: bytes = field(repr=False)


class FingerGuidance(StrEnum):
    """What the person should do next (XFS4IoT PresentSubject, SubjectDetected, RemoveSubject)."""

    PLACE = "place"
    HOLD = "hold"
    LIFT = "lift"
    PLACE_AGAIN = "place_again"
    """the same finger once more"""


class FingerTrouble(StrEnum):
    """Why no usable print came; each is mended in another way."""

    NO_FINGER = "no_finger"
    """nobody touched the sensor in time"""
    MESSY = "messy"
    """wet, dirty or smeared (06): dry the finger and press lightly"""
    PARTIAL = "partial"
    """too few features (07): put the whole tip on the sensor"""
    DIFFERENT_FINGERS = "different_fingers"
    """two prints to enrol were not of one finger (0A)"""
    FOREIGN_TEMPLATE = "foreign_template"
    """this module cannot read the template: another proof or the window"""


@dataclass(frozen=True, slots=True)
class FingerCaptured:
    """The module found enough features in one print; it tells no finer quality than that."""


@dataclass(frozen=True, slots=True)
class FingerCompared:
    """The module compared a print with the template.

    Args:
        matched: the module said so and the score reaches the threshold.
        score: in the module's own unit; 0 where it saw no likeness.
        threshold: from the settings.
    """

    matched: bool
    score: int
    threshold: int


OnFinger = Callable[[FingerGuidance], None]


class FingerprintReader(Device, Protocol):
    """Captures, enrols and compares; whatever it returns, no template stays in the module."""

    def capture(
        self, within_s: float, cancel: Cancel, on_finger: OnFinger
    ) -> FingerCaptured | FingerTrouble | None:
        """Try one print, for example to see whether a finger can be used at all.

        Args:
            within_s: longest wait for a usable print.
            cancel: ends the wait.
            on_finger: told what the person should do, on the device's thread; it must not wait.

        Returns:
            The capture; or the trouble of the last print; or None when cancelled.

        Raises:
            DeviceError: the module itself failed.
        """

    def enrol(
        self, within_s: float, cancel: Cancel, on_finger: OnFinger
    ) -> FingerTemplate | FingerTrouble | None:
        """Make a template from two prints of one finger; arguments and errors as for `capture`."""

    def compare(
        self, template: FingerTemplate, within_s: float, cancel: Cancel, on_finger: OnFinger
    ) -> FingerCompared | FingerTrouble | None:
        """Compare a live print with a template; the rest as for `capture`.

        Args:
            template: from central, made by this kind of module.
            within_s: longest wait for a usable print.
            cancel: ends the wait.
            on_finger: told what the person should do.
        """

    def forget(self) -> None:
        """Overwrite what the module's working memory holds; called at the end of every session.

        Raises:
            DeviceError: the module does not confirm it; it is then to be taken out of service.
        """
