"""What a window's terminal listens for among central's events: its window, and the notices."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.central.contract.events import Event, EventKind

KINDS = (
    EventKind.RATING_ASKED,
    EventKind.TICKET_MOVED,
    EventKind.WINDOW_CHANGED,
    EventKind.NOTICE_CHANGED,
)


@dataclass(frozen=True, slots=True)
class Wakes:
    """Whom the ear wakes; each returns at once.

    Args:
        look: at the window.
        read: the notices.
    """

    look: Callable[[], None]
    read: Callable[[], None]


class TerminalEar:
    """The audience of an event stream; events are hints, so each only has something read again.

    Args:
        window: where the terminal stands.
        wakes: whom it wakes.
    """

    def __init__(self, window: str, wakes: Wakes) -> None:
        self._window = window
        self._wakes = wakes
        self._hears = False

    @property
    def hears(self) -> bool:
        """Whether the stream is there; without it the terminal looks by the clock."""
        return self._hears

    def began(self) -> None:
        """The stream is there: anything may have happened before."""
        self._hears = True
        self._everything()

    def happened(self, event: Event) -> None:
        """Something happened in the hall."""
        if event.kind is EventKind.EVENTS_LOST:
            self._everything()
        elif event.kind is EventKind.NOTICE_CHANGED:
            self._wakes.read()
        elif self._window in (event.subject, event.facts.get("window")):
            self._wakes.look()

    def ended(self) -> None:
        """The stream is lost: the clock takes over at once."""
        self._hears = False
        self._wakes.look()

    def _everything(self) -> None:
        self._wakes.look()
        self._wakes.read()
