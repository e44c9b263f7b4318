"""The clock of the hardware room: the only module here that asks the operating system for time."""

import time
from collections.abc import Callable

Monotonic = Callable[[], float]
"""Seconds that never jump; only differences mean something."""


def monotonic_s() -> float:
    """Seconds since an arbitrary moment."""
    return time.monotonic()  # noqa: TID251 - this is the one place in hardware


class Deadline:
    """A moment after which waiting makes no sense.

    Args:
        after_s: seconds from now.
        monotonic: the clock; tests pass their own.
    """

    def __init__(self, after_s: float, monotonic: Monotonic = monotonic_s) -> None:
        self._monotonic = monotonic
        self._at_s = monotonic() + after_s

    @property
    def left_s(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._at_s - self._monotonic())

    @property
    def passed(self) -> bool:
        """Whether the moment has come."""
        return self.left_s == 0.0
