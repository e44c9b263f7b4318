"""How the states of the errand "rate" treat the session."""

from typing import Any

from kiosk.flows.rating import states
from kiosk.flows.rating.events import CITIZEN_EVENTS, LevelReconsidered
from kiosk.flows.rules import Conduct, Idle, Limit, StateRules
from kiosk.flows.times import (
    RATING_APOLOGY,
    RATING_KEEPING,
    RATING_LEVEL,
    RATING_PHONE,
    RATING_REASONS,
    RATING_THANKS,
    TIMES,
    Times,
)


def conduct(times: Times = TIMES) -> Conduct:
    """The rules of every state: each leaves by itself, for nobody need answer.

    Args:
        times: limits of time.
    """
    return Conduct(
        rules={
            states.ChoosingLevel: StateRules(
                "rating", limit=Limit(RATING_LEVEL, 0.0, of_state=_left_s), farewell=True
            ),
            states.ChoosingReasons: StateRules(
                "rating", limit=Limit(RATING_REASONS, times.rating_reasons_s)
            ),
            states.LeavingPhone: StateRules(
                "rating", limit=Limit(RATING_PHONE, times.rating_phone_s)
            ),
            states.KeepingRating: StateRules(limit=Limit(RATING_KEEPING, times.rating_keeping_s)),
            states.ThankingForRating: StateRules(
                limit=Limit(RATING_THANKS, times.rating_thanks_s), farewell=True
            ),
            states.RatingNotKept: StateRules(
                limit=Limit(RATING_APOLOGY, times.rating_apology_s), farewell=True
            ),
        },
        citizen_events=CITIZEN_EVENTS,
        back=LevelReconsidered(),
        at_stake=_nothing_at_stake,
        idle_at_stake=Idle(times.quiet_s, times.warning_s),
    )


def _left_s(state: states.ChoosingLevel) -> float:
    return state.question.left_s


def _nothing_at_stake(_state: Any) -> bool:
    return False
