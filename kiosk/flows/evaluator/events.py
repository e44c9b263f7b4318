"""Events of a window's terminal: past facts."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.rating_question import Question


class Stand(StrEnum):
    """How the window stands, as central sees it."""

    IDLE = "idle"
    SERVING = "serving"
    ASKING = "asking"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class WindowSeen:
    """Central told how the window stands; the terminal itself never decides that.

    Args:
        stand: of the window.
        question: that waits for the citizen, None when nobody is asked.
    """

    stand: Stand
    question: Question | None = None
