"""What waits for central: durable, encrypted, in order within a visit.

A message is written in the same transaction as the fact it reports, with its idempotency key, so
that every later delivery is the same delivery (reliability facts 2.3, 2.4).
"""

import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from kiosk.cipher import FieldCipher, Place, SealedField
from kiosk.errors import StorageError
from kiosk.storage import Storage, write_note


@dataclass(frozen=True, slots=True)
class Message:
    """Something central must hear.

    Args:
        subject: the visit, or whatever else it is about; order is kept within one subject.
        kind: for staff and logs, for example `application`.
        path: of central's endpoint.
        body: JSON.
        key: idempotency key when one was made earlier, empty for a fresh one.
        needs: id of the message without which this one means nothing.
        may_be_refused: central's no is an answer like any other and nobody is alarmed.
    """

    subject: str
    kind: str
    path: str
    body: bytes = field(repr=False)
    key: str = ""
    needs: int | None = None
    may_be_refused: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The first waiting message of a subject."""

    message_id: int
    subject: str
    tries: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message ready to be delivered."""

    message_id: int
    path: str
    key: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeadMessage:
    """A message that central will never take; kept until staff have looked at it.

    Args:
        message_id: in the outbox.
        subject: of the message.
        kind: of the message.
        reason: `<status> <code>` of the refusal, or why it could not even be sent.
    """

    message_id: int
    subject: str
    kind: str
    reason: str


class Outbox:
    """The messages of one machine.

    Args:
        storage: of the machine.
        cipher: seals the bodies.
        machine_id: first part of every key.
        new_id: makes the rest of a key.

    Raises:
        StorageError: the cipher's key is not the one this database was sealed with.
    """

    def __init__(
        self,
        storage: Storage,
        cipher: FieldCipher,
        machine_id: str,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        self._storage = storage
        self._cipher = cipher
        self._key_prefix = machine_id.replace("_", "-")
        self._new_id = new_id
        token = storage.note("cipher_token")
        if token is None:
            with storage.transaction() as db:
                write_note(db, "cipher_token", cipher.token())
        elif not cipher.fits(token):
            msg = "the device key is not the one this database was sealed with"
            raise StorageError(msg)

    def new_key(self) -> str:
        """A fresh idempotency key."""
        return f"{self._key_prefix}-{self._new_id()}"

    def add(self, db: sqlite3.Connection, message: Message, made_on: date) -> int:
        """Keep a message, in the caller's transaction.

        Args:
            db: of the transaction that also writes the reported fact.
            message: what central must hear.
            made_on: today; decides when the sent row goes.

        Returns:
            The message's id.
        """
        cursor = db.execute(
            """INSERT INTO outbox(subject, seq, kind, path, idempotency_key, needs,
                                  may_be_refused, state, made_on)
               VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM outbox WHERE subject = ?1),
                       ?2, ?3, ?4, ?5, ?6,
                       coalesce((SELECT 'dead' FROM outbox WHERE id = ?5 AND state = 'dead'),
                                'new'), ?7)""",
            (
                message.subject,
                message.kind,
                message.path,
                message.key or self.new_key(),
                message.needs,
                message.may_be_refused,
                made_on.isoformat(),
            ),
        )
        message_id = cursor.lastrowid
        assert message_id is not None
        sealed = self._cipher.seal(_place(message_id), message.body)
        db.execute(
            "UPDATE outbox SET body = ?, data_key = ? WHERE id = ?",
            (sealed.blob, sealed.data_key, message_id),
        )
        return message_id

    def heads(self) -> list[Head]:
        """The first waiting message of every subject, those with the fewest tries first.

        So that one message that central chokes on does not hold up the rest.
        """
        return self._heads("")

    def head(self, subject: str) -> Head | None:
        """The first waiting message of one subject."""
        found = self._heads("AND subject = ?", subject)
        return found[0] if found else None

    def load(self, head: Head) -> Outgoing:
        """Make a message ready.

        Raises:
            StorageError: it does not open.
        """
        (row,) = self._storage.rows("SELECT * FROM outbox WHERE id = ?", head.message_id)
        body = self._cipher.open(_place(head.message_id), SealedField(row["body"], row["data_key"]))
        return Outgoing(head.message_id, row["path"], row["idempotency_key"], body)

    def sent(self, message_id: int) -> None:
        """Central has it: shred the content at once, everywhere."""
        with self._storage.transaction() as db:
            _shred(db, message_id, "")
        self._storage.checkpoint()

    def try_again(self, message_id: int) -> None:
        """Central was not reached."""
        with self._storage.transaction() as db:
            db.execute("UPDATE outbox SET tries = tries + 1 WHERE id = ?", (message_id,))

    def refused(self, message_id: int, reason: str) -> DeadMessage | None:
        """Central will not take it.

        Args:
            message_id: which.
            reason: of the refusal; codes only.

        Returns:
            What staff must hear; None when the message was allowed to be refused.
        """
        with self._storage.transaction() as db:
            row = db.execute("SELECT * FROM outbox WHERE id = ?", (message_id,)).fetchone()
            for one in (message_id, *_needing(db, message_id)):
                if row["may_be_refused"]:
                    _shred(db, one, reason)
                else:
                    db.execute(
                        "UPDATE outbox SET state = 'dead', reason = ? WHERE id = ?", (reason, one)
                    )
        if row["may_be_refused"]:
            self._storage.checkpoint()
            return None
        return DeadMessage(message_id, row["subject"], row["kind"], reason)

    def state_of(self, subject: str, kind: str) -> tuple[int, str] | None:
        """Id and state of a subject's last message of a kind; None when there never was one."""
        found = self._storage.rows(
            "SELECT id, state FROM outbox WHERE subject = ? AND kind = ? ORDER BY seq DESC LIMIT 1",
            subject,
            kind,
        )
        return (found[0]["id"], found[0]["state"]) if found else None

    def waiting(self) -> int:
        """How many messages wait."""
        (row,) = self._storage.rows("SELECT count(*) AS n FROM outbox WHERE state = 'new'")
        return int(row["n"])

    def dead(self) -> tuple[DeadMessage, ...]:
        """What central will never take."""
        rows = self._storage.rows("SELECT * FROM outbox WHERE state = 'dead' ORDER BY id")
        return tuple(
            DeadMessage(row["id"], row["subject"], row["kind"], row["reason"]) for row in rows
        )

    def revive(self) -> None:
        """Try the dead once more: whoever runs central has mended why it refused."""
        with self._storage.transaction() as db:
            db.execute("UPDATE outbox SET state = 'new', tries = 0 WHERE state = 'dead'")

    def purge(self, before: date) -> None:
        """Forget sent messages made before a day; nothing personal is left in them."""
        with self._storage.transaction() as db:
            db.execute(
                "DELETE FROM outbox WHERE state = 'sent' AND made_on < ?", (before.isoformat(),)
            )

    def _heads(self, where: str, *parameters: str) -> list[Head]:
        rows = self._storage.rows(
            f"""SELECT id, subject, tries, min(seq) FROM outbox
                WHERE state = 'new' {where} GROUP BY subject ORDER BY tries, id""",  # noqa: S608 - `where` is a constant of this class
            *parameters,
        )
        return [Head(row["id"], row["subject"], row["tries"]) for row in rows]


def _place(message_id: int) -> Place:
    return Place("outbox", str(message_id), "body")


def _shred(db: sqlite3.Connection, message_id: int, reason: str) -> None:
    db.execute(
        "UPDATE outbox SET state = 'sent', body = NULL, data_key = NULL, reason = ? WHERE id = ?",
        (reason, message_id),
    )


def _needing(db: sqlite3.Connection, message_id: int) -> list[int]:
    """Waiting messages that mean nothing without one, directly or through others."""
    rows = db.execute(
        """WITH RECURSIVE needing(id) AS (
               SELECT id FROM outbox WHERE needs = ?
               UNION SELECT outbox.id FROM outbox JOIN needing ON outbox.needs = needing.id)
           SELECT outbox.id FROM outbox JOIN needing USING (id) WHERE state = 'new'""",
        (message_id,),
    ).fetchall()
    return [row["id"] for row in rows]
