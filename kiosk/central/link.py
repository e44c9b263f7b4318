"""Whether central is away, as the last calls saw it."""

import threading
from collections.abc import Callable
from typing import Any

from kiosk.central.answer import Outcome, Unreachable


class LinkState:
    """Fed by everybody who calls central; screens and the outbox hear of changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._away = False
        self._listeners: list[Callable[[bool], None]] = []

    @property
    def away(self) -> bool:
        """Whether the last call found central away; False before the first."""
        return self._away

    def listen(self, listener: Callable[[bool], None]) -> None:
        """Have changes told, on the thread that saw them."""
        self._listeners.append(listener)

    def saw(self, outcome: Outcome[Any]) -> None:
        """Take in how a call to central ended."""
        away = isinstance(outcome, Unreachable)
        with self._lock:
            changed = away != self._away
            self._away = away
        if changed:
            for listener in self._listeners:
                listener(away)
