"""What every errand shares, laid around its table: idle time, cancel, help, language, the wipe.

Pure, as the tables are: an event and the situation go in, the next situation and effects come out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from kiosk.domain.closed import Closed
from kiosk.flows import overlays
from kiosk.flows.clockwork import idle_in, idle_timers, limit_timers
from kiosk.flows.effects import Effect, StartTimer, WipeSession
from kiosk.flows.machine import Flow, Step
from kiosk.flows.rules import Cancelling, Conduct
from kiosk.flows.session import (
    CancelAsked,
    CancelConfirmed,
    CancelQuestion,
    HelpAsked,
    HelpPage,
    IdleWarning,
    Overlay,
    ServiceResumed,
    ServiceStopped,
    Session,
    Stake,
    TimerRang,
    Touched,
)
from kiosk.flows.times import IDLE, IDLE_TICK, TICK_S


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything there is to know between two events.

    Args:
        state: of the errand.
        session: language, look and overlay.
        stopped: why the machine may serve no one after this visit; None when it may.
        closed: what the next one will not be offered.
    """

    state: Any
    session: Session = field(default_factory=Session)
    stopped: tuple[str, ...] | None = None
    closed: tuple[Closed, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an event led to.

    Args:
        situation: the next one.
        effects: to be done, in order.
        expected: False for a late touch or a stale answer; nothing has changed then.
    """

    situation: Situation
    effects: tuple[Effect, ...] = ()
    expected: bool = True


Moved = tuple[Situation, tuple[Effect, ...]]
"""A next situation, before its timers are put right."""


class Conductor:
    """Takes events for one errand.

    Args:
        flow: the errand's table.
        conduct: how its states treat the session.
    """

    def __init__(self, flow: Flow[Any], conduct: Conduct) -> None:
        self._flow = flow
        self._conduct = conduct
        self._own: dict[type[Any], Callable[[Situation, Any], Moved | None]] = {
            TimerRang: self._rang,
            Touched: self._touched,
            CancelAsked: self._cancel,
            CancelConfirmed: self._confirmed,
            HelpAsked: self._help,
            ServiceStopped: self._service,
            ServiceResumed: self._service,
        }

    def start(self) -> Outcome:
        """The home state, as a machine that has just started rests in it."""
        return Outcome(Situation(self._flow.home))

    def apply(self, situation: Situation, event: object) -> Outcome:
        """Where an event leads; nowhere when the situation does not expect it."""
        moved = self._moved(situation, event)
        if moved is None:
            return Outcome(situation, expected=False)
        after, effects = moved
        citizen = type(event) in self._conduct.citizen_events | overlays.CITIZEN
        limits = limit_timers(self._conduct, situation.state, after.state, event)
        idles = idle_timers(
            self._conduct,
            (situation.state, situation.session),
            (after.state, after.session),
            citizen=citizen,
        )
        return Outcome(after, (*effects, *limits, *idles))

    def _moved(self, situation: Situation, event: object) -> Moved | None:
        if own := self._own.get(type(event)):
            return own(situation, event)
        if (session := overlays.answered(situation.session, event)) is not None:
            return replace(situation, session=session), ()
        if situation.session.overlay and type(event) in self._conduct.citizen_events:
            return None
        return self._through_flow(situation, event)

    def _through_flow(self, before: Situation, event: object) -> Moved | None:
        step = self._flow.step(before.state, event)
        return None if step is None else self._settled(before, step)

    def _settled(self, before: Situation, step: Step[Any]) -> Moved:
        session = before.session
        moved = type(step.state) is not type(before.state)
        if moved:
            session = overlays.after_move(session)
        over = self._conduct.of(before.state).farewell or WipeSession() in step.effects
        if step.state != self._flow.home:
            after = replace(before, state=step.state, session=session)
            # An errand can be begun from another, and may be closed by then.
            return (
                _told(self._flow, after, step) if moved and after.closed else (after, step.effects)
            )
        after = replace(before, state=step.state, session=Session() if over else session)
        # Service may have stopped, in whole or in part, during the visit; the next one is told.
        return _told(self._flow, after, step)

    def _ended(self, before: Situation) -> Moved:
        rules = self._conduct.of(before.state)
        after = rules.ends_in(before.state) if rules.ends_in else self._flow.home
        wipe = (WipeSession(),) if after == self._flow.home else ()
        uncovered = replace(before, session=replace(before.session, overlay=None))
        return self._settled(uncovered, Step(after, (*rules.when_ended, *wipe)))

    def _covered(self, situation: Situation, overlay: Overlay) -> Situation:
        return replace(situation, session=replace(situation.session, overlay=overlay))

    def _rang(self, situation: Situation, event: TimerRang) -> Moved | None:
        warning = situation.session.overlay
        if isinstance(warning, IdleWarning) and event.name == IDLE_TICK:
            return self._warned(situation, warning.seconds_left - 1)
        if not isinstance(warning, IdleWarning) and event.name == IDLE:
            idle = idle_in(self._conduct, situation.state, situation.session)
            return self._warned(situation, idle.warning_s) if idle else None
        limit = self._conduct.limit(situation.state)
        ours = limit is not None and limit.timer == event.name
        return self._through_flow(situation, event) if ours else None

    def _warned(self, situation: Situation, seconds_left: int) -> Moved:
        if seconds_left <= 0:
            return self._ended(situation)
        at_stake = self._conduct.at_stake(situation.state)
        stake = self._conduct.of(situation.state).stake if at_stake else Stake.ANSWERS
        warning = IdleWarning(seconds_left, stake)
        return self._covered(situation, warning), (StartTimer(IDLE_TICK, TICK_S),)

    def _touched(self, situation: Situation, event: Touched) -> Moved:
        here = replace(situation, session=overlays.without(situation.session, IdleWarning))
        moved = None if here.session.overlay else self._through_flow(here, event)
        return moved or (here, ())

    def _cancel(self, situation: Situation, _event: CancelAsked) -> Moved | None:
        cancelling = self._conduct.cancelling(situation.state)
        if situation.session.overlay or cancelling is Cancelling.NOT_OFFERED:
            return None
        if cancelling is Cancelling.AT_ONCE:
            return self._ended(situation)
        stake = self._conduct.of(situation.state).stake
        return self._covered(situation, CancelQuestion(stake)), ()

    def _confirmed(self, situation: Situation, _event: CancelConfirmed) -> Moved | None:
        asked = isinstance(situation.session.overlay, (CancelQuestion, IdleWarning))
        return self._ended(situation) if asked else None

    def _help(self, situation: Situation, _event: HelpAsked) -> Moved | None:
        topic = self._conduct.of(situation.state).help_topic
        if situation.session.overlay or not topic:
            return None
        return self._covered(situation, HelpPage(topic)), ()

    def _service(self, situation: Situation, event: ServiceStopped | ServiceResumed) -> Moved:
        # In the middle of a visit the errand goes on; what was heard counts when it is over.
        if isinstance(event, ServiceStopped):
            known = replace(situation, stopped=event.reasons, closed=())
        else:
            known = replace(situation, stopped=None, closed=event.closed)
        return self._through_flow(known, event) or (known, ())


def _news(situation: Situation) -> ServiceStopped | ServiceResumed | None:
    """What whoever comes next must be told of the machine; None when it offers everything."""
    if situation.stopped is not None:
        return ServiceStopped(situation.stopped)
    return ServiceResumed(situation.closed) if situation.closed else None


def _told(flow: Flow[Any], after: Situation, step: Step[Any]) -> Moved:
    """A state that has just been entered hears what is known of the machine."""
    news = _news(after)
    told = flow.step(after.state, news) if news else None
    if told is None:
        return after, step.effects
    return replace(after, state=told.state), (*step.effects, *told.effects)
