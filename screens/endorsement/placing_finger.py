"""The finger reader waits."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.endorsement.events import WindowAsked
from kiosk.flows.endorsement.states import PlacingFinger
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, message  # noqa: F401 - named in placing_finger.kv


class PlacingFingerScreen(FlowScreen):
    """What to do with the finger, and what was wrong with the last print."""

    says: ClassVar = {
        "lead": "endorsement.finger.lead",
        "second_text": "endorsement.proof.window",
    }
    trouble = StringProperty("")

    def show(self, view: View) -> None:
        """Draw what to do now."""
        state = view.state
        assert isinstance(state, PlacingFinger)
        self.title = self.text(f"endorsement.finger_guidance.{state.guidance}")
        self.trouble = (
            self.text(f"endorsement.finger_trouble.{state.trouble}") if state.trouble else ""
        )

    def report_second(self) -> None:
        """To a window instead."""
        self.report(WindowAsked())


kv.load(__file__)
