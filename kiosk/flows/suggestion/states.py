"""States of the errand "suggestion"."""

from dataclasses import dataclass, field

from kiosk.forms.views import FieldView


@dataclass(frozen=True, slots=True)
class WritingSuggestion:
    """The visitor writes what they want to say.

    Args:
        suggestion_id: the same however often it is handed in.
        field: what was written so far.
    """

    suggestion_id: str
    field: FieldView


@dataclass(frozen=True, slots=True)
class LeavingContact:
    """The visitor may leave a number for an answer; nobody has to.

    Args:
        suggestion_id: of the suggestion.
        text: what they wrote.
        field: the number so far.
    """

    suggestion_id: str
    text: str = field(repr=False)
    field: FieldView


@dataclass(frozen=True, slots=True)
class KeepingSuggestion:
    """The suggestion is being written down.

    Args:
        suggestion_id: of the suggestion.
    """

    suggestion_id: str


@dataclass(frozen=True, slots=True)
class SuggestionEnded:
    """The visitor reads that it is safe, or that it could not be kept.

    Args:
        suggestion_id: of the suggestion.
        kept: whether it is durable.
    """

    suggestion_id: str
    kept: bool


State = WritingSuggestion | LeavingContact | KeepingSuggestion | SuggestionEnded
