"""What the citizen did, waiting for the transaction to ask."""

import threading
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from kiosk.clock import Clock
from kiosk.domain.transaction.commands import CancelAsked, Command

C = TypeVar("C")


class Withdrawal:
    """Withdraws the device call that a citizen's wish to stop makes pointless."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []

    def is_set(self) -> bool:
        """Whether the citizen wants to stop."""
        return self._event.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Pause; True as soon as the citizen wants to stop."""
        return self._event.wait(timeout)

    def set(self) -> None:
        """The citizen wants to stop."""
        self._event.set()
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener()

    def clear(self) -> None:
        """The wish has been heeded."""
        self._event.clear()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have a wish told at once, also one that is there already.

        Returns:
            Ends listening.
        """
        with self._lock:
            self._listeners.append(listener)
        if self._event.is_set():
            listener()
        return lambda: self._forget(listener)

    def _forget(self, listener: Callable[[], None]) -> None:
        with self._lock:
            self._listeners.remove(listener)


class Inbox:
    """Commands in order; what nobody waits for is dropped.

    Args:
        clock: for waits.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._commands: deque[Command] = deque()
        self._ending = False
        self.withdrawn = Withdrawal()

    def put(self, command: Command) -> None:
        """The citizen did something."""
        with self._changed:
            self._commands.append(command)
            self._changed.notify_all()
        if isinstance(command, CancelAsked):
            self.withdrawn.set()

    def wait(self, limit_s: float, *kinds: type[C]) -> C | CancelAsked | None:
        """Wait for a command of some kinds, or for a wish to stop; others are dropped.

        Returns:
            The command; or None when time ran out.
        """
        ends_at = self._clock.monotonic_s() + limit_s
        with self._changed:
            while True:
                while self._commands:
                    command = self._commands.popleft()
                    if isinstance(command, CancelAsked):
                        self.withdrawn.clear()
                        return command
                    if isinstance(command, kinds):
                        return command
                if self._ending:
                    return CancelAsked()
                left_s = ends_at - self._clock.monotonic_s()
                if left_s <= 0 or not self._changed.wait(left_s):
                    return None

    def end(self) -> None:
        """The machine is stopping: every wait ends as if the citizen wished to stop."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        self.withdrawn.set()

    def cancelled(self) -> bool:
        """Whether the citizen wants to stop; the wish counts as heeded then."""
        wished = self.withdrawn.is_set()
        if wished:
            self.clear()
        return wished

    def clear(self) -> None:
        """Forget everything: a new citizen, or nothing can be cancelled any more."""
        with self._changed:
            self._commands.clear()
        self.withdrawn.clear()
