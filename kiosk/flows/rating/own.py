"""A machine that served a citizen itself asks them, as the last step of its errand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kiosk.domain.rating import CaseKind
from kiosk.flows.effects import Effect
from kiosk.flows.errand import Errand
from kiosk.flows.machine import Step
from kiosk.flows.rating import answering, states
from kiosk.flows.rating.effects import AskForRating
from kiosk.flows.rating.events import RatingAsked, RatingWanted
from kiosk.flows.rating.table import rating_errand


@dataclass(frozen=True, slots=True)
class Served:
    """What was just served.

    Args:
        kind: of the case.
        case_id: of the application or the order.
        services: it was about.
    """

    kind: CaseKind
    case_id: str
    services: tuple[str, ...] = ()


def own_rating_errand(
    home: object,
    last: type[Any],
    served: Callable[[Any], Served | None],
    closing: tuple[Effect, ...] = (),
) -> Errand:
    """The errand "rate" behind the last state of another; optional, and skipped by going on.

    Args:
        home: the state after the last word, or after none.
        last: state in which a citizen may ask to rate.
        served: the case of such a state; None where there is nothing to rate.
        closing: what the machine does when the errand is over.
    """

    def wanted(state: object, _event: RatingWanted) -> Step[Any] | None:
        case = served(state)
        if case is None:
            return None
        return Step(state, (AskForRating(case.kind, case.case_id, case.services),))

    def asked(_state: object, event: RatingAsked) -> Step[Any]:
        return answering.ask(event.question)

    errand = rating_errand(home, closing)
    errand.flow.on(last, RatingWanted, wanted)
    errand.flow.on(last, RatingAsked, asked, (states.ChoosingLevel,))
    return errand
