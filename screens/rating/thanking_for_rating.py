"""The answer is safe, and the person is thanked."""

from typing import ClassVar

from kiosk.flows.rating.states import ThankingForRating
from kiosk.runtime.view import View
from screens import kv
from screens.rating.rating_screen import RatingPicture
from screens.widgets import message  # noqa: F401 - named in thanking_for_rating.kv


class ThankingForRatingScreen(RatingPicture):
    """Thank you; the same thanks for every answer."""

    says: ClassVar = {"title": "rate.thanks.title"}

    def show(self, view: View) -> None:
        """Say what becomes of it."""
        state = view.state
        assert isinstance(state, ThankingForRating)
        self.lead = self.text("rate.thanks.called" if state.called else "rate.thanks.body")


kv.load(__file__)
