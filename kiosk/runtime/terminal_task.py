"""A window's terminal: what central told becomes an event, and the effects of its own table."""

from collections.abc import Callable
from typing import Any

from kiosk.central.window_terminal import WindowNow
from kiosk.flows.conductor import Situation
from kiosk.flows.effects import Effect, WipeSession
from kiosk.flows.evaluator.effects import LookAgain
from kiosk.flows.evaluator.events import Stand, WindowSeen


class TerminalTask:
    """Handles `LookAgain`, and `WipeSession`, where there is nothing to forget.

    Args:
        look_again: has the window looked at, and told whatever it is.
    """

    def __init__(self, look_again: Callable[[], None]) -> None:
        self._look_again = look_again

    def handles(self) -> frozenset[type[Any]]:
        """Types of its effects."""
        return frozenset({LookAgain, WipeSession})

    def perform(self, effect: Effect, _situation: Situation) -> None:
        """Start what an effect asks for; returns at once."""
        if isinstance(effect, LookAgain):
            self._look_again()


def seen(now: WindowNow) -> WindowSeen:
    """What central told, as an event."""
    return WindowSeen(Stand(now.state.value), now.question)
