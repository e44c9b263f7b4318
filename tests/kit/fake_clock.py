"""A clock that stands still until a test moves it."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

HALL_ZONE = timezone(timedelta(hours=8))
MORNING = datetime(2026, 11, 24, 1, 30, tzinfo=UTC).astimezone(HALL_ZONE)
"""09:30 in the hall."""


class FakeAlarm:
    """A promised call that only `FakeClock.advance` keeps.

    Args:
        due_s: on the clock's monotonic scale.
        call: to make.
    """

    def __init__(self, due_s: float, call: Callable[[], None]) -> None:
        self.due_s = due_s
        self.call = call
        self.cancelled = False

    def cancel(self) -> None:
        """Make sure it is not called."""
        self.cancelled = True


class FakeClock:
    """Implements `kiosk.clock.Clock` by hand.

    Args:
        start: the hall's time at the beginning.
    """

    def __init__(self, start: datetime = MORNING) -> None:
        self._start = start
        self._passed_s = 0.0
        self._lock = threading.Lock()
        self._alarms: list[FakeAlarm] = []

    def now(self) -> datetime:
        """The hall's time."""
        return self._start + timedelta(seconds=self._passed_s)

    def today(self) -> date:
        """The hall's date."""
        return self.now().date()

    def monotonic_s(self) -> float:
        """Seconds since the clock was made."""
        return self._passed_s

    def call_later(self, delay_s: float, call: Callable[[], None]) -> FakeAlarm:
        """Promise a call."""
        alarm = FakeAlarm(self._passed_s + delay_s, call)
        with self._lock:
            self._alarms.append(alarm)
        return alarm

    def waiting(self) -> int:
        """How many promised calls are still to come."""
        with self._lock:
            return sum(not alarm.cancelled for alarm in self._alarms)

    def advance(self, seconds: float) -> None:
        """Let time pass and make the calls that fall due, in their order."""
        end_s = self._passed_s + seconds
        while due := self._next_due(end_s):
            self._passed_s = max(self._passed_s, due.due_s)
            due.call()
        self._passed_s = end_s

    def jump(self, days: float) -> None:
        """The hall's time is set, forth or back; the monotonic one never is."""
        self._start += timedelta(days=days)

    def _next_due(self, end_s: float) -> FakeAlarm | None:
        with self._lock:
            self._alarms = [alarm for alarm in self._alarms if not alarm.cancelled]
            due = min(
                (alarm for alarm in self._alarms if alarm.due_s <= end_s),
                key=lambda alarm: alarm.due_s,
                default=None,
            )
            if due:
                self._alarms.remove(due)
            return due
