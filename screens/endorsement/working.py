"""The machine works and the person waits."""

from collections.abc import Mapping
from typing import Any, ClassVar

from kivy.properties import StringProperty

from kiosk.flows.endorsement import states
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import message, working  # noqa: F401 - named in working.kv
from screens.widgets.working import Moving

_SAID: Mapping[type[Any], tuple[str, str]] = {
    states.Starting: ("starting", "card"),
    states.ReadingIdCard: ("reading", "card"),
    states.OpeningChip: ("chip", "passport"),
    states.LookingUp: ("looking_up", "list"),
    states.Approving: ("approving", "list"),
    states.CheckingPayment: ("payment", "note"),
    states.TurningBack: ("turning_back", "card"),
    states.PrintingSlip: ("slip", "ticket"),
    states.ReprintingSlip: ("slip", "ticket"),
}
"""What is said while it works, and the sign beside it."""


class WorkingScreen(Moving, FlowScreen):
    """What is being done, and that nothing is asked of the person."""

    says: ClassVar = {}
    icon = StringProperty("")

    def show(self, view: View) -> None:
        """Say what is being done."""
        super().show(view)
        name, self.icon = _SAID[type(view.state)]
        self.title = self.text(f"endorsement.working.{name}.title")
        self.lead = self.text(f"endorsement.working.{name}.lead")


kv.load(__file__)
