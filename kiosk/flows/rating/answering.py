"""What a citizen says: a face, perhaps reasons, perhaps a number to be called back at."""

from dataclasses import replace

from kiosk.domain import phone
from kiosk.domain.rating_question import Question
from kiosk.flows.effects import Speak, StartTimer, StopSpeaking
from kiosk.flows.machine import Step
from kiosk.flows.rating import events
from kiosk.flows.rating.effects import KeepRating, NoteAnswered
from kiosk.flows.rating.states import (
    ChoosingLevel,
    ChoosingReasons,
    KeepingRating,
    LeavingPhone,
    RatingNotKept,
    State,
    ThankingForRating,
)
from kiosk.flows.session import TimerRang
from kiosk.flows.times import RATING_PHONE, RATING_REASONS, TIMES

ASK_ALOUD = "rate.level.spoken"
THANK_ALOUD = "rate.thanks.spoken"


def ask(question: Question) -> Step[State]:
    """Put a question, in words and aloud."""
    return Step(ChoosingLevel(question), (Speak(ASK_ALOUD),))


def choose_level(state: ChoosingLevel, event: events.LevelChosen) -> Step[State]:
    """A face was touched; why?"""
    chosen = ChoosingReasons(state.question, event.level)
    return Step(chosen, (NoteAnswered(state.question.request_id), StopSpeaking()))


def reconsider(state: ChoosingReasons, _event: events.LevelReconsidered) -> Step[State]:
    """Back to the faces, as long as the question would have stayed open at first."""
    return Step(ChoosingLevel(state.question))


def toggle(state: ChoosingReasons, event: events.ReasonToggled) -> Step[State] | None:
    """Choose a reason that fits the level, or take it back; the limit of reasons holds."""
    offered = {one.code for one in state.question.choice(state.level).reasons}
    if event.code not in offered:
        return None
    if event.code in state.chosen:
        chosen = tuple(one for one in state.chosen if one != event.code)
    else:
        chosen = (*state.chosen, event.code)[-state.question.most_reasons :]
    more_time = StartTimer(RATING_REASONS, TIMES.rating_reasons_s)
    return Step(replace(state, chosen=chosen), (more_time,))


def want_call(state: ChoosingReasons, _event: events.CallWanted) -> Step[State] | None:
    """A number is asked for where somebody may be called."""
    if not state.question.choice(state.level).may_be_called:
        return None
    return Step(LeavingPhone(state.question, state.level, state.chosen))


def withdraw_call(state: LeavingPhone, _event: events.CallWithdrawn) -> Step[State]:
    """No call after all; what was typed is forgotten."""
    return Step(ChoosingReasons(state.question, state.level, state.chosen))


def type_phone(state: LeavingPhone, event: events.PhoneTyped) -> Step[State]:
    """A digit more or less."""
    typed = replace(state, phone=event.text[: phone.MAX_DIGITS], unfit=False)
    return Step(typed, (StartTimer(RATING_PHONE, TIMES.rating_phone_s),))


def give(state: ChoosingReasons, _event: events.RatingGiven | TimerRang) -> Step[State]:
    """Keep what was said; whoever has gone has said it all the same."""
    return keep(state)


def give_with_phone(state: LeavingPhone, _event: events.RatingGiven) -> Step[State]:
    """Keep what was said, if the number is one."""
    if not phone.is_phone(state.phone):
        return Step(replace(state, unfit=True))
    kept = KeepRating(state.question.request_id, state.level, state.chosen, state.phone)
    return Step(KeepingRating(state.question.request_id, called=True), (kept,))


def leave_phone(state: LeavingPhone, _event: TimerRang) -> Step[State]:
    """A number nobody handed in is not kept, the answer is."""
    return keep(state)


def keep(state: ChoosingReasons | LeavingPhone) -> Step[State]:
    """Keep the level and its reasons."""
    kept = KeepRating(state.question.request_id, state.level, state.chosen)
    return Step(KeepingRating(state.question.request_id, called=False), (kept,))


def thank(state: KeepingRating | RatingNotKept, event: events.RatingKept) -> Step[State] | None:
    """The answer is durable: only now is anybody thanked."""
    if event.request_id != state.request_id:
        return None
    return Step(ThankingForRating(state.called), (Speak(THANK_ALOUD),))


def apologise(state: KeepingRating, event: events.RatingLost | TimerRang) -> Step[State] | None:
    """The answer could not be written down, or it takes too long to promise anything."""
    if isinstance(event, events.RatingLost) and event.request_id != state.request_id:
        return None
    return Step(RatingNotKept(state.request_id, state.called))
