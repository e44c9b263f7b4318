"""The reader waits for the identity card."""

import math
from collections.abc import Callable
from typing import ClassVar

from kivy.properties import NumericProperty, StringProperty

from kiosk.flows.endorsement.events import BackAsked
from kiosk.flows.endorsement.states import CardTrouble, PlacingIdCard
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, art  # noqa: F401 - named in placing_id_card.kv

FRAME_S = 1 / 12
ROUND_S = 2.4


class PlacingIdCardScreen(FlowScreen):
    """Where to lay the card, what for, and what went wrong the last time."""

    says: ClassVar = {"title": "endorsement.id_card.title"}
    trouble_title = StringProperty("")
    trouble_body = StringProperty("")
    lift = NumericProperty(0.35)
    glow = NumericProperty(0.6)
    _stop: Callable[[], None] | None = None
    _phase = 0.0

    def show(self, view: View) -> None:
        """Draw the purpose and the trouble of the last try, if any."""
        state = view.state
        assert isinstance(state, PlacingIdCard)
        title, body = self._trouble(state.trouble)
        self.trouble_title, self.trouble_body = title, body
        self.lead = "" if title else self.text(f"endorsement.id_card.for_{state.purpose.value}")
        if self._stop is None and self.tools.motion:
            self._stop = self.tools.every(FRAME_S, self._move)

    def _trouble(self, trouble: CardTrouble | None) -> tuple[str, str]:
        if trouble is None:
            return "", ""
        if trouble is CardTrouble.NOT_A_CITIZEN:
            return self.text("endorsement.not_a_citizen.title"), self.text(
                "endorsement.not_a_citizen.body"
            )
        key = f"apply.card_trouble.{trouble.value}"
        return self.text(f"{key}.title"), self.text(f"{key}.body")

    def left(self) -> None:
        """Stop moving."""
        if self._stop is not None:
            self._stop()
            self._stop = None

    def _move(self) -> None:
        self._phase = (self._phase + FRAME_S / ROUND_S) % 1.0
        self.lift = 0.5 + 0.5 * math.cos(2 * math.pi * self._phase)
        self.glow = 1.0 - self.lift

    def report_back(self) -> None:
        """To the choice of purpose."""
        self.report(BackAsked())


kv.load(__file__)
