"""A visitor's card lies on the reader and is being read."""

from screens.application.reading_card import ReadingCardScreen


class ReadingHolderScreen(ReadingCardScreen):
    """The same for every purpose: please wait, do not move the card."""
