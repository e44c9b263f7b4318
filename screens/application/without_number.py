"""No number could be had; the application is kept and the person is sent to the desk."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.application.events import NextAsked
from kiosk.flows.application.states import WithoutNumber
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import message, panel  # noqa: F401 - named in without_number.kv


class WithoutNumberScreen(FlowScreen):
    """Where to go, and the code under which the application is kept."""

    leaves_by_itself: ClassVar = True
    says: ClassVar = {
        "title": "apply.without_number.title",
        "main_text": "apply.without_number.close",
        "reference_label": "apply.without_number.reference",
    }
    reason = StringProperty("")
    reference = StringProperty("")
    reference_label = StringProperty("")

    def show(self, view: View) -> None:
        """Say why and where to go."""
        state = view.state
        assert isinstance(state, WithoutNumber)
        assert self.speech is not None
        self.reason = self.speech.say(state.reason)
        self.reference = state.reference

    def report_main(self) -> None:
        """Understood."""
        self.report(NextAsked())


kv.load(__file__)
