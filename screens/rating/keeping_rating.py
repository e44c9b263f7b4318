"""The answer is being written down; mostly too quick to be seen."""

from typing import ClassVar

from screens import kv
from screens.rating.rating_screen import RatingPicture
from screens.widgets import message, working  # noqa: F401 - named in keeping_rating.kv
from screens.widgets.working import Moving


class KeepingRatingScreen(Moving, RatingPicture):
    """One sentence and a light that walks."""

    says: ClassVar = {"title": "rate.keeping.title"}


kv.load(__file__)
