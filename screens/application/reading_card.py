"""A card lies on the reader and is being read; it must not be moved."""

from typing import ClassVar

from screens import kv
from screens.base import FlowScreen
from screens.widgets import art, working  # noqa: F401 - named in reading_card.kv
from screens.widgets.working import Moving


class ReadingCardScreen(Moving, FlowScreen):
    """Please wait, do not move the card."""

    says: ClassVar = {"title": "apply.reading.title", "lead": "apply.reading.lead"}


kv.load(__file__)
