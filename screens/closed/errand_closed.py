"""What was touched cannot be done here now."""

from typing import ClassVar

from kiosk.flows.closed.events import ClosedRead
from kiosk.flows.closed.states import ErrandClosed
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.closed.wording import why
from screens.widgets import message  # noqa: F401 - named in errand_closed.kv


class ErrandClosedScreen(FlowScreen):
    """Why, that nothing has begun, and where to go; one button back to what works."""

    says: ClassVar = {"main_text": "closed.others"}

    def show(self, view: View) -> None:
        """Name the errand and what is missing."""
        state = view.state
        assert isinstance(state, ErrandClosed)
        assert self.speech is not None
        closed = state.closed
        name = self.text(f"closed.errand.{closed.errand}")
        self.title = self.text("closed.title", errands=name)
        self.lead = self.text("closed.page", why=why(closed.reasons, self.speech))

    def report_main(self) -> None:
        """What else is there?"""
        self.report(ClosedRead())


kv.load(__file__)
