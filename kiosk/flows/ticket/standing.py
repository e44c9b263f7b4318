"""How far somebody's applications are, as they are told."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.progress import Progress


@dataclass(frozen=True, slots=True)
class Standing:
    """One document, as its holder is told.

    Args:
        document: its kind, as in the application.
        state: how far it is.
        since: from when on.
        next_step: message key of what comes next.
        windows: where to go for it; empty where nobody need go anywhere.
        lacks: what has to be mended, of one that was returned: message key.
        expected: last day of the term, None while none runs.
        late: whether that day is over.
    """

    document: str
    state: Progress
    since: date
    next_step: str
    windows: tuple[str, ...] = ()
    lacks: str = ""
    expected: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """One application.

    Args:
        hall_names: of the hall that works on it, by locale.
        received: when the form came in.
        documents: in the order of the form.
    """

    hall_names: dict[str, str]
    received: date
    documents: tuple[Standing, ...]
