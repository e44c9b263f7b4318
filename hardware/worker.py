"""One thread per device: calls in order, each with a deadline and a cancel.

    submit ──▶ queue ──▶ device thread runs the call ──▶ outcome, exactly once
                 └────── watch thread reports what is overdue

A Python thread cannot be ended from outside. A call that overruns its deadline is therefore
reported at the deadline and its cancel is set; if it does not come back soon after, the worker is
stuck and refuses everything until it does. What it returns then is dropped.
"""

import logging
import threading
import traceback
from collections import deque
from collections.abc import Callable
from typing import Any

from hardware.errors import CancelledError, DeviceError, FaultyDriverError, OverdueError
from hardware.outcome import Call, Done, Failed, Handle, Outcome, Overdue, T, Withdrawn
from hardware.timing import Deadline, Monotonic, monotonic_s

__all__ = ["DeviceWorker", "Done", "Failed", "Handle", "Outcome", "Overdue", "Withdrawn"]

COME_BACK_S = 5.0
"""How long a call may take to notice its cancel before its thread counts as stuck: longer than the
longest wait for one answer of any device."""

log = logging.getLogger(__name__)


class _Job:
    """A call and whoever waits for its outcome."""

    def __init__(
        self,
        worker: "DeviceWorker",
        call: Call[Any],
        deadline: Deadline,
        done: Callable[[Outcome[Any]], None],
    ) -> None:
        self._worker = worker
        self._done = done
        self._settling = threading.Lock()
        self._settled = False
        self.call = call
        self.deadline = deadline
        self.come_back: Deadline | None = None
        self.withdrawn = threading.Event()

    @property
    def settled(self) -> bool:
        return self._settled

    def settle(self, outcome: Outcome[Any]) -> None:
        """Report; only the first report counts."""
        with self._settling:
            if self._settled:
                return
            self._settled = True
        try:
            self._done(outcome)
        except Exception as error:  # noqa: BLE001 - the device's thread outlives its listeners
            log.error("a listener failed: %s", where(error))

    def cancel(self) -> None:
        self._worker.withdraw(self)


class DeviceWorker:
    """The one thread that touches a device.

    Args:
        name: of the device, for threads, errors and the log.
        come_back_s: how long a call may take to heed its cancel.
        monotonic: the clock for deadlines.
    """

    def __init__(
        self, name: str, come_back_s: float = COME_BACK_S, monotonic: Monotonic = monotonic_s
    ) -> None:
        self._name = name
        self._come_back_s = come_back_s
        self._monotonic = monotonic
        self._changed = threading.Condition()
        self._queue: deque[_Job] = deque()
        self._running: _Job | None = None
        self._stuck = False
        self._closing = False
        self._last: Callable[[], None] | None = None
        self._thread = threading.Thread(target=self._work, name=f"device-{name}", daemon=True)
        self._watch = threading.Thread(target=self._guard, name=f"watch-{name}", daemon=True)
        self._thread.start()
        self._watch.start()

    @property
    def busy(self) -> bool:
        """Whether a call runs or waits."""
        return self._running is not None or bool(self._queue)

    @property
    def stuck(self) -> bool:
        """Whether a call hangs beyond its deadline and does not heed its cancel."""
        return self._stuck

    def submit(
        self, call: Call[T], deadline_s: float, done: Callable[[Outcome[T]], None]
    ) -> Handle:
        """Hand in a call.

        Args:
            call: runs on the device's thread with its own cancel.
            deadline_s: seconds from now, waiting for earlier calls included.
            done: hears the outcome exactly once, on a thread of the worker, or on the caller's
                when the call is refused or withdrawn at once; it must not wait.

        Returns:
            A handle to withdraw the call.
        """
        job = _Job(self, call, Deadline(deadline_s, self._monotonic), done)
        with self._changed:
            refusal = self._refusal()
            if refusal is None:
                self._queue.append(job)
                self._changed.notify_all()
        if refusal is not None:
            job.settle(refusal)
        return job

    def withdraw(self, job: _Job) -> None:
        """Drop a waiting call, or tell a running one to come back."""
        with self._changed:
            waiting = job in self._queue
            if waiting:
                self._queue.remove(job)
            elif job is self._running and job.come_back is None:
                job.come_back = Deadline(self._come_back_s, self._monotonic)
            self._changed.notify_all()
        job.withdrawn.set()
        if waiting:
            job.settle(Withdrawn())

    def begin_close(self, last: Callable[[], None] | None = None) -> None:
        """Withdraw everything and let the thread end; harmless when it has been told already.

        Args:
            last: runs on the device's thread when everything else has ended.
        """
        with self._changed:
            if self._closing:
                return
            self._closing = True
            self._last = last
            waiting = [*self._queue]
            self._queue.clear()
            running = self._running
            self._changed.notify_all()
        for job in waiting:
            job.settle(Withdrawn())
        if running:
            running.withdrawn.set()

    def close(self, deadline_s: float) -> bool:
        """Withdraw everything and wait for the thread to end.

        Args:
            deadline_s: how long to wait for a running call to come back.

        Returns:
            Whether the thread ended; one that hangs is left behind.
        """
        self.begin_close()
        self._watch.join(deadline_s)
        self._thread.join(deadline_s)
        running = self._running
        if running:
            running.settle(Overdue())
        return not self._thread.is_alive()

    def _refusal(self) -> Failed | Withdrawn | None:
        if self._closing:
            return Withdrawn()
        if self._stuck:
            return Failed(OverdueError(self._name, "an earlier call still hangs"))
        return None

    def _work(self) -> None:
        while (job := self._next()) is not None:
            outcome = self._run(job)
            with self._changed:
                self._running = None
                self._stuck = False
                self._changed.notify_all()
            job.settle(outcome)
        if self._last:
            try:
                self._last()
            except Exception as error:  # noqa: BLE001 - nobody is left to handle it
                log.error("%s: did not close: %s", self._name, where(error))

    def _next(self) -> _Job | None:
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._closing)
            if not self._queue:
                return None
            self._running = self._queue.popleft()
            self._changed.notify_all()
            return self._running

    def _run(self, job: _Job) -> Outcome[Any]:
        try:
            return Done(job.call(job.withdrawn))
        except CancelledError:
            return Withdrawn()
        except DeviceError as error:
            return Failed(error)
        except Exception as error:  # noqa: BLE001 - a driver's bug must not end its thread
            log.error("%s: driver failed: %s", self._name, where(error))
            return Failed(FaultyDriverError(self._name, type(error).__name__))

    def _guard(self) -> None:
        while True:
            with self._changed:
                if self._closing:
                    return
                late = self._late()
                if not late:
                    self._changed.wait(self._next_look_s())
                    continue
            for job, outcome in late:
                job.withdrawn.set()
                job.settle(outcome)

    def _late(self) -> list[tuple[_Job, Outcome[Any]]]:
        """Calls to report now; takes them off the queue, and notices a thread that hangs."""
        late: list[tuple[_Job, Outcome[Any]]] = []
        job = self._running
        if job and not job.settled and job.deadline.passed:
            late.append((job, Overdue()))
            job.come_back = job.come_back or Deadline(self._come_back_s, self._monotonic)
        if job and job.come_back and job.come_back.passed and not self._stuck:
            log.error("%s: a call hangs beyond its deadline", self._name)
            self._stuck = True
            late.append((job, Overdue()))
        if self._stuck:
            hangs = Failed(OverdueError(self._name, "an earlier call still hangs"))
            late += [(waiting, hangs) for waiting in self._queue]
        else:
            late += [(waiting, Overdue()) for waiting in self._queue if waiting.deadline.passed]
        for gone, _ in late:
            if gone in self._queue:
                self._queue.remove(gone)
        return late

    def _next_look_s(self) -> float | None:
        moments = [job.deadline.left_s for job in self._queue]
        job = self._running
        if job and not job.settled:
            moments.append(job.deadline.left_s)
        if job and job.come_back and not self._stuck:
            moments.append(job.come_back.left_s)
        return min(moments, default=None)


def where(error: BaseException) -> str:
    """An exception's type and place for the log, without its text, which may quote a card."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"
    return f"{type(error).__name__} at {place}"
