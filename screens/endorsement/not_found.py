"""Central has nothing, or does not answer."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.endorsement.events import NextAsked
from kiosk.flows.endorsement.states import NotFound
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import message  # noqa: F401 - named in not_found.kv


class NotFoundScreen(FlowScreen):
    """Why, and what to do."""

    says: ClassVar = {
        "title": "endorsement.nothing.title",
        "main_text": "endorsement.nothing.close",
    }
    reason = StringProperty("")

    def show(self, view: View) -> None:
        """Say why."""
        state = view.state
        assert isinstance(state, NotFound)
        self.reason = self.text(state.reason)

    def report_main(self) -> None:
        """Understood."""
        self.report(NextAsked())


kv.load(__file__)
