"""The machine's own records: one SQLite file that survives kills and power cuts.

WAL with `synchronous=FULL`: anything less lost committed rows in two of three simulated power cuts
(reliability facts 1.7). `secure_delete` and a truncated WAL leave no deleted text behind (3.4).
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.errors import StorageError

Migration = tuple[str, ...]
"""Statements that lead from one version of the file to the next."""

MIGRATIONS: tuple[Migration, ...] = (
    (
        "CREATE TABLE notes(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE outbox(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            subject TEXT NOT NULL,
            seq INTEGER NOT NULL,
            kind TEXT NOT NULL,
            path TEXT NOT NULL,
            body BLOB,
            data_key BLOB,
            idempotency_key TEXT NOT NULL UNIQUE,
            needs INTEGER REFERENCES outbox(id) ON DELETE SET NULL,
            may_be_refused INTEGER NOT NULL DEFAULT 0,
            tries INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL DEFAULT 'new' CHECK(state IN ('new', 'sent', 'dead')),
            reason TEXT NOT NULL DEFAULT '',
            made_on TEXT NOT NULL,
            UNIQUE(subject, seq))""",
        "CREATE INDEX outbox_by_state ON outbox(state, subject, seq)",
        "CREATE INDEX outbox_by_need ON outbox(needs)",
        """CREATE TABLE leased_numbers(
            lease_id TEXT NOT NULL,
            n INTEGER NOT NULL,
            service_id TEXT NOT NULL,
            prefix TEXT NOT NULL,
            day TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            boot_mark TEXT NOT NULL,
            used_by TEXT UNIQUE,
            PRIMARY KEY(lease_id, n)) WITHOUT ROWID""",
        """CREATE TABLE visits(
            visit_id TEXT PRIMARY KEY,
            services TEXT NOT NULL,
            language TEXT NOT NULL,
            has_application INTEGER NOT NULL,
            begun_at TEXT NOT NULL,
            ask_key TEXT NOT NULL UNIQUE,
            asked TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL DEFAULT 'open'
                CHECK(state IN ('open', 'numbered', 'no_number', 'given_up')),
            reason TEXT NOT NULL DEFAULT '') WITHOUT ROWID""",
        """CREATE TABLE tickets(
            ticket_id TEXT PRIMARY KEY REFERENCES visits(visit_id),
            number TEXT NOT NULL,
            day TEXT NOT NULL,
            issued_at TEXT NOT NULL,
            details TEXT NOT NULL,
            paper TEXT NOT NULL DEFAULT 'queued'
                CHECK(paper IN ('queued', 'sent', 'printed', 'doubtful', 'not_printed')),
            prints INTEGER NOT NULL DEFAULT 0,
            maybe_out INTEGER NOT NULL DEFAULT 0,
            trouble TEXT NOT NULL DEFAULT '',
            outcome TEXT CHECK(outcome IN ('taken', 'shown', 'voided'))) WITHOUT ROWID""",
        """CREATE TABLE audit(
            seq INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            event TEXT NOT NULL,
            fields TEXT NOT NULL,
            chain TEXT NOT NULL)""",
    ),
    # Why a visitor goes first and whose ticket it is, sealed; gone once the visit is decided.
    ("ALTER TABLE visits ADD COLUMN claim TEXT NOT NULL DEFAULT ''",),
)


class Storage:
    """The one database of a machine; safe to use from several threads.

    Args:
        path: of the file; made, with its folder, at the first start.
        migrations: tests pass their own.

    Raises:
        StorageError: the file cannot be written, is no database, was written by newer software, or
            belongs to another running machine.
    """

    def __init__(self, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._ok = True
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._guard = _guard(path)
        except OSError as error:
            msg = f"{path}: {error.strerror}"
            raise StorageError(msg) from error
        try:
            self._db = _connect(path)
            self._migrate(migrations)
        except sqlite3.Error as error:
            os.close(self._guard)
            msg = f"{path}: {error}"
            raise StorageError(msg) from error
        except StorageError:
            self._db.close()
            os.close(self._guard)
            raise

    @property
    def path(self) -> Path:
        """Of the file."""
        return self._path

    @property
    def ok(self) -> bool:
        """Whether the last write succeeded; the machine serves nobody while it did not."""
        return self._ok

    def probe(self) -> bool:
        """Try a write; whether it succeeded."""
        try:
            with self.transaction() as db:
                write_note(db, "probe", "")
        except StorageError:
            return False
        return True

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, durable when the block has ended; other threads wait.

        Yields:
            The connection, for this block only.

        Raises:
            StorageError: the database refused, or a transaction is open on this thread already.
        """
        with self._lock:
            if self._db.in_transaction:
                msg = "a transaction inside a transaction"
                raise StorageError(msg)
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield self._db
                self._db.execute("COMMIT")
                self._ok = True
            except sqlite3.Error as error:
                self._ok = False
                msg = f"{self._path.name}: {error}"
                raise StorageError(msg) from error
            finally:
                self._roll_back()

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def rows(self, sql: str, *parameters: Any) -> list[sqlite3.Row]:
        """What a query finds, outside of any transaction.

        Raises:
            StorageError: the database refused.
        """
        with self._lock:
            try:
                found: list[sqlite3.Row] = self._db.execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                msg = f"{self._path.name}: {error}"
                raise StorageError(msg) from error
        return found

    def note(self, name: str) -> str | None:
        """A small fact that was written down, None when it never was."""
        found = self.rows("SELECT value FROM notes WHERE name = ?", name)
        return str(found[0]["value"]) if found else None

    def checkpoint(self) -> None:
        """Empty the write-ahead log, so that what was wiped stands nowhere any more."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """End; the file may be opened again."""
        with self._lock:
            self._db.close()
            os.close(self._guard)

    def _migrate(self, migrations: Sequence[Migration]) -> None:
        version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(migrations):
            msg = f"{self._path}: version {version} was written by newer software"
            raise StorageError(msg)
        for number, statements in enumerate(migrations[version:], version + 1):
            with self.transaction() as db:
                for statement in statements:
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number}")
        # Reading works on a full or read-only disk; only a write tells.
        with self.transaction() as db:
            db.execute(f"PRAGMA user_version = {len(migrations)}")


def write_note(db: sqlite3.Connection, name: str, value: str) -> None:
    """Write down a small fact, in place of an earlier one of this name."""
    db.execute("INSERT OR REPLACE INTO notes(name, value) VALUES (?, ?)", (name, value))


def _guard(path: Path) -> int:
    """Lock out a second machine on the same file: it would send and print everything twice."""
    lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # SQLite gives its other files the same access.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except BlockingIOError as error:
        os.close(lock)
        msg = f"{path}: another running machine uses it"
        raise StorageError(msg) from error
    except OSError:
        os.close(lock)
        raise
    return lock


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.row_factory = sqlite3.Row
    try:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "secure_delete=ON",
            "foreign_keys=ON",
            "temp_store=MEMORY",
        ):
            db.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        db.close()
        raise
    return db
