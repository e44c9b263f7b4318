"""Waiting in tests: on a condition, with a deadline, never for a fixed time."""

import queue
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

PATIENCE_S = 60.0
"""Costs nothing where all is well; a computer with other work may need it."""

T = TypeVar("T")


def until(condition: Callable[[], object], limit_s: float = PATIENCE_S) -> None:
    """Wait until something is true.

    Args:
        condition: looked at every few milliseconds.
        limit_s: after which the test fails.
    """
    tick = threading.Event()
    for _ in range(int(limit_s / 0.005)):
        if condition():
            return
        tick.wait(0.005)
    raise AssertionError(f"not true within {limit_s:g} s")


class Ear(Generic[T]):
    """A listener that a test can ask what it has heard."""

    def __init__(self) -> None:
        self._heard: queue.SimpleQueue[T] = queue.SimpleQueue()

    def __call__(self, what: T) -> None:
        """Hear something."""
        self._heard.put(what)

    def next(self, limit_s: float = PATIENCE_S) -> T:
        """The oldest thing heard and not asked for yet; waits for it."""
        return self._heard.get(timeout=limit_s)

    @property
    def quiet(self) -> bool:
        """Whether everything heard has been asked for."""
        return self._heard.empty()
