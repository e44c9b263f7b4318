"""Several performers as one: each effect goes to whoever handles it."""

from typing import Any, Protocol

from kiosk.flows.conductor import Situation
from kiosk.flows.effects import Effect


class Handling(Protocol):
    """A performer that says what it handles."""

    def perform(self, effect: Effect, situation: Situation) -> None:
        """Start the work; its outcome comes back as an event."""

    def handles(self) -> frozenset[type[Any]]:
        """Types of its effects."""


class Performers:
    """Hands each effect on.

    Args:
        performers: no effect belongs to two.

    Raises:
        ValueError: two handle the same effect.
    """

    def __init__(self, *performers: Handling) -> None:
        self._of = {kind: one for one in performers for kind in one.handles()}
        if len(self._of) != sum(len(one.handles()) for one in performers):
            msg = "two performers handle one effect"
            raise ValueError(msg)

    def perform(self, effect: Effect, situation: Situation) -> None:
        """Start the work."""
        self._of[type(effect)].perform(effect, situation)

    def handles(self) -> frozenset[type[Any]]:
        """Types of all effects."""
        return frozenset(self._of)
