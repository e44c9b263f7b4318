"""How the states of an errand treat the session: idle time, cancel, help, limits of time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kiosk.flows.effects import Effect
from kiosk.flows.machine import Flow
from kiosk.flows.session import Offers as Offers  # noqa: PLC0414 - what the rules below come to
from kiosk.flows.session import Stake


class Cancelling(StrEnum):
    """What "cancel" does in a state."""

    NOT_OFFERED = "not offered"
    """a device works, or nothing can be taken back any more"""
    AT_ONCE = "at once"
    """nothing would be lost"""
    ASKED_FIRST = "asked first"
    """answers would be lost"""


@dataclass(frozen=True, slots=True)
class Idle:
    """How long a state waits for its person.

    Args:
        quiet_s: without a touch, until the warning.
        warning_s: the warning's countdown; 0 ends the session without a warning.
    """

    quiet_s: float
    warning_s: int


@dataclass(frozen=True, slots=True)
class Limit:
    """A state leaves by itself.

    Args:
        timer: its name; the state has a row for `TimerRang`.
        after_s: seconds after the state was entered.
        applies: to which of the type's states; None for all.
        of_state: seconds of this very state, where each has its own; then instead of `after_s`.
    """

    timer: str
    after_s: float
    applies: Callable[[Any], bool] | None = None
    of_state: Callable[[Any], float] | None = None


@dataclass(frozen=True, slots=True)
class StateRules:
    """What the session does in one type of state.

    Args:
        help_topic: message keys `help.<topic>.title` and `.body`; empty for no help.
        idle: how long it waits for a person; None where a device works or a limit ends it.
        limit: when it leaves by itself.
        cancel: whether a person may stop here; asked first wherever answers are at stake.
        resting: nobody's visit: idle time runs only while a language, a look or an overlay is set.
        farewell: the visit is over: going home from here resets language and look.
        when_ended: what is to be done when the session is ended from here.
        ends_in: where ending the session leads instead of home: something of the person's must
            be given back first.
        stake: what a person would lose by stopping; the question names it.
    """

    help_topic: str = ""
    idle: Idle | None = None
    limit: Limit | None = None
    cancel: bool = False
    resting: bool = False
    farewell: bool = False
    when_ended: tuple[Effect, ...] = ()
    ends_in: Callable[[Any], Any] | None = None
    stake: Stake = Stake.ANSWERS


@dataclass(frozen=True, slots=True)
class Conduct:
    """The rules of one errand.

    Args:
        rules: by type of state; complete.
        citizen_events: types of what a person does; an overlay holds them off.
        back: the event that goes one step back.
        at_stake: whether answers would be lost with this state.
        idle_at_stake: how long such a state waits, instead of its own idle time.
    """

    rules: Mapping[type[Any], StateRules]
    citizen_events: frozenset[type[Any]]
    back: object
    at_stake: Callable[[Any], bool]
    idle_at_stake: Idle

    def of(self, state: object) -> StateRules:
        """The rules of a state."""
        return self.rules[type(state)]

    def idle(self, state: object) -> Idle | None:
        """How long a state waits for its person; None when it does not."""
        own = self.of(state).idle
        return self.idle_at_stake if own and self.at_stake(state) else own

    def limit(self, state: object) -> Limit | None:
        """When a state leaves by itself; None when it does not."""
        limit = self.of(state).limit
        if limit is None or (limit.applies and not limit.applies(state)):
            return None
        return replace(limit, after_s=limit.of_state(state)) if limit.of_state else limit

    def cancelling(self, state: object) -> Cancelling:
        """What "cancel" does in a state."""
        if not self.of(state).cancel:
            return Cancelling.NOT_OFFERED
        return Cancelling.ASKED_FIRST if self.at_stake(state) else Cancelling.AT_ONCE


def offers(flow: Flow[Any], conduct: Conduct, state: object) -> Offers:
    """Which of the buttons that every screen may have, a state of an errand accepts."""
    return Offers(
        back=flow.step(state, conduct.back) is not None,
        cancel=conduct.cancelling(state) is not Cancelling.NOT_OFFERED,
        help_topic=conduct.of(state).help_topic,
    )
