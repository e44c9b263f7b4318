"""Events of the errand "rate": past facts."""

from dataclasses import dataclass, field
from typing import Any

from kiosk.domain.rating import Level
from kiosk.domain.rating_question import Question


@dataclass(frozen=True, slots=True)
class RatingAsked:
    """A machine that served a citizen itself may put its question.

    Args:
        question: about that case.
    """

    question: Question


@dataclass(frozen=True, slots=True)
class RatingWanted:
    """The person whom the machine has served wants to rate that."""


@dataclass(frozen=True, slots=True)
class LevelChosen:
    """The person touched a face."""

    level: Level


@dataclass(frozen=True, slots=True)
class RatingSkipped:
    """The person does not want to rate; that is silence."""


@dataclass(frozen=True, slots=True)
class LevelReconsidered:
    """The person wants to choose another face."""


@dataclass(frozen=True, slots=True)
class ReasonToggled:
    """The person chose a reason, or took it back."""

    code: str


@dataclass(frozen=True, slots=True)
class CallWanted:
    """The person wants to be called back."""


@dataclass(frozen=True, slots=True)
class CallWithdrawn:
    """The person does not want to be called after all."""


@dataclass(frozen=True, slots=True)
class PhoneTyped:
    """The person typed a digit or deleted one.

    Args:
        text: the whole number so far.
    """

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RatingGiven:
    """The person handed in what they said."""


@dataclass(frozen=True, slots=True)
class RatingKept:
    """An answer is durable.

    Args:
        request_id: of its question.
    """

    request_id: str


@dataclass(frozen=True, slots=True)
class RatingLost:
    """An answer could not be written down.

    Args:
        request_id: of its question.
    """

    request_id: str


@dataclass(frozen=True, slots=True)
class ApologyRead:
    """The person has read that the answer could not be kept."""


CITIZEN_EVENTS: frozenset[type[Any]] = frozenset(
    {
        RatingWanted,
        LevelChosen,
        RatingSkipped,
        LevelReconsidered,
        ReasonToggled,
        CallWanted,
        CallWithdrawn,
        PhoneTyped,
        RatingGiven,
        ApologyRead,
    }
)
"""What a person does; an overlay holds it off."""
