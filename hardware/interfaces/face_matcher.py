"""Compares a live face with a reference picture; the engine is always somebody else's.

No face engine ships with the product: real comparison belongs to the authority's service, a vendor
or a model that the operator supplies (vision facts 3). Where none answers, the result says
`Unavailable`, and the citizen goes to the window: never a pass.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Cancel, Device


class Verdict(StrEnum):
    """What the engine says of two faces."""

    MATCH = "match"
    NO_MATCH = "no_match"
    UNSURE = "unsure"
    """between the two thresholds: an officer decides"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An engine's answer, with everything the record of a decision needs; no picture.

    Args:
        verdict: by the engine's own thresholds.
        score: in the engine's own unit, larger is more alike.
        engine: name and version.
        threshold: from which on it says match; None where the engine does not tell.
        model_sha256: of the model file, empty where the engine does not tell.
    """

    verdict: Verdict
    score: float
    engine: str
    threshold: float | None = None
    model_sha256: str = ""


class Absence(StrEnum):
    """Why nobody compared."""

    NOT_CONFIGURED = "not_configured"
    NO_ANSWER = "no_answer"
    NO_FACE_IN_LIVE = "no_face_in_live"
    NO_FACE_IN_REFERENCE = "no_face_in_reference"
    REFUSED = "refused"
    """the engine said it cannot, for example an expired licence"""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Nobody compared: the window, never a pass."""

    why: Absence


MatchResult = Comparison | Unavailable


class FaceMatcher(Protocol):
    """Compares two pictures of faces."""

    def compare(self, live: bytes, reference: bytes, cancel: Cancel) -> MatchResult | None:
        """Say how alike two faces are.

        Args:
            live: JPEG from `LiveFace`.
            reference: JPEG, JPEG 2000 or PNG: the chip's DG2, or the picture on file.
            cancel: looked at between steps; an engine under way is not interrupted.

        Returns:
            The comparison, or that nobody compared; None when cancelled. Trouble of the engine is
            a value, not an error: whatever happens, the way on is the window.
        """


class FaceMatcherDevice(Device, FaceMatcher, Protocol):
    """An engine on this machine, with a life cycle and a status like any device."""
