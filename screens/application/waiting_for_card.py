"""The reader waits for an identity card."""

import math
from collections.abc import Callable
from typing import ClassVar

from kivy.properties import NumericProperty, StringProperty

from kiosk.flows.application.events import EnquiryTicketAsked
from kiosk.flows.application.states import CardTrouble, WaitingForCard
from kiosk.flows.times import CARD_TRIES_BEFORE_WINDOW
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, art  # noqa: F401 - named in waiting_for_card.kv

FRAME_S = 1 / 12
"""Slow enough for software drawing, quick enough to be seen as movement."""
ROUND_S = 2.4


class WaitingForCardScreen(FlowScreen):
    """Where to lay the card, and what went wrong the last time."""

    says: ClassVar = {"title": "apply.card.title"}
    trouble_title = StringProperty("")
    trouble_body = StringProperty("")
    lift = NumericProperty(0.35)
    glow = NumericProperty(0.6)
    _stop: Callable[[], None] | None = None
    _phase = 0.0

    def show(self, view: View) -> None:
        """Draw the trouble of the last try, if any."""
        state = view.state
        assert isinstance(state, WaitingForCard)
        trouble = state.trouble
        key = f"apply.card_trouble.{trouble.value}" if trouble else ""
        self.trouble_title = self.text(f"{key}.title") if key else ""
        self.trouble_body = self.text(f"{key}.body") if key else ""
        self.lead = "" if key else self.text("apply.card.lead")
        tired = state.tries >= CARD_TRIES_BEFORE_WINDOW or trouble is CardTrouble.READER_AWAY
        self.second_text = self.text("apply.card.enquiry_ticket") if tired else ""
        if self._stop is None and self.tools.motion:
            self._stop = self.tools.every(FRAME_S, self._move)

    def left(self) -> None:
        """Stop moving."""
        if self._stop is not None:
            self._stop()
            self._stop = None

    def _move(self) -> None:
        self._phase = (self._phase + FRAME_S / ROUND_S) % 1.0
        self.lift = 0.5 + 0.5 * math.cos(2 * math.pi * self._phase)
        self.glow = 1.0 - self.lift

    def report_second(self) -> None:
        """A ticket for the enquiry window."""
        self.report(EnquiryTicketAsked(self.tools.new_visit_id()))


kv.load(__file__)
