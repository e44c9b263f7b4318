"""What central last gave of one kind, kept for when it is away."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from kiosk.central.answer import Answered, Outcome
from kiosk.central.contract import Model
from kiosk.central.link import LinkState
from kiosk.clock import Clock
from kiosk.storage import Storage, write_note

M = TypeVar("M", bound=Model)

_REFRESH_S = 600.0
_RETRY_S = 15.0


@dataclass(frozen=True, slots=True)
class Keeping:
    """What keeping takes.

    Args:
        storage: of the machine.
        link: told how each call ended.
        clock: for the pause between looks.
    """

    storage: Storage
    link: LinkState
    clock: Clock


class LastGood(Generic[M]):
    """Keeps the last answer to one question; `keep` is an errand of a courier.

    Args:
        note: name of the answer in the machine's records.
        model: of the answer.
        ask: asks central.
        keeping: what it takes.
    """

    def __init__(
        self, note: str, model: type[M], ask: Callable[[], Outcome[M]], keeping: Keeping
    ) -> None:
        self._note = note
        self._model = model
        self._ask = ask
        self._keeping = keeping
        self._lock = threading.Lock()
        self._asked_s: float | None = None
        self._current = self._kept()

    def current(self) -> M | None:
        """The last answer; None when central never gave one."""
        return self._current

    def ask_anew(self) -> None:
        """There is another one by now: the next `keep` asks for it; wake the courier as well."""
        self._asked_s = None

    def keep(self) -> float:
        """Ask when it is time; returns seconds until it is again.

        While central is away it is asked more often: that is how its return is noticed.
        """
        with self._lock:
            left_s = self._left_s()
            if left_s > 0:
                return left_s
            self._asked_s = self._keeping.clock.monotonic_s()
            outcome = self._ask()
            self._keeping.link.saw(outcome)
            if isinstance(outcome, Answered):
                with self._keeping.storage.transaction() as db:
                    write_note(db, self._note, outcome.value.model_dump_json())
                self._current = outcome.value
            return self._left_s()

    def _left_s(self) -> float:
        asked_s = self._asked_s
        if asked_s is None:
            return 0.0
        pause_s = _RETRY_S if self._keeping.link.away or self._current is None else _REFRESH_S
        return asked_s + pause_s - self._keeping.clock.monotonic_s()

    def _kept(self) -> M | None:
        text = self._keeping.storage.note(self._note)
        try:
            return self._model.model_validate_json(text) if text else None
        except ValidationError:
            return None  # written by other software; central will give it anew
