"""Events of the errand "suggestion"."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SuggestionAsked:
    """The visitor wants to say something to the hall.

    Args:
        suggestion_id: made by whoever reports the touch.
    """

    suggestion_id: str


@dataclass(frozen=True, slots=True)
class SuggestionTyped:
    """The visitor typed; sent with every key stroke.

    Args:
        text: of the field that is open, the whole of it.
    """

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SuggestionKept:
    """A suggestion is durable."""

    suggestion_id: str


@dataclass(frozen=True, slots=True)
class SuggestionLost:
    """A suggestion could not be written down."""

    suggestion_id: str


CITIZEN_EVENTS: frozenset[type[Any]] = frozenset({SuggestionAsked, SuggestionTyped})
"""What the visitor does; the rest comes from the machine."""
