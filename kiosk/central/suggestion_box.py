"""Suggestions on their way to central: sealed and durable before anybody is thanked."""

from dataclasses import dataclass, field

from pydantic import ValidationError

from kiosk.central.contract.suggestions import SuggestionIn
from kiosk.central.desk_parts import DeskParts
from kiosk.central.outbox import Message
from kiosk.errors import StorageError

SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What somebody wrote.

    Args:
        suggestion_id: the same however often it is handed in.
        text: their words.
        phone: to be answered at, or empty.
        language: that they read.
    """

    suggestion_id: str
    text: str = field(repr=False)
    phone: str = field(repr=False)
    language: str


class SuggestionBox:
    """Of one machine; the outbox delivers each under one key, so that it arrives once.

    Args:
        parts: what the durable side works with.
    """

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts

    def keep(self, said: Suggestion) -> bool:
        """Write a suggestion down; durable when this returns True.

        Returns:
            Whether it is kept, now or already; False when the machine's records take no writes,
            or when its clock makes no sense to central.
        """
        parts = self._parts
        try:
            if parts.outbox.state_of(said.suggestion_id, SUGGESTION) is not None:
                return True
            message = self._message(said)
            with parts.storage.transaction() as db:
                parts.outbox.add(db, message, parts.clock.today())
                parts.record(db, "suggestion_kept", {"suggestion": said.suggestion_id})
        except (StorageError, ValidationError):
            return False
        parts.wake()
        return True

    def _message(self, said: Suggestion) -> Message:
        body = SuggestionIn(
            suggestion_id=said.suggestion_id,
            machine_id=self._parts.machine.machine_id,
            hall_id=self._parts.machine.hall_id,
            made_at=self._parts.clock.now(),
            language=said.language,
            text=said.text,
            phone=said.phone or None,
        )
        sent = body.model_dump_json().encode()
        return Message(said.suggestion_id, SUGGESTION, "/v1/suggestions", sent)
