"""The person: identity card, chip, face, finger."""

from dataclasses import dataclass, field
from enum import StrEnum


class Purpose(StrEnum):
    """What the person came for."""

    ENDORSEMENT = "endorsement"
    ENTRIES = "entries"
    """how many journeys are left"""
    SLIP = "slip"
    """the slip once more"""


class CardTrouble(StrEnum):
    """Why no identity card could be read; same values as the reader's."""

    MOVED = "moved"
    UNREADABLE = "unreadable"
    NOT_AUTHENTIC = "not_authentic"
    NOT_AN_ID_CARD = "not_an_id_card"
    READER_AWAY = "reader_away"
    NOT_A_CITIZEN = "not_a_citizen"
    """a residence permit: its holder has no permit for Hong Kong and Macao"""


@dataclass(frozen=True, slots=True)
class PlacingIdCard:
    """The reader waits for the identity card.

    Args:
        purpose: what the person came for.
        trouble: of the last try, None at first.
        tries: failed so far.
    """

    purpose: Purpose
    trouble: CardTrouble | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class ReadingIdCard:
    """The identity card is being read.

    Args:
        purpose: what the person came for.
        tries: failed so far.
    """

    purpose: Purpose
    tries: int = 0


@dataclass(frozen=True, slots=True)
class OpeningChip:
    """The permit's chip is being opened and read."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture from the camera.

    Args:
        bgr: rows from the top, three bytes a pixel.
        width_px: of the picture.
        height_px: of the picture.
    """

    bgr: bytes = field(repr=False)
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class LookingAtCamera:
    """The camera looks for the holder's face.

    Args:
        portrait: of the chip.
        finger_template: of the holder; empty where fingers are no way out.
        guidance: what the person should do, a code of the camera's.
        preview: the newest picture, None before the first.
        tries: checks so far.
    """

    portrait: bytes = field(repr=False)
    finger_template: str = field(repr=False)
    guidance: str = "nobody"
    preview: Preview | None = None
    tries: int = 1


@dataclass(frozen=True, slots=True)
class FaceNotSeen:
    """No face could be compared, or it was not sure: try again, or another proof.

    Args:
        portrait: of the chip.
        finger_template: of the holder; empty where fingers are no way out.
        reason: why, a code.
        tries: checks so far.
        again: whether another try is offered.
    """

    portrait: bytes = field(repr=False)
    finger_template: str = field(repr=False)
    reason: str
    tries: int
    again: bool


@dataclass(frozen=True, slots=True)
class PlacingFinger:
    """The finger reader waits.

    Args:
        finger_template: of the holder.
        guidance: what the person should do, a code of the reader's.
        trouble: of the last print, or empty.
        tries: prints so far.
    """

    finger_template: str = field(repr=False)
    guidance: str = "place"
    trouble: str = ""
    tries: int = 1
