"""The one background thread that talks to central while no citizen waits for it."""

import logging
import threading
from collections.abc import Callable

from kiosk.clock import Clock

log = logging.getLogger(__name__)

Errand = Callable[[], float | None]
"""Does what is due; returns in how many seconds it wants to run again, None for only when woken."""

_AFTER_FAILURE_S = 30.0


def every(pause_s: float, clock: Clock, call: Callable[[], None]) -> Errand:
    """An errand that makes a call at once and then after each pause, however often it is woken."""
    due_s = clock.monotonic_s()

    def errand() -> float:
        nonlocal due_s
        if clock.monotonic_s() >= due_s:
            call()
            due_s = clock.monotonic_s() + pause_s
        return due_s - clock.monotonic_s()

    return errand


class Courier:
    """Runs errands when woken and when they fall due; an idle machine uses no time for it.

    Args:
        clock: rings when the next errand is due.
        failed: told of an exception that an errand let through; the thread goes on.
    """

    def __init__(self, clock: Clock, failed: Callable[[BaseException], None]) -> None:
        self._clock = clock
        self._failed = failed
        self._errands: list[Errand] = []
        self._turn = threading.Condition()
        self._rung = False
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def add(self, errand: Errand) -> None:
        """Give an errand; all are run each time, in the order given."""
        self._errands.append(errand)

    def start(self) -> None:
        """Begin, with one run of everything."""
        self._thread.start()

    def wake(self) -> None:
        """Something may be due now."""
        with self._turn:
            self._rung = True
            self._turn.notify_all()

    def close(self, timeout_s: float = 5.0) -> bool:
        """End after the errand that is running; whether it ended within the time."""
        with self._turn:
            self._closing = True
            self._turn.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def run_once(self) -> float | None:
        """Run every errand once; returns after how many seconds the first wants to run again."""
        pauses = [pause for errand in tuple(self._errands) if (pause := self._do(errand))]
        return min(pauses, default=None)

    def _do(self, errand: Errand) -> float | None:
        try:
            return errand()
        except Exception as error:  # noqa: BLE001 - the thread must outlive one bad errand
            # Types only: a message may quote what a citizen wrote.
            log.error("errand failed: %s", type(error).__name__)
            self._failed(error)
            return _AFTER_FAILURE_S

    def _run(self) -> None:
        while not self._closing:
            pause_s = self.run_once()
            alarm = None if pause_s is None else self._clock.call_later(pause_s, self.wake)
            with self._turn:
                self._turn.wait_for(lambda: self._rung or self._closing)
                self._rung = False
            if alarm:
                alarm.cancel()
