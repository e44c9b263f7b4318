"""The mouth waits for the permit."""

import math
from typing import ClassVar

from kivy.properties import NumericProperty

from kiosk.flows.endorsement.states import InsertingPermit
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, permit_art  # noqa: F401 - named in inserting_permit.kv
from screens.widgets.working import Moving


class InsertingPermitScreen(Moving, FlowScreen):
    """Which way up it goes in, and why the last card came back."""

    says: ClassVar = {
        "title": "endorsement.insert.title",
        "lead": "endorsement.insert.lead",
    }
    round_s: ClassVar = 2.8
    out = NumericProperty(0.85)

    def show(self, view: View) -> None:
        """Draw the trouble of the last card, if any."""
        super().show(view)
        state = view.state
        assert isinstance(state, InsertingPermit)
        self.tell_trouble(f"endorsement.insert_trouble.{state.trouble}" if state.trouble else "")

    def on_phase(self, _screen: object, phase: float) -> None:
        """Move the card into the mouth and out again."""
        self.out = 0.65 + 0.35 * math.cos(2 * math.pi * phase)


kv.load(__file__)
