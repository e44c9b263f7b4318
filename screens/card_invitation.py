"""What every screen shows that waits for an identity card."""

import math
from typing import ClassVar

from kivy.properties import NumericProperty, StringProperty

from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, art  # noqa: F401 - named in card_invitation.kv
from screens.widgets.working import Moving


class CardInvitation(Moving, FlowScreen):
    """Where to lay the card, and what went wrong the last time."""

    round_s: ClassVar = 2.4
    lead_role = StringProperty("body")
    lift = NumericProperty(0.35)
    glow = NumericProperty(0.6)

    def invite(self, lead: str, trouble: str) -> None:
        """Draw the invitation and let the card move.

        Args:
            lead: what the card is read for; gives way to trouble.
            trouble: of the last try, as `tell_trouble` takes it; empty in the first.
        """
        self.tell_trouble(trouble)
        self.lead = "" if trouble else lead
        self.begin_moving()

    def on_phase(self, _screen: object, phase: float) -> None:
        """Lift the card and lay it down."""
        self.lift = 0.5 + 0.5 * math.cos(2 * math.pi * phase)
        self.glow = 1.0 - self.lift


def reader_trouble(trouble: str | None) -> str:
    """Key of what to say about a card that was not read."""
    return f"apply.card_trouble.{trouble}" if trouble else ""


kv.load(__file__)
