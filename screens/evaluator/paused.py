"""The window is closed, or the terminal itself is ill."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.evaluator.states import Paused
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import message  # noqa: F401 - named in paused.kv


class PausedScreen(FlowScreen):
    """Where else to go; for staff, what is missing."""

    says: ClassVar = {"title": "evaluator.paused.title", "lead": "evaluator.paused.body"}
    reasons = StringProperty("")

    def show(self, view: View) -> None:
        """List for staff what is missing."""
        state = view.state
        assert isinstance(state, Paused)
        names = [self.text(reason) for reason in state.reasons]
        self.reasons = (
            self.text(
                "evaluator.paused.staff",
                machine=view.machine.machine_name,
                reasons=self.text("evaluator.paused.separator").join(names),
            )
            if names
            else ""
        )


kv.load(__file__)
