"""What the errand "rate" asks of its machine."""

from dataclasses import dataclass, field

from kiosk.domain.rating import CaseKind, Level
from kiosk.flows.effects import Effect


@dataclass(frozen=True, slots=True)
class AskForRating(Effect):
    """Put a question of the machine's own; answers with `RatingAsked`, or not at all.

    Args:
        kind: of the case.
        case_id: of the application or the order; asked about once.
        services: it was about.
    """

    kind: CaseKind
    case_id: str
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteAnswered(Effect):
    """Note when a face was touched; the first touch of a question counts."""

    request_id: str


@dataclass(frozen=True, slots=True)
class KeepRating(Effect):
    """Write an answer down durably; answers with `RatingKept` or `RatingLost`.

    Args:
        request_id: of the question.
        level: touched.
        reasons: codes.
        phone: to be called back at, or empty.
    """

    request_id: str
    level: Level
    reasons: tuple[str, ...] = ()
    phone: str = field(default="", repr=False)
