"""States of the errand "rate"."""

from dataclasses import dataclass, field

from kiosk.domain.rating import Level
from kiosk.domain.rating_question import Question


@dataclass(frozen=True, slots=True)
class ChoosingLevel:
    """Five faces of one size wait for a touch; none is chosen beforehand.

    Args:
        question: about the case that was just served.
    """

    question: Question


@dataclass(frozen=True, slots=True)
class ChoosingReasons:
    """The person may say why; the level alone is an answer already.

    Args:
        question: about the case.
        level: touched.
        chosen: codes of reasons, in the order they were touched.
    """

    question: Question
    level: Level
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeavingPhone:
    """The person wants to be called back and types a number.

    Args:
        question: about the case.
        level: touched.
        chosen: codes of reasons.
        phone: typed so far.
        unfit: whether they went on with something that is no number.
    """

    question: Question
    level: Level
    chosen: tuple[str, ...]
    phone: str = field(default="", repr=False)
    unfit: bool = False


@dataclass(frozen=True, slots=True)
class KeepingRating:
    """The answer is being written down.

    Args:
        request_id: of the question.
        called: whether the person asked to be called.
    """

    request_id: str
    called: bool


@dataclass(frozen=True, slots=True)
class ThankingForRating:
    """The answer is safe, and the person is thanked.

    Args:
        called: whether they asked to be called.
    """

    called: bool


@dataclass(frozen=True, slots=True)
class RatingNotKept:
    """The machine could not write the answer down, and says so instead of thanking.

    Args:
        request_id: of the question.
        called: whether the person asked to be called.
    """

    request_id: str
    called: bool


State = (
    ChoosingLevel
    | ChoosingReasons
    | LeavingPhone
    | KeepingRating
    | ThankingForRating
    | RatingNotKept
)
