"""Named timers of a flow, on the machine's clock."""

import threading
from collections.abc import Callable

from kiosk.clock import Alarm, Clock


class Timers:
    """At most one running timer per name; a stopped or replaced one never rings.

    Args:
        clock: source of alarms.
        ring: called with the name on the clock's thread.
    """

    def __init__(self, clock: Clock, ring: Callable[[str], None]) -> None:
        self._clock = clock
        self._ring = ring
        self._lock = threading.Lock()
        self._running: dict[str, tuple[object, Alarm, float]] = {}

    def start(self, name: str, after_s: float) -> None:
        """Let a timer ring once after some seconds, instead of an earlier one of this name."""
        token = object()
        self.stop(name)
        ends_s = self._clock.monotonic_s() + after_s
        with self._lock:
            alarm = self._clock.call_later(after_s, lambda: self._rang(name, token))
            self._running[name] = token, alarm, ends_s

    def stop(self, name: str) -> None:
        """Forget a timer."""
        with self._lock:
            running = self._running.pop(name, None)
        if running:
            running[1].cancel()

    def stop_all(self) -> None:
        """Forget every timer."""
        for name in tuple(self._running):
            self.stop(name)

    def left_s(self, names_to_skip: frozenset[str] = frozenset()) -> float | None:
        """Seconds until the first of the other timers rings; None when none is running."""
        with self._lock:
            ends = [end for name, (_, _, end) in self._running.items() if name not in names_to_skip]
        return max(0.0, min(ends) - self._clock.monotonic_s()) if ends else None

    def _rang(self, name: str, token: object) -> None:
        with self._lock:
            running = self._running.get(name)
            # An alarm may already be on its way when its timer is replaced.
            if running is None or running[0] is not token:
                return
            del self._running[name]
        self._ring(name)
