"""The performers of several errands as one."""

from collections.abc import Sequence
from typing import Any, Protocol

from kiosk.flows.conductor import Situation
from kiosk.flows.effects import Effect


class ErrandPerformer(Protocol):
    """Does the effects of one errand."""

    def perform(self, effect: Effect, situation: Situation) -> None:
        """Start what an effect asks for; returns at once."""

    def handles(self) -> frozenset[type[Any]]:
        """Types of the effects that have a handler."""


class Performers:
    """Hands each effect to everybody who handles its type.

    Args:
        errands: their performers.

    """

    def __init__(self, errands: Sequence[ErrandPerformer]) -> None:
        self._of: dict[type[Any], list[ErrandPerformer]] = {}
        for one in errands:
            for kind in one.handles():
                self._of.setdefault(kind, []).append(one)

    def perform(self, effect: Effect, situation: Situation) -> None:
        """Start what an effect asks for; returns at once."""
        for one in self._of[type(effect)]:
            one.perform(effect, situation)

    def handles(self) -> frozenset[type[Any]]:
        """Types of the effects that have a handler."""
        return frozenset(self._of)
