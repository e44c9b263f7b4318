"""The card is in the mouth."""

import math
from collections.abc import Callable
from typing import ClassVar

from kivy.properties import NumericProperty, StringProperty

from kiosk.flows.endorsement.states import TakingCard
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, permit_art  # noqa: F401 - named in taking_card.kv

FRAME_S = 1 / 12
ROUND_S = 1.8


class TakingCardScreen(FlowScreen):
    """Take it, and how long it waits."""

    says: ClassVar = {"title": "endorsement.take.title"}
    seconds_text = StringProperty("")
    seconds = NumericProperty(0)
    out = NumericProperty(0.85)
    _stops: tuple[Callable[[], None], ...] = ()
    _told: TakingCard | None = None
    _phase = 0.0

    def show(self, view: View) -> None:
        """Count down from when the card came."""
        state = view.state
        assert isinstance(state, TakingCard)
        self.lead = self.text("endorsement.take.made" if state.made else "endorsement.take.as_was")
        if state is not self._told:
            self._told, self.seconds = state, math.ceil(state.limit_s)
        self._say()
        if not self._stops:
            self._stops = (self.tools.every(1.0, self._tick),)
            if self.tools.motion:
                self._stops += (self.tools.every(FRAME_S, self._move),)

    def left(self) -> None:
        """Stop counting."""
        for stop in self._stops:
            stop()
        self._stops, self._told = (), None

    def _tick(self) -> None:
        self.seconds = max(1, self.seconds - 1)
        self._say()

    def _say(self) -> None:
        self.seconds_text = self.text("endorsement.take.within", n=int(self.seconds))

    def _move(self) -> None:
        self._phase = (self._phase + FRAME_S / ROUND_S) % 1.0
        self.out = 0.55 + 0.4 * self._phase


kv.load(__file__)
