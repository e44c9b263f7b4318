"""The machine could not write the answer down, and says so instead of thanking."""

from typing import ClassVar

from kiosk.flows.rating.events import ApologyRead
from screens import kv
from screens.rating.rating_screen import RatingPicture
from screens.widgets import message  # noqa: F401 - named in rating_not_kept.kv


class RatingNotKeptScreen(RatingPicture):
    """Sorry, and where else one can rate."""

    says: ClassVar = {
        "title": "rate.lost.title",
        "lead": "rate.lost.body",
        "main_text": "rate.lost.close",
    }
    leaves_by_itself: ClassVar = True

    def report_main(self) -> None:
        """Read."""
        self.report(ApologyRead())


kv.load(__file__)
