"""The journal: append only, durable when a call returns, chained, personal facts sealed.

Its file stands beside the machine's other records and in their manner (`kiosk.storage`): WAL with
`synchronous=FULL`. Every other mode lost committed rows in simulated power cuts (reliability facts
1.7), and a lost intent is a second charge or a second chip record.
"""

import json
import sqlite3
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.cipher import FieldCipher, Place, SealedField
from kiosk.clock import Clock
from kiosk.errors import StorageError
from kiosk.saga.journal_tables import ARCHIVED
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
from kiosk.storage import Storage, write_note


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
        self._base = _read_base(storage)
        self._head = _read_head(storage) or self._base

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
        return [_opened(self._cipher, one) for one in found]

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
        return [_opened(self._cipher, one) for one in found]

    def live(self) -> tuple[str, ...]:
        """Transactions that are not closed, oldest first."""
        found = self._storage.rows("SELECT saga FROM live ORDER BY since")
        return tuple(one["saga"] for one in found)

    def head(self) -> Head:
        """The last row."""
        return self._head

    @property
    def base(self) -> Head:
        """The last row that stands in the archive; the chain runs on from it."""
        return self._base

    @property
    def folder(self) -> Path:
        """Where its file lies, and its archive."""
        return self._storage.path.parent

    def first(self, count: int) -> list[sqlite3.Row]:
        """The oldest rows as they stand on the disk, for the archive.

        Raises:
            StorageError: they cannot be read.
        """
        return self._storage.rows("SELECT * FROM journal ORDER BY seq LIMIT ?", count)

    def let_go(self, last: Head) -> None:
        """Forget every row up to one, because the archive holds them durably.

        Raises:
            StorageError: it was not written; nothing has changed.
        """
        with self._lock:
            with self._storage.transaction() as db:
                write_note(db, ARCHIVED, f"{last.seq} {last.chain}")
                db.execute("DELETE FROM journal WHERE seq <= ?", (last.seq,))
            self._base = last
        self._storage.checkpoint()

    def verify(self, known: Head | None = None) -> int | None:
        """Check the whole chain of the live rows.

        Args:
            known: a head that was told to central at some time; without one a cut tail is not seen.

        Returns:
            Number of the first row that is not as it was written, None when all are.
        """
        seq, chain = self._base.seq, self._base.chain
        if known and known.seq == seq and known.chain != chain:
            return seq
        for one in self._storage.rows("SELECT * FROM journal ORDER BY seq"):
            seq += 1
            chain = chained(chain, one)
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
        sealed = _seal(self._cipher, seq, entry)
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


def row_of(found: sqlite3.Row, private: Mapping[str, Any] | None = None) -> Row:
    """A row as it stands on the disk.

    Args:
        found: there.
        private: what its sealed part says; without it, that stays sealed.

    Raises:
        StorageError: it is not of this software.
    """
    try:
        return Row(
            seq=found["seq"],
            saga=found["saga"],
            step=Step(found["step"]),
            phase=Phase(found["phase"]),
            key=found["key"],
            facts=json.loads(found["facts"]),
            private=private or {},
            at=datetime.fromisoformat(found["at"]),
        )
    except ValueError as error:
        msg = f"row {found['seq']} of the journal is not of this software"
        raise StorageError(msg) from error


def _seal(cipher: FieldCipher, seq: int, entry: Entry) -> SealedField | None:
    if not entry.private:
        return None
    return cipher.seal(_place(seq), as_text(entry.private).encode())


def _opened(cipher: FieldCipher, found: sqlite3.Row) -> Row:
    private: dict[str, Any] = {}
    if found["sealed"] is not None and found["data_key"] is not None:
        sealed = SealedField(found["sealed"], found["data_key"])
        private = json.loads(cipher.open(_place(found["seq"]), sealed))
    return row_of(found, private)


def _read_head(storage: Storage) -> Head | None:
    found = storage.rows("SELECT seq, chain FROM journal ORDER BY seq DESC LIMIT 1")
    return Head(found[0]["seq"], found[0]["chain"]) if found else None


def _read_base(storage: Storage) -> Head:
    seq, _, chain = (storage.note(ARCHIVED) or f"0 {BEFORE_THE_FIRST}").partition(" ")
    return Head(int(seq), chain)


def _note_life(db: sqlite3.Connection, entry: Entry, seq: int) -> None:
    if entry.step is Step.OPEN:
        db.execute("INSERT INTO live(saga, since) VALUES (?, ?)", (entry.saga, seq))
    elif entry.step is Step.CLOSED:
        db.execute("DELETE FROM live WHERE saga = ?", (entry.saga,))
        db.execute("DELETE FROM data_keys WHERE saga = ?", (entry.saga,))


def _place(seq: int) -> Place:
    return Place("journal", str(seq), "sealed")


def chained(before: str, found: sqlite3.Row) -> str:
    """The hash that a row on the disk should have, after the row before it."""
    return chain_of(before, _plain(found), found["sealed"] or b"")


def _plain(found: sqlite3.Row) -> tuple[str | int, ...]:
    names = ("seq", "saga", "step", "phase", "key", "facts", "at")
    return tuple(found[name] for name in names)
