"""The screens of the errand "suggestion"."""

from collections.abc import Mapping
from typing import Any

from kiosk.flows.suggestion import states
from screens.gallery import Pictures

SCREENS: Mapping[type[Any], str] = {
    states.WritingSuggestion: "writing_suggestion.WritingSuggestionScreen",
    states.LeavingContact: "leaving_contact.LeavingContactScreen",
    states.KeepingSuggestion: "keeping_suggestion.KeepingSuggestionScreen",
    states.SuggestionEnded: "suggestion_ended.SuggestionEndedScreen",
}
"""Every state of the errand and, as `module.Class` in screens.suggestion, its screen."""

PICTURES = Pictures("screens.suggestion", SCREENS)
