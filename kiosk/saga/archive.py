"""Old transactions move out of the live journal into files by year, and one chain runs through all.

Only the beginning of the journal moves, up to a row before which every transaction is closed. What
moves is durable in its file before it goes from the journal, so that a death in between leaves it
in both, and the next try ends it. Amounts and codes stay readable; what was sealed of a person was
shredded when its transaction was closed, and moves as the bytes that the chain is made over.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import groupby
from pathlib import Path

from kiosk.central.contract.payments import Means
from kiosk.errors import StorageError
from kiosk.saga.journal import Journal, chained, row_of
from kiosk.saga.journal_tables import COLUMNS, KEEPS, ROWS, STAYS
from kiosk.saga.rows import BEFORE_THE_FIRST, Head, Phase, Row, Step
from kiosk.storage import Migration, Storage

MIGRATIONS: tuple[Migration, ...] = ((ROWS, KEEPS, STAYS),)
MOST_ROWS = 2000
"""Looked at in one go: a citizen may come at any moment."""


def archive(journal: Journal, before: datetime) -> int:
    """Move what is old and finished; may be repeated, and may die at any moment.

    Args:
        journal: live, at rest.
        before: rows of this moment and later stay.

    Returns:
        How many rows have moved.

    Raises:
        StorageError: a file cannot be written, or holds other rows of these numbers.
    """
    rows = journal.first(MOST_ROWS)
    moving = rows[: _last_to_move(journal, rows, before)]
    if not moving:
        return 0
    for path, some in groupby(moving, key=lambda row: _file(journal.folder, row)):
        with closing(Storage(path, MIGRATIONS)) as file:
            _keep(file, list(some))
    journal.let_go(Head(moving[-1]["seq"], moving[-1]["chain"]))
    return len(moving)


def archived(folder: Path) -> Iterator[sqlite3.Row]:
    """Every row that has moved, in order.

    Args:
        folder: of the journal.

    Raises:
        StorageError: a file cannot be read.
    """
    rows: list[sqlite3.Row] = []
    for path in folder.glob(_NAME.format("*")):
        with closing(Storage(path, MIGRATIONS)) as file:
            rows += file.rows("SELECT * FROM journal")
    yield from sorted(rows, key=lambda row: int(row["seq"]))


def verify(journal: Journal) -> int | None:
    """Check the chain from the first row ever to where the live journal begins.

    Args:
        journal: whose archive it is.

    Returns:
        Number of the first row that is missing or not as it was written; None when all are.
    """
    seq, chain = 0, BEFORE_THE_FIRST
    for row in archived(journal.folder):
        if seq == journal.base.seq:
            # A death between the two files left it in both; the live one counts.
            break
        seq += 1
        chain = chained(chain, row)
        if row["seq"] != seq or row["chain"] != chain:
            return seq
    return None if Head(seq, chain) == journal.base else seq + 1


_NAME = "journal-{}.sqlite"


def _file(folder: Path, row: sqlite3.Row) -> Path:
    return folder / _NAME.format(datetime.fromisoformat(row["at"]).year)


def _last_to_move(journal: Journal, rows: Sequence[sqlite3.Row], before: datetime) -> int:
    """How many of the first rows may go; the cash box is summed from its last count on."""
    counts = journal.about(Step.CASH_BOX)
    counted_seq = counts[-1].seq if counts else 0
    live = set(journal.live())
    unfinished: set[str] = set()
    moving = 0
    for place, raw in enumerate(rows, 1):
        row = row_of(raw)
        if row.at >= before or row.saga in live or row.seq == counted_seq:
            break
        if row.seq > counted_seq and _is_note(row):
            break
        if row.step is Step.CLOSED:
            unfinished.discard(row.saga)
        elif row.step is not Step.CASH_BOX:
            unfinished.add(row.saga)
        moving = moving if unfinished else place
    return moving


def _is_note(row: Row) -> bool:
    is_money = row.step is Step.PAYMENT and row.phase is Phase.INTENT
    return is_money and row.facts.get("means") == Means.CASH.value


def _keep(file: Storage, rows: Sequence[sqlite3.Row]) -> None:
    places = ", ".join("?" * len(COLUMNS))
    with file.transaction() as db:
        for row in rows:
            db.execute(
                f"INSERT OR IGNORE INTO journal({', '.join(COLUMNS)}) VALUES ({places})",  # noqa: S608 - constants
                tuple(row[name] for name in COLUMNS),
            )
            there = db.execute("SELECT chain FROM journal WHERE seq = ?", (row["seq"],)).fetchone()
            if there["chain"] != row["chain"]:
                msg = f"the archive holds another row {row['seq']}"
                raise StorageError(msg)
