"""The machine cannot serve; it comes back by itself."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.endorsement.states import OutOfService
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.endorsement.wording import joined
from screens.widgets import message  # noqa: F401 - named in out_of_service.kv


class PermitOutOfServiceScreen(FlowScreen):
    """Where citizens go instead, and for staff what is missing."""

    says: ClassVar = {
        "title": "endorsement.out_of_service.title",
        "lead": "endorsement.out_of_service.lead",
    }
    reasons = StringProperty("")

    def show(self, view: View) -> None:
        """List for staff what is missing."""
        state = view.state
        assert isinstance(state, OutOfService)
        assert self.speech is not None
        names = [self.text(reason) for reason in state.reasons]
        self.reasons = self.text(
            "endorsement.out_of_service.staff",
            machine=view.machine.machine_name,
            reasons=joined(names, self.speech),
        )


kv.load(__file__)
