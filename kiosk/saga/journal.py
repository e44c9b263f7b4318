"""The journal: append only, durable when a call returns, chained, personal facts sealed.

Its file stands beside the machine's other records and in their manner (`kiosk.storage`): WAL with
`synchronous=FULL`. Every other mode lost committed rows in simulated power cuts (reliability facts
1.7), and a lost intent is a second charge or a second chip record.
"""

import json
import sqlite3
import threading
from datetime import datetime
from typing import Any

from kiosk.cipher import FieldCipher, Place, SealedField
from kiosk.clock import Clock
from kiosk.errors import StorageError
from kiosk.saga.rows import (
    BEFORE_THE_FIRST,
    Entry,
    Head,
    Phase,
    Row,
    Step,
    as_text,
    chain_of,
)
from kiosk.storage import Migration, Storage

MIGRATIONS: tuple[Migration, ...] = (
    (
        "CREATE TABLE notes(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE journal(
            seq INTEGER PRIMARY KEY,
            saga TEXT NOT NULL,
            step TEXT NOT NULL,
            phase TEXT NOT NULL,
            key TEXT NOT NULL,
            facts TEXT NOT NULL,
            sealed BLOB,
            at TEXT NOT NULL,
            chain TEXT NOT NULL)""",
        """CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal
            BEGIN SELECT raise(ABORT, 'the journal is append only'); END""",
        """CREATE TRIGGER journal_stays BEFORE DELETE ON journal
            BEGIN SELECT raise(ABORT, 'the journal is append only'); END""",
        """CREATE TABLE data_keys(
            seq INTEGER PRIMARY KEY REFERENCES journal(seq),
            saga TEXT NOT NULL,
            data_key BLOB NOT NULL)""",
        "CREATE INDEX data_keys_by_saga ON data_keys(saga)",
        "CREATE TABLE live(saga TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID",
    ),
)
"""`data_keys` and `live` follow from the journal: keys go when a transaction is closed, which
shreds what they sealed wherever copies of it may lie; `live` names those that are not closed, and
where their first row stands. No index over `saga`: it would be written with every row, and the live
ones are few and young."""


class Journal:
    """The journal of one machine; safe to use from several threads.

    Args:
        storage: its own file, opened with `MIGRATIONS`.
        cipher: seals personal facts.
        clock: the hall's time.

    Raises:
        StorageError: it cannot be read.
    """

    def __init__(self, storage: Storage, cipher: FieldCipher, clock: Clock) -> None:
        self._storage = storage
        self._cipher = cipher
        self._clock = clock
        self._lock = threading.Lock()
        self._head = self._read_head()

    @property
    def ok(self) -> bool:
        """Whether the last write succeeded; the machine serves nobody while it did not."""
        return self._storage.ok

    def probe(self) -> bool:
        """Try a write; whether it succeeded."""
        return self._storage.probe()

    def append(self, entry: Entry) -> Row:
        """Write a row; durable when this returns.

        Raises:
            StorageError: it was not written.
        """
        with self._lock:
            row, chain = self._write(entry)
            self._head = Head(row.seq, chain)
        if entry.step is Step.CLOSED:
            # The write-ahead log still holds the keys that were just deleted.
            self._storage.checkpoint()
        return row

    def rows(self, saga: str) -> list[Row]:
        """Every row of a transaction, in order.

        Raises:
            StorageError: it cannot be read, or a sealed part was changed.
        """
        found = self._storage.rows(
            """SELECT journal.*, data_key FROM journal LEFT JOIN data_keys USING (seq)
               WHERE seq >= coalesce((SELECT since FROM live WHERE saga = ?1), 0)
                   AND journal.saga = ?1
               ORDER BY seq""",
            saga,
        )
        return [self._row(one) for one in found]

    def about(self, step: Step, after_seq: int = 0) -> list[Row]:
        """Rows of one kind over all transactions, in order; their sealed parts stay sealed.

        Args:
            step: what they are about.
            after_seq: only rows after this one.

        Raises:
            StorageError: it cannot be read.
        """
        found = self._storage.rows(
            """SELECT *, NULL AS data_key FROM journal
               WHERE step = ? AND seq > ? ORDER BY seq""",
            step.value,
            after_seq,
        )
        return [self._row(one) for one in found]

    def live(self) -> tuple[str, ...]:
        """Transactions that are not closed, oldest first."""
        found = self._storage.rows("SELECT saga FROM live ORDER BY since")
        return tuple(one["saga"] for one in found)

    def head(self) -> Head:
        """The last row."""
        return self._head

    def verify(self, known: Head | None = None) -> int | None:
        """Check the whole chain.

        Args:
            known: a head that was told to central at some time; without one a cut tail is not seen.

        Returns:
            Number of the first row that is not as it was written, None when all are.
        """
        chain = BEFORE_THE_FIRST
        seq = 0
        for one in self._storage.rows("SELECT * FROM journal ORDER BY seq"):
            seq += 1
            chain = chain_of(chain, _plain(one), one["sealed"] or b"")
            if one["seq"] != seq or one["chain"] != chain:
                return seq
            if known and known.seq == seq and known.chain != chain:
                return seq
        return seq + 1 if known and known.seq > seq else None

    def close(self) -> None:
        """End; the file may be opened again."""
        self._storage.close()

    def _write(self, entry: Entry) -> tuple[Row, str]:
        seq = self._head.seq + 1
        at = self._clock.now()
        sealed = self._seal(seq, entry)
        fields = (
            seq,
            entry.saga,
            entry.step.value,
            entry.phase.value,
            entry.key,
            as_text(entry.facts),
            at.isoformat(),
        )
        blob = sealed.blob if sealed else b""
        chain = chain_of(self._head.chain, fields, blob)
        with self._storage.transaction() as db:
            db.execute(
                """INSERT INTO journal(seq, saga, step, phase, key, facts, at, sealed, chain)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                (*fields, blob or None, chain),
            )
            if sealed:
                db.execute(
                    "INSERT INTO data_keys(seq, saga, data_key) VALUES (?, ?, ?)",
                    (seq, entry.saga, sealed.data_key),
                )
            _note_life(db, entry, seq)
        row = Row(
            seq, entry.saga, entry.step, entry.phase, entry.key, entry.facts, entry.private, at
        )
        return row, chain

    def _seal(self, seq: int, entry: Entry) -> SealedField | None:
        if not entry.private:
            return None
        return self._cipher.seal(_place(seq), as_text(entry.private).encode())

    def _row(self, found: sqlite3.Row) -> Row:
        private: dict[str, Any] = {}
        if found["sealed"] is not None and found["data_key"] is not None:
            sealed = SealedField(found["sealed"], found["data_key"])
            private = json.loads(self._cipher.open(_place(found["seq"]), sealed))
        try:
            return Row(
                seq=found["seq"],
                saga=found["saga"],
                step=Step(found["step"]),
                phase=Phase(found["phase"]),
                key=found["key"],
                facts=json.loads(found["facts"]),
                private=private,
                at=datetime.fromisoformat(found["at"]),
            )
        except ValueError as error:
            msg = f"row {found['seq']} of the journal is not of this software"
            raise StorageError(msg) from error

    def _read_head(self) -> Head:
        found = self._storage.rows("SELECT seq, chain FROM journal ORDER BY seq DESC LIMIT 1")
        return Head(found[0]["seq"], found[0]["chain"]) if found else Head(0, BEFORE_THE_FIRST)


def _note_life(db: sqlite3.Connection, entry: Entry, seq: int) -> None:
    if entry.step is Step.OPEN:
        db.execute("INSERT INTO live(saga, since) VALUES (?, ?)", (entry.saga, seq))
    elif entry.step is Step.CLOSED:
        db.execute("DELETE FROM live WHERE saga = ?", (entry.saga,))
        db.execute("DELETE FROM data_keys WHERE saga = ?", (entry.saga,))


def _place(seq: int) -> Place:
    return Place("journal", str(seq), "sealed")


def _plain(found: sqlite3.Row) -> tuple[str | int, ...]:
    names = ("seq", "saga", "step", "phase", "key", "facts", "at")
    return tuple(found[name] for name in names)
