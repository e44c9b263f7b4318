"""The terminal's own rows, and with them the errand "rate"."""

from typing import Any

from kiosk.domain.rating_question import Question
from kiosk.flows.effects import Speak, StartTimer, WipeSession
from kiosk.flows.errand import Errand, together
from kiosk.flows.evaluator.effects import LookAgain
from kiosk.flows.evaluator.events import Stand, WindowSeen
from kiosk.flows.evaluator.states import Greeting, Paused, Resting
from kiosk.flows.machine import Flow, Step
from kiosk.flows.rating import answering
from kiosk.flows.rating import states as rating
from kiosk.flows.rating.events import LevelReconsidered
from kiosk.flows.rating.table import rating_errand
from kiosk.flows.rules import Conduct, Idle, Limit, StateRules
from kiosk.flows.session import ServiceResumed, ServiceStopped, TimerRang
from kiosk.flows.times import GREETING, RATING_LEVEL, TIMES, Times

GREET_ALOUD = "evaluator.greeting.spoken"
_ANYWHERE = (Resting, Greeting, Paused, rating.ChoosingLevel)


def see(_state: Resting | Greeting | Paused, event: WindowSeen) -> Step[Any]:
    """Follow the window."""
    if event.question is not None:
        return answering.ask(event.question)
    if event.stand is Stand.SERVING:
        return Step(Greeting(), (Speak(GREET_ALOUD),))
    return Step(Paused() if event.stand is Stand.PAUSED else Resting())


def see_paused(state: Paused, event: WindowSeen) -> Step[Any]:
    """Follow the window, unless the terminal itself is ill."""
    return Step(state) if state.reasons else see(state, event)


def see_while_choosing(state: rating.ChoosingLevel, event: WindowSeen) -> Step[Any]:
    """The next case has begun, the window is closed or time is over: nobody is asked any longer."""
    if event.question is None:
        return Step(Resting(), (WipeSession(), LookAgain()))
    if event.question.request_id == state.question.request_id:
        return Step(state)
    return _ask_instead(event.question)


def see_while_answering(
    state: rating.ChoosingReasons | rating.LeavingPhone, event: WindowSeen
) -> Step[Any]:
    """Whoever answers may finish; but a new citizen is not shown what the last one says."""
    if event.question is None or event.question.request_id == state.question.request_id:
        return Step(state)
    kept = answering.keep(state)
    asked = answering.ask(event.question)
    return Step(asked.state, (*kept.effects, *asked.effects))


def see_afterwards(
    state: rating.KeepingRating | rating.ThankingForRating | rating.RatingNotKept,
    event: WindowSeen,
) -> Step[Any]:
    """A new question comes at once; anything else when the word of thanks was read."""
    old = getattr(state, "request_id", "")
    if event.question is None or event.question.request_id == old:
        return Step(state)
    return answering.ask(event.question)


def _ask_instead(question: Question) -> Step[Any]:
    asked = answering.ask(question)
    anew = StartTimer(RATING_LEVEL, question.left_s)
    return Step(asked.state, (*asked.effects, anew))


def stop(_state: object, event: ServiceStopped) -> Step[Any]:
    """The terminal cannot keep an answer, so it asks for none."""
    return Step(Paused(event.reasons))


def resume(_state: Paused, _event: ServiceResumed) -> Step[Any]:
    """It can again."""
    return Step(Resting(), (LookAgain(),))


def greeted(_state: Greeting, _event: TimerRang) -> Step[Any]:
    """The citizen was greeted."""
    return Step(Resting())


def _own() -> Flow[Any]:
    flow: Flow[Any] = Flow("evaluator", Resting())
    for rested in (Resting, Greeting):
        flow.on(rested, WindowSeen, see, _ANYWHERE)
        flow.on(rested, ServiceStopped, stop, (Paused,))
    flow.on(Paused, WindowSeen, see_paused, _ANYWHERE)
    flow.on(Paused, ServiceStopped, stop)
    flow.on(Paused, ServiceResumed, resume, (Resting,))
    flow.on(Greeting, TimerRang, greeted, (Resting,))
    asked = (Resting, rating.ChoosingLevel)
    flow.on(rating.ChoosingLevel, WindowSeen, see_while_choosing, asked)
    for answers in (rating.ChoosingReasons, rating.LeavingPhone):
        flow.on(answers, WindowSeen, see_while_answering, (answers, rating.ChoosingLevel))
    for over in (rating.KeepingRating, rating.ThankingForRating, rating.RatingNotKept):
        flow.on(over, WindowSeen, see_afterwards, (over, rating.ChoosingLevel))
    return flow


def own_conduct(times: Times = TIMES) -> Conduct:
    """The rules of the terminal's own states.

    Args:
        times: limits of time.
    """
    rest = Idle(times.rest_quiet_s, 0)
    return Conduct(
        rules={
            Resting: StateRules("evaluator", rest, resting=True),
            Greeting: StateRules("evaluator", limit=Limit(GREETING, times.greeting_s)),
            Paused: StateRules("", rest, resting=True, when_ended=(LookAgain(),)),
        },
        citizen_events=frozenset(),
        back=LevelReconsidered(),
        at_stake=lambda _state: False,
        idle_at_stake=rest,
    )


EVALUATOR_ERRAND = together(
    "evaluator",
    (Errand(_own(), own_conduct()), rating_errand(Resting(), (LookAgain(),))),
)
