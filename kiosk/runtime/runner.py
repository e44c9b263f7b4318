"""Owns the situation of one machine: events in, effects out, one view published."""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.clock import Clock
from kiosk.flows.conductor import Conductor, Situation
from kiosk.flows.effects import Effect, StartTimer, StopTimer
from kiosk.flows.session import TimerRang
from kiosk.flows.times import IDLE_TIMERS
from kiosk.runtime.timers import Timers
from kiosk.runtime.view import MachineFacts, View

log = logging.getLogger(__name__)


class Performer(Protocol):
    """Does what effects ask for; must not block."""

    def perform(self, effect: Effect, situation: Situation) -> None:
        """Start the work; its outcome comes back as an event."""


class Recorder(Protocol):
    """Keeps what happened."""

    def unexpected(self, state: str, event: str) -> None:
        """An event came that the state does not expect: names of types only."""

    def moved(self, before: object, after: object) -> None:
        """The errand went from one state to another."""


@dataclass(frozen=True, slots=True)
class FactsChanged:
    """Something about the machine itself changed; the view is published again."""


@dataclass(frozen=True, slots=True)
class _Stop:
    """The runner ends."""


class Runner:
    """One thread that owns the situation.

    Args:
        conductor: the errand's table and what all errands share.
        performer: does the effects.
        recorder: keeps unexpected events and changes of state.
        facts: gives the facts about the machine for the next view.
        clock: for timers.
    """

    def __init__(
        self,
        conductor: Conductor,
        performer: Performer,
        recorder: Recorder,
        facts: Callable[[], MachineFacts],
        clock: Clock,
    ) -> None:
        self._conductor = conductor
        self._performer = performer
        self._recorder = recorder
        self._facts = facts
        self._timers = Timers(clock, lambda name: self.report(TimerRang(name)))
        self._events: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._listener: Callable[[View], None] = lambda _view: None
        self._thread = threading.Thread(target=self._run, name="runner", daemon=True)
        self._beat = 0

    @property
    def beat(self) -> int:
        """Grows with every event handled; a watchdog compares it over time."""
        return self._beat

    def listen(self, listener: Callable[[View], None]) -> None:
        """Give the one listener that is told of every view; called on the runner's thread."""
        self._listener = listener

    def start(self) -> None:
        """Enter the home state and begin to take events."""
        self._thread.start()

    def report(self, event: object) -> None:
        """Hand in an event, from any thread."""
        self._events.put(event)

    def close(self, timeout_s: float = 5.0) -> None:
        """End after the events already handed in."""
        self._events.put(_Stop())
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        self._timers.stop_all()

    def _run(self) -> None:
        first = self._conductor.start()
        situation = first.situation
        self._perform(first.effects, situation)
        self._publish(situation)
        while not isinstance(event := self._events.get(), _Stop):
            situation = self._handle(situation, event)
            self._beat += 1

    def _handle(self, situation: Situation, event: object) -> Situation:
        if isinstance(event, FactsChanged):
            self._publish(situation)
            return situation
        outcome = self._conductor.apply(situation, event)
        if not outcome.expected:
            # A late touch or a stale answer: recorded, and nothing else happens.
            self._recorder.unexpected(type(situation.state).__name__, type(event).__name__)
            return situation
        if type(outcome.situation.state) is not type(situation.state):
            self._recorder.moved(situation.state, outcome.situation.state)
        self._perform(outcome.effects, outcome.situation)
        if outcome.situation != situation:
            self._publish(outcome.situation)
        return outcome.situation

    def _perform(self, effects: tuple[Effect, ...], situation: Situation) -> None:
        for effect in effects:
            if isinstance(effect, StartTimer):
                self._timers.start(effect.name, effect.after_s)
            elif isinstance(effect, StopTimer):
                self._timers.stop(effect.name)
            else:
                self._performer.perform(effect, situation)

    def _publish(self, situation: Situation) -> None:
        self._listener(
            View(
                state=situation.state,
                session=situation.session,
                machine=self._facts(),
                time_left_s=self._timers.left_s(IDLE_TIMERS),
            )
        )
