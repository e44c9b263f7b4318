"""A farewell after a query."""

from typing import ClassVar

from kiosk.flows.endorsement.events import NextAsked
from screens import kv
from screens.base import FlowScreen
from screens.widgets import message  # noqa: F401 - named in thanks.kv


class QueryThanksScreen(FlowScreen):
    """Take the slip; goodbye."""

    leaves_by_itself: ClassVar = True
    says: ClassVar = {
        "title": "endorsement.thanks.title",
        "lead": "endorsement.thanks.lead",
        "main_text": "endorsement.thanks.close",
    }

    def report_main(self) -> None:
        """Goodbye."""
        self.report(NextAsked())


kv.load(__file__)
