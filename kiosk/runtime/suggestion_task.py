"""Keeps suggestions, off the runner's thread."""

from collections.abc import Callable
from typing import Any

from kiosk.central.suggestion_box import Suggestion, SuggestionBox
from kiosk.flows.conductor import Situation
from kiosk.flows.effects import Effect
from kiosk.flows.suggestion.effects import KeepSuggestion
from kiosk.flows.suggestion.events import SuggestionKept, SuggestionLost
from kiosk.runtime.service_thread import ServiceThread


class SuggestionTask:
    """Handles the effect of the errand "suggestion".

    Args:
        box: keeps them.
        services: thread for the disk.
        report: takes `SuggestionKept` and `SuggestionLost`.
    """

    def __init__(
        self, box: SuggestionBox, services: ServiceThread, report: Callable[[object], None]
    ) -> None:
        self._box = box
        self._services = services
        self._report = report

    def handles(self) -> frozenset[type[Any]]:
        """Types of its effects."""
        return frozenset({KeepSuggestion})

    def perform(self, effect: Effect, situation: Situation) -> None:
        """Keep a suggestion; returns at once."""
        assert isinstance(effect, KeepSuggestion), "the only one it handles"
        said = Suggestion(
            effect.suggestion_id, effect.text, effect.phone, situation.session.language.value
        )
        self._services.run(lambda: self._keep(said))

    def _keep(self, said: Suggestion) -> None:
        ended = SuggestionKept if self._box.keep(said) else SuggestionLost
        self._report(ended(said.suggestion_id))
