"""The permit card: in, made, out; and how it ended."""

from dataclasses import dataclass, field

from kiosk.domain.transaction.outcome import Ended
from kiosk.domain.transaction.progress import Work


@dataclass(frozen=True, slots=True)
class Starting:
    """The mouth is being opened."""


@dataclass(frozen=True, slots=True)
class InsertingPermit:
    """The mouth waits for the permit card.

    Args:
        trouble: why the last card was given back at the mouth, or empty.
    """

    trouble: str = ""


@dataclass(frozen=True, slots=True)
class MakingCard:
    """The card is being made.

    Args:
        work: the step now.
        left_s: what it should still take.
    """

    work: Work
    left_s: float


@dataclass(frozen=True, slots=True)
class CheckingFace:
    """The person looks at a picture of the finished card.

    Args:
        picture: PNG, None without a camera over the card.
    """

    picture: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class TurningBack:
    """Everything is being undone.

    Args:
        reason: a code, empty while it is not known.
    """

    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakingCard:
    """The card is in the mouth.

    Args:
        limit_s: after so many seconds it is kept for safety.
        made: whether it carries something new.
    """

    limit_s: float
    made: bool


@dataclass(frozen=True, slots=True)
class PrintingSlip:
    """The slip is coming out."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How it ended.

    Args:
        ended: outcome, reason, money, slip and case.
    """

    ended: Ended

    @property
    def may_be_rated(self) -> bool:
        """Whether there is a case to rate, and no number that only this screen can tell."""
        return bool(self.ended.order_id) and (self.ended.slip or not self.ended.case_id)
