"""An errand, and several of them as the one table of a machine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.flows.machine import Flow
from kiosk.flows.rules import Conduct, Offers, offers


@dataclass(frozen=True, slots=True)
class Errand:
    """What a citizen can do at a machine from begin to end.

    Args:
        flow: its table; a row may stand on a state of another errand, to lead from there into
            this one.
        conduct: how its own states treat the session.
    """

    flow: Flow[Any]
    conduct: Conduct

    def offers(self, state: object) -> Offers:
        """Which of the buttons that every screen may have, a state accepts."""
        return offers(self.flow, self.conduct, state)


def together(name: str, errands: Sequence[Errand]) -> Errand:
    """Several errands as one; the first one's home is everybody's home.

    Args:
        name: of the whole, for diagrams and log.
        errands: at least one; what concerns all states is the first one's.

    Raises:
        ValueError: two errands have a row, or rules, for the same state and event.
    """
    first = errands[0]
    flow: Flow[Any] = Flow(name, first.flow.home)
    for errand in errands:
        flow.include(errand.flow)
    rules = {state: rule for one in errands for state, rule in one.conduct.rules.items()}
    if len(rules) != sum(len(one.conduct.rules) for one in errands):
        msg = f"{name}: two errands have rules for one state"
        raise ValueError(msg)
    return Errand(
        flow,
        Conduct(
            rules=rules,
            citizen_events=frozenset().union(*(one.conduct.citizen_events for one in errands)),
            back=first.conduct.back,
            at_stake=_any_of([one.conduct.at_stake for one in errands]),
            idle_at_stake=first.conduct.idle_at_stake,
        ),
    )


def _any_of(tests: Sequence[Callable[[Any], bool]]) -> Callable[[Any], bool]:
    return lambda state: any(test(state) for test in tests)
