"""Puts a machine's own questions and keeps answers, off the runner's thread."""

from collections.abc import Callable
from typing import Any, Protocol

from kiosk.central.rating_messages import Answer, OwnCase
from kiosk.domain.rating_question import Question
from kiosk.errors import StorageError
from kiosk.flows.conductor import Situation
from kiosk.flows.effects import Effect
from kiosk.flows.rating.effects import AskForRating, KeepRating, NoteAnswered
from kiosk.flows.rating.events import RatingAsked, RatingKept, RatingLost
from kiosk.runtime.service_thread import ServiceThread


class Book(Protocol):
    """The part of the rating book that effects need."""

    def own_question(self, case: OwnCase) -> Question | None:
        """Ask about a case of the machine's own."""

    def touched(self, request_id: str) -> None:
        """Note when a face was touched."""

    def keep(self, answer: Answer) -> bool:
        """Write an answer down."""


class RatingTask:
    """Handles the effects of the errand "rate".

    Args:
        book: questions and answers.
        services: thread for the disk.
        report: takes `RatingAsked`, `RatingKept` and `RatingLost`.
    """

    def __init__(
        self, book: Book, services: ServiceThread, report: Callable[[object], None]
    ) -> None:
        self._book = book
        self._services = services
        self._report = report

    def handles(self) -> frozenset[type[Any]]:
        """Types of its effects."""
        return frozenset({AskForRating, NoteAnswered, KeepRating})

    def perform(self, effect: Effect, situation: Situation) -> None:
        """Start what an effect asks for; returns at once."""
        if isinstance(effect, NoteAnswered):
            # Here and now: the moment of the touch is what matters.
            self._book.touched(effect.request_id)
        elif isinstance(effect, AskForRating):
            case = OwnCase(effect.kind, effect.case_id, effect.services)
            self._services.run(lambda: self._ask(case))
        elif isinstance(effect, KeepRating):
            answer = Answer(
                effect.request_id,
                effect.level,
                effect.reasons,
                effect.phone,
                situation.session.language.value,
            )
            self._services.run(lambda: self._keep(answer))

    def _ask(self, case: OwnCase) -> None:
        try:
            question = self._book.own_question(case)
        except StorageError:
            return  # the health watch takes the machine out
        if question is not None:
            self._report(RatingAsked(question))

    def _keep(self, answer: Answer) -> None:
        kept = self._book.keep(answer)
        self._report((RatingKept if kept else RatingLost)(answer.request_id))
