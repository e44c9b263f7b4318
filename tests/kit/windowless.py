"""Someone at a whole machine that has no window: sees states, reports what a person would do."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from kiosk.runtime.machine import Machine
from kiosk.runtime.view import View
from tests.kit.patience import PATIENCE_S, until

S = TypeVar("S")
INSIST_S = 1.5


class Windowless:
    """Stands at a machine.

    Args:
        machine: not started yet.
    """

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._seen = threading.Condition()
        self._view: View | None = None
        self.history: list[Any] = []
        machine.window_parts.listen(self._take)

    def _take(self, view: View) -> None:
        with self._seen:
            self._view = view
            if not self.history or type(self.history[-1]) is not type(view.state):
                self.history.append(view.state)
            self._seen.notify_all()

    @property
    def state(self) -> Any:
        """What the screen would show now."""
        return self._view.state if self._view else None

    @property
    def view(self) -> View:
        """Everything the screen would show now."""
        assert self._view is not None, "nothing has been shown"
        return self._view

    def sees(self, state: type[S], where: Callable[[S], bool] = lambda _state: True) -> S:
        """Wait until a state is shown."""

        def shown() -> bool:
            return isinstance(self.state, state) and where(self.state)

        with self._seen:
            came = self._seen.wait_for(shown, PATIENCE_S)
        assert came, f"waited for {state.__name__}, see {self.state!r} after {self.trail()}"
        found: S = self.state
        return found

    def leaves(self, state: type[Any]) -> None:
        """Wait until a state is no longer shown."""
        with self._seen:
            went = self._seen.wait_for(lambda: not isinstance(self.state, state), PATIENCE_S)
        assert went, f"still {self.state!r} after {self.trail()}"

    def insists(self, act: Callable[[], object], state: type[Any]) -> None:
        """Do something again and again until a state is left: a hand comes too early at times."""
        for _ in range(int(PATIENCE_S / INSIST_S)):
            act()
            with self._seen:
                if self._seen.wait_for(lambda: not isinstance(self.state, state), INSIST_S):
                    return
        raise AssertionError(f"still {self.state!r} after {self.trail()}")

    def puts_in(self, value_fen: int) -> None:
        """Hold a note to the acceptor until it has been drawn in and booked."""
        acceptor = self.simulator("cash_acceptor")
        before_fen = acceptor.box.total_fen
        until(lambda: acceptor.accepting, PATIENCE_S)
        acceptor.insert(value_fen // 100)
        until(lambda: acceptor.box.total_fen > before_fen, PATIENCE_S)

    def trail(self) -> str:
        """Names of the states so far."""
        return " > ".join(type(one).__name__ for one in self.history)

    def does(self, *what: object) -> None:
        """Report one event after the other."""
        for event in what:
            self.machine.window_parts.report(event)

    def simulator(self, name: str) -> Any:
        """The peer of a device."""
        return self.machine.parts.equipment.simulators[name]

    def turn(self, name: str, knob: str, value: str | int | bool | None = None) -> None:
        """Turn a knob of a simulator."""
        found = {one.key: one for one in self.simulator(name).knobs()}
        found[knob].set(value)
