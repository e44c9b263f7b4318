"""A card's way through the machine: taken in, opened at the chip, printed, given back or kept.

    mouth ──accept──▶ transport ──move_to──▶ chip ──move_to──▶ print
      ▲                   │
      └──── eject ────────┴──── retain ──▶ bin

Erasing and printing cannot be undone. So nothing here repeats an act by itself, and whoever lost
count asks the device: where the card is (`where`), whether a job runs (`where().printing`), and
whether the card shows what a job should have printed (`probe_face`). Asking moves nothing.

While a card is inside, everything answers about that card. A stay, from `accept` to `eject` or
`retain`, belongs to one order; printing the same job again on the same card is harmless, because
it erases first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Cancel, Device
from hardware.status import Media

FACE_WIDTH_DOTS = 960
"""Printable dots along the long side of a card (hardware facts 8)."""
FACE_HEIGHT_DOTS = 560
"""Printable dots along the short side: 70 bytes of eight."""


class CardPosition(StrEnum):
    """Where the sensors see a card."""

    NONE = "none"
    """no sensor sees a card: nothing inside, nothing in the mouth"""
    ENTRY = "entry"
    """in the mouth, within a citizen's reach"""
    TRANSPORT = "transport"
    """inside, between two stations"""
    CHIP = "chip"
    """inside, at the chip station"""
    PRINT = "print"
    """inside, under the print head"""
    UNKNOWN = "unknown"
    """the device did not answer, or its sensors contradict each other"""

    @property
    def inside(self) -> bool:
        """Whether the machine surely holds the card, out of a citizen's reach."""
        return self in (CardPosition.TRANSPORT, CardPosition.CHIP, CardPosition.PRINT)


class PathTrouble(StrEnum):
    """Why a card was not moved or not printed. Each is mended in another way."""

    NO_CARD = "no_card"
    """nothing is there to move or print"""
    WRONG_WAY = "wrong_way"
    """put in the wrong way round; it was given back to the mouth: turn it"""
    NOT_A_CARD = "not_a_card"
    """no card of the right size; it was given back to the mouth"""
    JAMMED = "jammed"
    """stuck: staff opens the door"""
    BIN_FULL = "bin_full"
    """the retain bin takes no more cards: staff empties it"""
    HEAD_WORN = "head_worn"
    """print or erase head at the end of its life, or missing: staff"""
    HARDWARE = "hardware"
    """an error the device does not explain: staff"""
    DOES_NOT_FIT = "does_not_fit"
    """the lines do not fit into the area, even drawn small"""
    LINK_LOST = "link_lost"
    """no answer, port or socket gone: what happened must be asked later"""
    WITHDRAWN = "withdrawn"
    """the caller withdrew the call before the first irreversible byte"""


class Probe(StrEnum):
    """What the world says about an act whose answer was lost."""

    DONE = "done"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CardMoved:
    """The sensors saw the card arrive.

    Args:
        position: where it is now; NONE after it was retained.
    """

    position: CardPosition


@dataclass(frozen=True, slots=True)
class CardNotMoved:
    """The card did not arrive, or nobody saw it arrive.

    Args:
        trouble: why.
        position: where the sensors see it now; UNKNOWN when they cannot be asked.
    """

    trouble: PathTrouble
    position: CardPosition


CardMove = CardMoved | CardNotMoved


@dataclass(frozen=True, slots=True)
class FaceArea:
    """A part of the face, in dots from the top left corner of the card lying on its long side.

    Args:
        left: 0 to 959.
        top: 0 to 559, a multiple of 8.
        width: at least 1.
        height: a multiple of 8.
    """

    left: int = 0
    top: int = 0
    width: int = FACE_WIDTH_DOTS
    height: int = FACE_HEIGHT_DOTS

    def __post_init__(self) -> None:
        assert min(self.left, self.top) >= 0, "an area begins on the card"
        assert 0 < self.width <= FACE_WIDTH_DOTS - self.left, "an area ends on the card"
        assert 0 < self.height <= FACE_HEIGHT_DOTS - self.top, "an area ends on the card"
        assert self.top % 8 == 0 == self.height % 8, "erasing goes in steps of eight dots"


@dataclass(frozen=True, slots=True)
class FaceLine:
    """One line of text, drawn as dots: the printer itself has no Chinese.

    Args:
        text: any Unicode text.
        size_dots: height of an ideograph, 24 to 160; a line that is too long is drawn smaller, down
            to 24 dots (2 mm).
        bold: emphasised.
    """

    text: str = field(repr=False)
    size_dots: int = 44
    bold: bool = False


@dataclass(frozen=True, slots=True)
class FaceJob:
    """What shall stand on an area of the face: it is erased, then printed, in one job.

    Args:
        key: of the order; for the log, never printed.
        area: what is erased, and where the lines go.
        lines: from the top; none to erase only.
    """

    key: str
    area: FaceArea
    lines: tuple[FaceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class FacePrinted:
    """The device says that the job ended well on the card inside."""


@dataclass(frozen=True, slots=True)
class FaceNotPrinted:
    """Surely nothing was erased or printed: trouble was seen before the job was released."""

    trouble: PathTrouble


@dataclass(frozen=True, slots=True)
class FaceDoubtful:
    """The job was, or may have been, released, and its good end was not seen: ask `probe_face`."""

    trouble: PathTrouble


FaceOutcome = FacePrinted | FaceNotPrinted | FaceDoubtful


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What the device says about the card, asked now.

    Args:
        position: of the card.
        media: the same in XFS words; `entering` while the mouth waits for a card, `latched` at a
            station.
        printing: whether a job runs at this moment.
        printed: whether the device remembers a job that ended on the card inside; it forgets
            when it loses power, so False proves nothing.
    """

    position: CardPosition
    media: Media
    printing: bool = False
    printed: bool = False


class CardPrinter(Device, Protocol):
    """Holds one card at a time; `status().bins["retain"]` and `.supplies["head"]` say how long.

    Methods return outcomes; a lost link is one, not an error.
    """

    def accept(self, cancel: Cancel, on_entering: Callable[[], None]) -> CardMove | None:
        """Open the mouth, wait for a card and take it in.

        Args:
            cancel: shuts the mouth again. A card that went in at that very moment is accepted all
                the same, because the machine then holds it.
            on_entering: called once when something is in the mouth.

        Returns:
            Moved with a position inside; not moved, the mouth is shut; or None when cancelled and
            no card is inside.
        """

    def move_to(self, station: CardPosition, cancel: Cancel) -> CardMove:
        """Move the card inside to the chip or print station; harmless when it is there.

        Args:
            station: CHIP or PRINT.
            cancel: stops waiting; the card may still be moving.
        """

    def print_face(self, job: FaceJob, cancel: Cancel) -> FaceOutcome:
        """Move the card to the print station, erase the job's area and print its lines.

        Args:
            job: what to print; the caller has made sure that the card inside is the right one.
            cancel: before the job is released nothing is printed; after it, the outcome is
                doubtful.
        """

    def probe_face(self, job: FaceJob) -> Probe:
        """Whether the card inside shows what a job should have printed; prints nothing.

        Returns:
            Done: a picture of the face shows it, or the device says that this stay's job ended.
            Not done: the picture does not show it, or nothing was released in this stay.
            Unknown: there is no picture and the device cannot say, or a job runs right now.
        """

    def where(self) -> Whereabouts:
        """Where the card is; UNKNOWN when the device does not answer."""

    def face_picture(self) -> bytes | None:
        """A picture of the face of the card at the print station.

        Returns:
            PNG; None without a camera, without a card there, or when the camera gives none.
        """

    def eject(self, cancel: Cancel) -> CardMove:
        """Move the card to the mouth, where a citizen can take it; harmless when it is there."""

    def wait_until_taken(self, limit_s: float, cancel: Cancel) -> bool:
        """Wait until nothing is in the mouth.

        Args:
            limit_s: longest wait, in seconds.
            cancel: ends the wait.

        Returns:
            True when the mouth was seen empty, and no card is inside; False when time ran out, the
            call was withdrawn or the device did not answer.
        """

    def retain(self, cancel: Cancel) -> CardMove:
        """Move the card, also one left in the mouth, into the retain bin."""
