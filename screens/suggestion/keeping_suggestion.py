"""The suggestion is being written down; mostly too quick to be seen."""

from typing import ClassVar

from screens.rating.keeping_rating import KeepingRatingScreen


class KeepingSuggestionScreen(KeepingRatingScreen):
    """One sentence and a light that walks."""

    says: ClassVar = {"title": "suggestion.keeping.title"}
