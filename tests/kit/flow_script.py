"""A citizen's story told to a flow: what is done, what is seen, what is asked of devices.

No Kivy, no threads, no clock: timers ring when the story lets time pass.
"""

from typing import Any, Self

from kiosk.flows.conductor import Conductor, Outcome, Situation
from kiosk.flows.effects import Effect, StartTimer, StopTimer
from kiosk.flows.session import Session, TimerRang


class FlowScript:
    """Plays one story; every method returns the script, so that a story reads as one.

    Args:
        conductor: of the errand under test.
    """

    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._now_s = 0.0
        self._due_s: dict[str, float] = {}
        self._last: tuple[Effect, ...] = ()
        self.all_effects: list[Effect] = []
        started = conductor.start()
        self.situation: Situation = started.situation
        self._keep(started)

    @property
    def state(self) -> Any:
        """Where the errand is."""
        return self.situation.state

    @property
    def session(self) -> Session:
        """Language, look and overlay."""
        return self.situation.session

    @property
    def running(self) -> frozenset[str]:
        """Names of the timers that run."""
        return frozenset(self._due_s)

    def see(self, state: type[Any], **fields: object) -> Self:
        """The errand is in a state, with these values."""
        assert isinstance(self.state, state), f"{state.__name__} expected, {self.state!r} seen"
        for name, value in fields.items():
            seen = getattr(self.state, name)
            assert seen == value, f"{state.__name__}.{name}: {value!r} expected, {seen!r} seen"
        return self

    def covered_by(self, overlay: object) -> Self:
        """This overlay lies over the screen; None for no overlay."""
        assert self.session.overlay == overlay, f"{overlay!r} expected, {self.session.overlay!r}"
        return self

    def do(self, *events: object) -> Self:
        """These events happen, and each is expected."""
        for event in events:
            assert self.hear(event), f"{event!r} is not expected in {self.state!r}"
        return self

    def ignore(self, event: object) -> Self:
        """This event happens, is not expected, and changes nothing."""
        before = self.situation
        assert not self.hear(event), f"{event!r} is expected in {before.state!r}"
        assert self.situation == before
        return self

    def hear(self, event: object) -> bool:
        """This event happens; whether it was expected."""
        if isinstance(event, TimerRang):
            self._due_s.pop(event.name, None)
        outcome = self._conductor.apply(self.situation, event)
        self.situation = outcome.situation
        self._keep(outcome)
        return outcome.expected

    def expect(self, *effects: Effect) -> Self:
        """The last event asked for these, among others."""
        for effect in effects:
            assert effect in self._last, f"{effect!r} expected, {self._last!r} asked for"
        return self

    def expect_none(self, kind: type[Any]) -> Self:
        """The last event asked for nothing of this kind."""
        assert not any(isinstance(effect, kind) for effect in self._last), self._last
        return self

    def wait(self, seconds: float) -> Self:
        """Time passes; timers that fall due ring in their order."""
        end_s = self._now_s + seconds
        while due := min(self._due_s, key=self._due_s.__getitem__, default=""):
            if self._due_s[due] > end_s:
                break
            self._now_s = self._due_s[due]
            self.hear(TimerRang(due))
        self._now_s = end_s
        return self

    def ring_next(self) -> Self:
        """Time passes until the next timer rings."""
        assert self._due_s, f"no timer runs in {self.state!r}"
        return self.wait(min(self._due_s.values()) - self._now_s)

    def count(self, kind: type[Any]) -> int:
        """How many effects of a kind the whole story asked for."""
        return sum(isinstance(effect, kind) for effect in self.all_effects)

    def _keep(self, outcome: Outcome) -> None:
        self._last = outcome.effects
        self.all_effects += outcome.effects
        for effect in outcome.effects:
            if isinstance(effect, StartTimer):
                self._due_s[effect.name] = self._now_s + effect.after_s
            elif isinstance(effect, StopTimer):
                self._due_s.pop(effect.name, None)
