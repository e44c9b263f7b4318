"""What the errand "suggestion" asks of the machine."""

from dataclasses import dataclass, field

from kiosk.flows.effects import Effect


@dataclass(frozen=True, slots=True)
class KeepSuggestion(Effect):
    """Write a suggestion down for central; answers with `SuggestionKept` or `SuggestionLost`.

    Args:
        suggestion_id: the same in every try.
        text: what was written.
        phone: to be answered at, or empty.
    """

    suggestion_id: str
    text: str = field(repr=False)
    phone: str = field(default="", repr=False)
