"""How the states of the errand "apply" treat the session."""

from kiosk.flows.application import states
from kiosk.flows.application.events import CITIZEN_EVENTS, BackAsked
from kiosk.flows.application.states import CardTrouble, State
from kiosk.flows.effects import StopReadingIdCard
from kiosk.flows.rules import Conduct, Idle, Limit, StateRules
from kiosk.flows.times import READER_AGAIN, TIMES, Times


def conduct(times: Times = TIMES) -> Conduct:
    """The rules of every state.

    Args:
        times: limits of time.
    """
    idle = Idle(times.quiet_s, times.warning_s)
    return Conduct(
        rules={**_before_the_number(times, idle), **_around_the_ticket(times)},
        citizen_events=CITIZEN_EVENTS,
        back=BackAsked(),
        at_stake=answers_at_stake,
        idle_at_stake=Idle(times.quiet_s, times.warning_personal_s),
    )


def answers_at_stake(state: State) -> bool:
    """Whether leaving this state would lose what a person has told us."""
    return getattr(state, "draft", None) is not None


def _before_the_number(times: Times, idle: Idle) -> dict[type[State], StateRules]:
    rest = Idle(times.rest_quiet_s, 0)
    again = Limit(READER_AGAIN, times.reader_again_s, applies=_reader_is_away)
    return {
        states.Welcome: StateRules("welcome", rest, resting=True),
        states.OutOfService: StateRules("", rest, resting=True),
        states.ChoosingDocuments: StateRules("documents", idle, cancel=True),
        states.WaitingForCard: StateRules(
            "card", idle, again, cancel=True, when_ended=(StopReadingIdCard(),)
        ),
        states.ReadingCard: StateRules("card", limit=Limit("reading", times.reading_s)),
        states.MeetingPerson: StateRules("person", idle, cancel=True),
        states.CardNotSuited: StateRules("not_suited", idle, cancel=True),
        states.FillingForm: StateRules("form", idle, cancel=True),
        states.Reviewing: StateRules("review", idle, cancel=True),
    }


def _around_the_ticket(times: Times) -> dict[type[State], StateRules]:
    return {
        states.Submitting: StateRules("submitting", limit=Limit("submitting", times.submitting_s)),
        states.PrintingTicket: StateRules("ticket", limit=Limit("printing", times.printing_s)),
        states.WaitingForPaper: StateRules("no_paper", limit=Limit("paper", times.paper_s)),
        states.TakingTicket: StateRules("ticket", limit=Limit("taking", times.taking_s)),
        states.ShowingNumber: StateRules("no_paper", limit=Limit("showing", times.showing_s)),
        states.WithoutNumber: StateRules("desk", limit=Limit("desk", times.desk_s)),
        states.Thanks: StateRules("", limit=Limit("thanks", times.thanks_s), farewell=True),
    }


def _reader_is_away(state: states.WaitingForCard) -> bool:
    return state.trouble is CardTrouble.READER_AWAY
