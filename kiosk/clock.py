"""Time, passed in: the only module that asks the operating system what time it is."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol


class Alarm(Protocol):
    """A call that has been promised for later."""

    def cancel(self) -> None:
        """Make sure the call does not happen; harmless when it already did."""


class Clock(Protocol):
    """What the machine knows about time."""

    def now(self) -> datetime:
        """The wall clock in the hall's zone, with offset."""

    def today(self) -> date:
        """The date in the hall's zone."""

    def monotonic_s(self) -> float:
        """Seconds that never jump; only differences mean something."""

    def call_later(self, delay_s: float, call: Callable[[], None]) -> Alarm:
        """Run a short call once, after a delay in seconds, on a thread of the clock."""


class SystemClock:
    """The real clock of the machine.

    Args:
        utc_offset_h: the hall's fixed offset in hours; China keeps one time, UTC+8.
    """

    def __init__(self, utc_offset_h: float = 8) -> None:
        self._zone = timezone(timedelta(hours=utc_offset_h))

    def now(self) -> datetime:
        """The wall clock in the hall's zone."""
        return datetime.now(UTC).astimezone(self._zone)  # noqa: TID251 - this is the one place

    def today(self) -> date:
        """The date in the hall's zone."""
        return self.now().date()

    def monotonic_s(self) -> float:
        """Seconds since an arbitrary moment."""
        return time.monotonic()  # noqa: TID251 - this is the one place

    def call_later(self, delay_s: float, call: Callable[[], None]) -> Alarm:
        """Run a call on a timer thread; an idle machine keeps no thread for it."""
        timer = threading.Timer(delay_s, call)
        timer.daemon = True
        timer.start()
        return timer
