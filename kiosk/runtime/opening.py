"""A window that opens before its machine stands: what it shows, and what is touched meanwhile."""

import threading
import uuid
from collections.abc import Callable
from typing import Any, Protocol

from kiosk.flows.session import Offers, Session
from kiosk.locale import Languages
from kiosk.runtime.view import MachineFacts, View


class Parts(Protocol):
    """What a machine that stands gives to its window; see `kiosk.runtime.machine.WindowParts`."""

    @property
    def report(self) -> Callable[[object], None]: ...  # noqa: D102 - told there
    @property
    def offers(self) -> Callable[[Any], Offers]: ...  # noqa: D102 - told there
    @property
    def text_input(self) -> Any: ...  # noqa: D102 - told there
    @property
    def listen(self) -> Callable[[Callable[[View], None]], None]: ...  # noqa: D102 - told there


class Opening:
    """The parts of a window whose machine is still being put together.

    It shows the state in which the machine will begin. What somebody says to it meanwhile is kept
    in order and handed over, so that the machine answers as soon as it has recovered.

    Args:
        role: of the machine.
        screen: size of window and panel.
        languages: every message.
        home: the state in which the machine begins.
        help_topic: of that state; empty for none.
        facts: what is known of the machine before it stands.
    """

    def __init__(
        self,
        role: str,
        screen: Any,
        languages: Languages,
        home: object,
        help_topic: str,
        facts: MachineFacts,
    ) -> None:
        self.role = role
        self.screen = screen
        self.languages = languages
        self._rest = Offers(back=False, cancel=False, help_topic=help_topic)
        self._first = View(home, Session(), facts)
        self._lock = threading.Lock()
        self._parts: Parts | None = None
        self._said: list[object] = []
        self._show: Callable[[View], None] = lambda _view: None

    @property
    def whole(self) -> bool:
        """Whether the machine stands, so that screens may be built for it."""
        return self._parts is not None

    @property
    def text_input(self) -> Any:
        """The pinyin engine; None where none is installed, and before the machine stands."""
        return self._parts.text_input if self._parts else None

    def report(self, event: object) -> None:
        """Take an event, from any thread; it is the machine's as soon as that stands."""
        with self._lock:
            if self._parts is None:
                self._said.append(event)
                return
        self._parts.report(event)

    def offers(self, state: object) -> Offers:
        """Which shared actions a state accepts."""
        return self._parts.offers(state) if self._parts else self._rest

    def new_visit_id(self) -> str:
        """An id for a visit: random, no personal data."""
        return new_visit_id()

    def listen(self, show: Callable[[View], None]) -> None:
        """Give the one listener that is told of every view; it is shown the first at once."""
        self._show = show
        show(self._first)

    def hand_over(self, parts: Parts) -> None:
        """The machine stands, not started: its views from now on, and all that was said so far."""
        parts.listen(self._show)
        with self._lock:
            self._parts = parts
            for event in self._said:
                parts.report(event)
            self._said.clear()


def new_visit_id() -> str:
    """An id for a visit: random, no personal data."""
    return uuid.uuid4().hex
