"""Keeps one device usable: opens it, asks how it is while it is idle, opens it again when lost."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hardware.errors import (
    DeviceError,
    FaultyDriverError,
    NoAnswerError,
    NotConnectedError,
    OverdueError,
)
from hardware.interfaces.device import Cancel, Device
from hardware.outcome import Done, Failed, Handle, Outcome, Overdue, T
from hardware.settings import DeviceSettings
from hardware.status import DeviceState, DeviceStatus
from hardware.timing import Deadline, Monotonic
from hardware.worker import DeviceWorker

log = logging.getLogger(__name__)

_LOST = (NotConnectedError, NoAnswerError)
_GONE_STATES = (DeviceState.NO_DEVICE, DeviceState.OFFLINE, DeviceState.POWER_OFF)


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses between attempts to open a lost device.

    Args:
        first_s: the first pause.
        factor: how much longer each next one is.
        longest_s: none is longer.
    """

    first_s: float = 1.0
    factor: float = 2.0
    longest_s: float = 30.0

    def pause_s(self, failures: int) -> float:
        """The pause after so many failures in a row."""
        return min(self.longest_s, self.first_s * self.factor ** min(failures - 1, 32))


class DeviceKeeper:
    """One device and its worker.

    Args:
        device: the driver, closed.
        settings: deadlines and intervals.
        tell: hears of each change of status.
        backoff: pauses between attempts to open.
        hurry: called when the next look should come at once.
        monotonic: the clock.
    """

    def __init__(
        self,
        device: Device,
        settings: DeviceSettings,
        tell: Callable[[str, DeviceStatus], None],
        backoff: Backoff,
        hurry: Callable[[], None],
        monotonic: Monotonic,
    ) -> None:
        self._device = device
        self._settings = settings
        self._tell = tell
        self._backoff = backoff
        self._hurry = hurry
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._worker = DeviceWorker(settings.name, monotonic=monotonic)
        self._open = False
        self._failures = 0
        self._next_look = Deadline(0, monotonic)
        self._watching: Handle | None = None
        self.status = DeviceStatus(DeviceState.STARTING)
        self.error: DeviceError | None = None

    def open(self, done: Callable[[Outcome[DeviceStatus]], None]) -> None:
        """Open the device and ask how it is."""

        def opened(outcome: Outcome[DeviceStatus]) -> None:
            self._heard(outcome)
            done(outcome)

        self._watching = self._worker.submit(
            lambda _cancel: self._status(), self._settings.open_deadline_s, opened
        )

    def call(
        self, fn: Callable[[Any, Cancel], T], deadline_s: float, done: Callable[[Outcome[T]], None]
    ) -> Handle:
        """Use the device; see `DeviceManager.call`."""
        # A question that still waits its turn makes way for whoever stands at the machine.
        watching = self._watching
        if watching:
            watching.cancel()

        def run(cancel: Cancel) -> T:
            self._ensure_open()
            return fn(self._device, cancel)

        def ended(outcome: Outcome[T]) -> None:
            self._used(outcome)
            done(outcome)

        return self._worker.submit(run, deadline_s, ended)

    def look(self) -> float:
        """Ask how the device is when it is time and it is idle; open it when it is lost.

        Returns:
            Seconds until the next look.
        """
        if self._next_look.passed:
            if self._worker.stuck:
                self._failed(OverdueError(self._settings.name, "a call hangs"))
            # Whatever uses the device will tell of trouble itself; a question never queues
            # behind it.
            elif not self._worker.busy:
                known = self._settings
                deadline_s = known.status_deadline_s if self._open else known.open_deadline_s
                self._watching = self._worker.submit(
                    lambda _cancel: self._status(), deadline_s, self._heard
                )
            with self._lock:
                self._next_look = Deadline(self._interval_s(), self._monotonic)
        return self._next_look.left_s

    def begin_close(self) -> None:
        """Withdraw what runs; the driver is closed by its own thread."""
        if self._watching:
            self._watching.cancel()
        self._worker.begin_close(self._device.close)

    def end_close(self, deadline_s: float) -> bool:
        """Wait for the thread to end; whether it did."""
        return self._worker.close(deadline_s)

    def _interval_s(self) -> float:
        if self._failures:
            return self._backoff.pause_s(self._failures)
        return self._settings.status_interval_s

    def _status(self) -> DeviceStatus:
        self._ensure_open()
        status = self._device.status()
        self._open = status.state not in _GONE_STATES
        return status

    def _ensure_open(self) -> None:
        if not self._open:
            self._device.close()
            self._device.open()
            self._open = True
            log.info("%s: open, %s", self._settings.name, self._device.identity())

    def _heard(self, outcome: Outcome[DeviceStatus]) -> None:
        """What became of asking how the device is."""
        if isinstance(outcome, Done):
            gone = outcome.value.state in _GONE_STATES
            error = NotConnectedError(self._settings.name, outcome.value.state.value)
            self._note(outcome.value, error if gone else None)
        elif isinstance(outcome, Overdue):
            self._failed(OverdueError(self._settings.name, "it does not say how it is"))
        elif isinstance(outcome, Failed):
            self._failed(outcome.error)

    def _used(self, outcome: Outcome[Any]) -> None:
        """What a call says about the device: an error at once, anything else calls for a look."""
        if isinstance(outcome, Failed):
            self._failed(outcome.error)
            return
        with self._lock:
            self._next_look = Deadline(0, self._monotonic)
        self._hurry()

    def _failed(self, error: DeviceError) -> None:
        state = DeviceState.HARDWARE_ERROR
        if isinstance(error, NotConnectedError):
            state = DeviceState.NO_DEVICE
        elif isinstance(error, NoAnswerError | OverdueError):
            state = DeviceState.OFFLINE
        if isinstance(error, _LOST) or (isinstance(error, FaultyDriverError) and self._open):
            self._open = False
        self._note(DeviceStatus(state, detail=error.code), error)

    def _note(self, status: DeviceStatus, error: DeviceError | None) -> None:
        with self._lock:
            self._failures = self._failures + 1 if error else 0
            self._next_look = Deadline(self._interval_s(), self._monotonic)
            self.error = error
            changed, self.status = status != self.status, status
        if changed:
            log.info("%s: %s %s", self._settings.name, status.state.value, status.detail)
            self._tell(self._settings.name, status)
        self._hurry()
