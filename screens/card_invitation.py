"""What every screen shows that waits for an identity card."""

import math
from collections.abc import Callable

from kivy.properties import NumericProperty, StringProperty

from kiosk.flows.application.states import CardTrouble
from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, art  # noqa: F401 - named in card_invitation.kv

FRAME_S = 1 / 12
"""Slow enough for software drawing, quick enough to be seen as movement."""
ROUND_S = 2.4


class CardInvitation(FlowScreen):
    """Where to lay the card, and what went wrong the last time."""

    trouble_title = StringProperty("")
    trouble_body = StringProperty("")
    lift = NumericProperty(0.35)
    glow = NumericProperty(0.6)
    _stop: Callable[[], None] | None = None
    _phase = 0.0

    def invite(self, lead: str, trouble: CardTrouble | None) -> None:
        """Draw the invitation and let the card move.

        Args:
            lead: what the card is read for; gives way to trouble.
            trouble: of the last try, None in the first.
        """
        key = f"apply.card_trouble.{trouble.value}" if trouble else ""
        self.trouble_title = self.text(f"{key}.title") if key else ""
        self.trouble_body = self.text(f"{key}.body") if key else ""
        self.lead = "" if key else lead
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


kv.load(__file__)
