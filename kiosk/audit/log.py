"""The audit log: append only, each entry chained to the one before by its hash.

The chain alone shows every edit, deletion, swap and insertion. A cut tail or a chain made anew
shows only beside a head that is known elsewhere (reliability facts 3.5).
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.audit.events import Value, mistakes
from kiosk.clock import Clock
from kiosk.storage import Storage

_BEFORE_THE_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry.

    Args:
        seq: its number, 0 for an empty log.
        chain: its hash.
    """

    seq: int
    chain: str


class AuditLog:
    """The log of one machine.

    Args:
        storage: of the machine.
        clock: the hall's time.
    """

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def append(self, db: sqlite3.Connection, event: str, fields: Mapping[str, Value]) -> None:
        """Record an event in the caller's transaction, together with the fact it tells of.

        Args:
            db: of the transaction.
            event: name from the closed list.
            fields: only those the event may carry.

        Raises:
            ValueError: the list knows no such event or field, or a value has the wrong shape.
        """
        wrong = mistakes(event, fields)
        if wrong:
            raise ValueError("; ".join(wrong))
        last = db.execute("SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        seq = last["seq"] + 1 if last else 1
        at = self._clock.now().isoformat()
        text = json.dumps(dict(fields), sort_keys=True)
        chain = _chain(last["chain"] if last else _BEFORE_THE_FIRST, seq, at, event, text)
        db.execute(
            "INSERT INTO audit(seq, at, event, fields, chain) VALUES (?, ?, ?, ?, ?)",
            (seq, at, event, text, chain),
        )

    def write(self, event: str, **fields: Value) -> None:
        """Record an event by itself.

        Raises:
            ValueError: as for `append`.
            StorageError: it could not be written.
        """
        with self._storage.transaction() as db:
            self.append(db, event, fields)

    def head(self) -> Head:
        """The last entry, for heartbeats."""
        found = self._storage.rows("SELECT seq, chain FROM audit ORDER BY seq DESC LIMIT 1")
        return Head(found[0]["seq"], found[0]["chain"]) if found else Head(0, _BEFORE_THE_FIRST)

    def verify(self, known: Head | None = None) -> int | None:
        """Check the whole chain.

        Args:
            known: a head that was told to somebody else at some time.

        Returns:
            Number of the first entry that is not as it was written, None when all are.
        """
        chain = _BEFORE_THE_FIRST
        expected = 1
        found = known is None or known.seq == 0
        for row in self._storage.rows("SELECT * FROM audit ORDER BY seq"):
            chain = _chain(chain, row["seq"], row["at"], row["event"], row["fields"])
            if row["seq"] != expected or row["chain"] != chain:
                return expected
            if known and row["seq"] == known.seq:
                if known.chain != chain:
                    return known.seq
                found = True
            expected += 1
        return None if found else expected


def _chain(before: str, seq: int, at: str, event: str, fields: str) -> str:
    entry = json.dumps([before, seq, at, event, fields])
    return hashlib.sha256(entry.encode()).hexdigest()
