"""Which timers start and stop when one situation follows another."""

from typing import Any

from kiosk.flows.effects import Effect, StartTimer, StopTimer
from kiosk.flows.rules import Conduct, Idle
from kiosk.flows.session import IdleWarning, Session, TimerRang
from kiosk.flows.times import IDLE, IDLE_TICK


def idle_in(conduct: Conduct, state: object, session: Session) -> Idle | None:
    """How long the machine waits for the person; None where nobody is waited for."""
    if conduct.of(state).resting and session == Session():
        return None
    return conduct.idle(state)


def limit_timers(
    conduct: Conduct, before: object, after: object, event: object
) -> tuple[Effect, ...]:
    """Keep the timer of a state that leaves by itself.

    Args:
        conduct: of the errand.
        before: state.
        after: next state.
        event: between them; a timer that rang and whose state stays starts anew.
    """
    old, new = conduct.limit(before), conduct.limit(after)
    if old and new and old.timer == new.timer:
        rang = isinstance(event, TimerRang) and event.name == new.timer
        return (StartTimer(new.timer, new.after_s),) if rang else ()
    stop = (StopTimer(old.timer),) if old else ()
    start = (StartTimer(new.timer, new.after_s),) if new else ()
    return (*stop, *start)


def idle_timers(
    conduct: Conduct,
    before: tuple[Any, Session],
    after: tuple[Any, Session],
    *,
    citizen: bool,
) -> tuple[Effect, ...]:
    """Keep the idle timer.

    Only what a person does starts it anew: a reader that finds a forgotten card again and again
    must not keep a session open.

    Args:
        conduct: of the errand.
        before: state and session.
        after: next state and session.
        citizen: whether a person caused the change.
    """
    was_warning = isinstance(before[1].overlay, IdleWarning)
    if isinstance(after[1].overlay, IdleWarning):
        return ()
    stop_tick = (StopTimer(IDLE_TICK),) if was_warning else ()
    was_running = idle_in(conduct, *before) is not None and not was_warning
    idle = idle_in(conduct, *after)
    if idle is None:
        return (*stop_tick, *((StopTimer(IDLE),) if was_running else ()))
    if citizen or not was_running:
        return (*stop_tick, StartTimer(IDLE, idle.quiet_s))
    return stop_tick
