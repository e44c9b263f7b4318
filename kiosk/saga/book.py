"""One transaction's rows being written: the journal first, then what is known."""

from collections.abc import Mapping
from typing import Any

from kiosk.saga.journal import Journal
from kiosk.saga.rows import Entry, Phase, Step
from kiosk.saga.state import State, fold


class Book:
    """Writes rows of one transaction and keeps their sum.

    Args:
        journal: of the machine.
        saga: id of the transaction.
    """

    def __init__(self, journal: Journal, saga: str) -> None:
        self._journal = journal
        self.saga = saga
        self.state: State = fold(saga, journal.rows(saga))

    def write(
        self,
        step: Step,
        phase: Phase,
        key: str = "",
        *,
        private: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        """Write a row; it is durable, and part of the state, when this returns.

        Args:
            step: what it is about.
            phase: how far it is known to be.
            key: of a payment or case.
            private: facts of a person; sealed.
            facts: codes, amounts, ids.

        Raises:
            StorageError: it was not written; nothing may be done that it should have recorded.
        """
        entry = Entry(self.saga, step, phase, key, facts, private or {})
        self.state.apply(self._journal.append(entry))
