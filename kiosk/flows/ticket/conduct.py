"""How the states of the errand "take a number" treat the session."""

from typing import Any

from kiosk.flows.application.events import BackAsked
from kiosk.flows.application.states import CardTrouble
from kiosk.flows.effects import StopReadingIdCard
from kiosk.flows.rules import Conduct, Idle, Limit, StateRules
from kiosk.flows.ticket import states
from kiosk.flows.ticket.events import CITIZEN_EVENTS
from kiosk.flows.times import READER_AGAIN, TIMES, Times


def conduct(times: Times = TIMES) -> Conduct:
    """The rules of every state.

    Args:
        times: limits of time.
    """
    idle = Idle(times.quiet_s, times.warning_s)
    again = Limit(READER_AGAIN, times.reader_again_s, applies=_reader_is_away)
    reading = Limit("reading", times.reading_s)
    stop = (StopReadingIdCard(),)
    return Conduct(
        rules={
            states.ChoosingService: StateRules("service", idle, cancel=True),
            states.WaitingForHolder: StateRules(
                "holder", idle, again, cancel=True, when_ended=stop
            ),
            states.ReadingHolder: StateRules("holder", limit=reading),
            states.TellingNeed: StateRules("need", idle, cancel=True),
            states.TellingUrgency: StateRules("urgency", idle, cancel=True),
            states.TypingNumber: StateRules("typing", idle, cancel=True),
            states.LookingForTicket: StateRules("place", limit=Limit("looking", times.looking_s)),
            states.SeeingPlace: StateRules("place", idle),
            states.CheckingIn: StateRules("booking", limit=Limit("looking", times.looking_s)),
            states.BookingNotHeld: StateRules("booking", idle, cancel=True),
            states.LookingForApplications: StateRules(
                "progress", limit=Limit("looking", times.looking_s)
            ),
            states.SeeingProgress: StateRules("progress", idle),
            states.NothingFound: StateRules("nothing_found", idle),
        },
        citizen_events=CITIZEN_EVENTS,
        back=BackAsked(),
        at_stake=form_at_stake,
        idle_at_stake=Idle(times.quiet_s, times.warning_personal_s),
    )


def form_at_stake(state: Any) -> bool:
    """Leaving loses a choice or two, unless somebody has filled in the form before."""
    visitor = getattr(state, "visitor", None)
    return visitor is not None and visitor.draft is not None


def _reader_is_away(state: states.WaitingForHolder) -> bool:
    return state.trouble is CardTrouble.READER_AWAY
