"""What a hall kiosk listens for among central's events: other notices."""

from collections.abc import Callable

from kiosk.central.contract.events import Event, EventKind

KINDS = (EventKind.NOTICE_CHANGED,)


class NoticeEar:
    """The audience of an event stream; an event is a hint, so it only has them read again.

    Args:
        read: has the notices read; returns at once.
    """

    def __init__(self, read: Callable[[], None]) -> None:
        self._read = read

    def began(self) -> None:
        """The stream is there: they may have changed before."""
        self._read()

    def happened(self, _event: Event) -> None:
        """They have changed, or events were lost."""
        self._read()

    def ended(self) -> None:
        """The stream is lost; they are read by the clock all the same."""
