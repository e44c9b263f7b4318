"""The errand "closed", row by row, and the guard before every errand that can be closed."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from kiosk.domain.closed import Closed, closed_of
from kiosk.flows.closed import events
from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.errand import Errand
from kiosk.flows.machine import Flow, Step
from kiosk.flows.rules import Conduct, Idle, StateRules
from kiosk.flows.session import BackAsked, ServiceResumed
from kiosk.flows.times import TIMES, Times

E = TypeVar("E")


class Home(Protocol):
    """A state of rest that knows what it does not offer."""

    @property
    def closed(self) -> tuple[Closed, ...]:
        """Errands that the machine cannot carry through now."""


def unless_closed(
    errand: str | Callable[[E], str], begin: Callable[[Any, E], Step[Any] | None]
) -> Callable[[Home, E], Step[Any] | None]:
    """Begin an errand, unless the machine cannot carry it through; then say so.

    Args:
        errand: its name in the role, or how the event names it.
        begin: what the event does where the errand is offered.
    """

    def begun(state: Home, event: E) -> Step[Any] | None:
        name = errand if isinstance(errand, str) else errand(event)
        closed = closed_of(state.closed, name)
        return Step(ErrandClosed(closed)) if closed else begin(state, event)

    return begun


def closing(errand: str) -> Callable[[Any, ServiceResumed], Step[Any] | None]:
    """Say that an errand is closed to somebody who has begun it and given nothing yet.

    Args:
        errand: its name in the role.
    """

    def close(_state: object, event: ServiceResumed) -> Step[Any] | None:
        closed = closed_of(event.closed, errand)
        return Step(ErrandClosed(closed)) if closed else None

    return close


def closed_errand(home: object, times: Times = TIMES) -> Errand:
    """The table for a machine that rests somewhere.

    Args:
        home: where it rests.
        times: limits of time.
    """

    def leave(_state: ErrandClosed, _event: object) -> Step[Any]:
        return Step(home)

    flow: Flow[Any] = Flow("closed", home)
    flow.on(ErrandClosed, events.ClosedRead, leave, (type(home),))
    idle = Idle(times.quiet_s, 0)
    return Errand(
        flow,
        Conduct(
            rules={ErrandClosed: StateRules("", idle)},
            citizen_events=events.CITIZEN_EVENTS,
            back=BackAsked(),
            at_stake=_nothing,
            idle_at_stake=idle,
        ),
    )


def _nothing(_state: object) -> bool:
    return False
