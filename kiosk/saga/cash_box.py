"""What lies in the cash box, by the journal: every note that was stacked since it was emptied."""

from kiosk.central.contract.payments import Means
from kiosk.saga.journal import Journal
from kiosk.saga.rows import Entry, Phase, Row, Step

SAGA = "cash-box"
"""Counts are nobody's transaction; they stand under this id."""


def held_fen(journal: Journal) -> int:
    """Sum of the notes since the last count; a note whose end is unknown is a case, not a sum.

    Args:
        journal: of the machine.

    Raises:
        StorageError: it cannot be read.
    """
    counts = journal.about(Step.CASH_BOX)
    rows = journal.about(Step.PAYMENT, after_seq=counts[-1].seq if counts else 0)
    offered = {(row.saga, row.key): row for row in rows if row.phase is Phase.INTENT}
    return sum(
        _note_fen(offered.get((row.saga, row.key)) or _intent(journal, row))
        for row in rows
        if row.phase is Phase.DONE
    )


def counted(journal: Journal, counted_fen: int, operator: str) -> int:
    """Record that the box was emptied and what was counted; the next sum begins at nothing.

    Args:
        journal: of the machine.
        counted_fen: what staff counted.
        operator: number of who counted.

    Returns:
        What the journal says the box held.

    Raises:
        StorageError: it was not recorded.
    """
    expected_fen = held_fen(journal)
    journal.append(
        Entry(
            SAGA,
            Step.CASH_BOX,
            Phase.FACT,
            facts={
                "counted_fen": counted_fen,
                "expected_fen": expected_fen,
                "operator": operator,
            },
        )
    )
    return expected_fen


def _intent(journal: Journal, done: Row) -> Row | None:
    """The intent of a payment that stands before the last count."""
    for row in journal.rows(done.saga):
        if (row.step, row.phase, row.key) == (Step.PAYMENT, Phase.INTENT, done.key):
            return row
    return None


def _note_fen(intent: Row | None) -> int:
    cash = intent is not None and intent.facts.get("means") == Means.CASH.value
    return int(intent.facts["amount_fen"]) if intent and cash else 0
