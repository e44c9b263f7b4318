"""The mouth waits for the permit."""

import math
from collections.abc import Callable
from typing import ClassVar

from kivy.properties import NumericProperty, StringProperty

from kiosk.flows.endorsement.states import InsertingPermit
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, permit_art  # noqa: F401 - named in inserting_permit.kv

FRAME_S = 1 / 12
ROUND_S = 2.8


class InsertingPermitScreen(FlowScreen):
    """Which way up it goes in, and why the last card came back."""

    says: ClassVar = {
        "title": "endorsement.insert.title",
        "lead": "endorsement.insert.lead",
    }
    trouble_title = StringProperty("")
    trouble_body = StringProperty("")
    out = NumericProperty(0.85)
    _stop: Callable[[], None] | None = None
    _phase = 0.0

    def show(self, view: View) -> None:
        """Draw the trouble of the last card, if any."""
        state = view.state
        assert isinstance(state, InsertingPermit)
        key = f"endorsement.insert_trouble.{state.trouble}" if state.trouble else ""
        self.trouble_title = self.text(f"{key}.title") if key else ""
        self.trouble_body = self.text(f"{key}.body") if key else ""
        if self._stop is None and self.tools.motion:
            self._stop = self.tools.every(FRAME_S, self._move)

    def left(self) -> None:
        """Stop moving."""
        if self._stop is not None:
            self._stop()
            self._stop = None

    def _move(self) -> None:
        self._phase = (self._phase + FRAME_S / ROUND_S) % 1.0
        self.out = 0.65 + 0.35 * math.cos(2 * math.pi * self._phase)


kv.load(__file__)
