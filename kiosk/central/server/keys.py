"""Idempotency: an effect and the answer to its key are one transaction (reliability facts 2.3)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.exc import DBAPIError

from kiosk.central.contract import ErrorCode, Model
from kiosk.central.server.database import Database, lost_race
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.tables import idempotency

_TRIES = 5
_FIND = select(idempotency.c.request_hash, idempotency.c.status, idempotency.c.body).where(
    idempotency.c.key == bindparam("key")
)
_KEEP = insert(idempotency)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One arrival of a write.

    Args:
        key: of the header.
        request_hash: over method, path and body.
        at: when it arrived.
    """

    key: str
    request_hash: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out, and was kept.

    Args:
        status: of HTTP.
        body: JSON.
        replayed: whether an earlier delivery of the key made it.
    """

    status: int
    body: bytes
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What an effect answers.

    Args:
        value: the answer's body.
        status: 201 when something new came to be, else 200.
    """

    value: Model
    status: int = 201


def request_hash(method: str, path: str, body: bytes) -> bytes:
    """SHA-256 over method, path and body."""
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), body))).digest()


def once(database: Database, delivery: Delivery, effect: Callable[[Connection], Done]) -> Answer:
    """Have an effect at most once per key, and answer every delivery alike.

    Args:
        database: where effect and answer are kept, in one transaction.
        delivery: the arrival.
        effect: what to do; may run again after a lost race, having been rolled back.

    Raises:
        RefusalError: the key was used for another request, the effect refuses (which keeps the
            key unburnt), or too many races were lost.
    """
    for _ in range(_TRIES):
        try:
            with database.transaction() as transaction:
                return _kept(transaction, delivery) or _have(transaction, delivery, effect)
        except DBAPIError as error:
            if not lost_race(error):
                raise
    raise RefusalError(409, ErrorCode.BUSY, retry_after_s=1)


async def once_soon(
    database: Database,
    delivery: Delivery,
    effect: Callable[[Connection], Done],
    turn: str | None = None,
) -> Answer:
    """The same as `once` for a caller on the event loop; requests share a commit.

    Args:
        database: as `once`.
        delivery: as `once`.
        effect: as `once`.
        turn: what the effect locks first; on PostgreSQL one without it commits for itself.

    Raises:
        RefusalError: as `once`.
    """
    if not database.is_sqlite and turn is None:
        return await database.run(lambda: once(database, delivery, effect))
    for _ in range(_TRIES):
        try:
            return await database.together(
                lambda tx: _kept(tx, delivery) or _have(tx, delivery, effect), turn or ""
            )
        except DBAPIError as error:
            if not lost_race(error):
                raise
    raise RefusalError(409, ErrorCode.BUSY, retry_after_s=1)


def forget(connection: Connection, before: datetime, days: int) -> None:
    """Drop keys older than so many days; tickets and applications stay unique by their own ids."""
    connection.execute(delete(idempotency).where(idempotency.c.at < before - timedelta(days=days)))


def _kept(connection: Connection, delivery: Delivery) -> Answer | None:
    row = connection.execute(_FIND, {"key": delivery.key}).one_or_none()
    if row is None:
        return None
    if row.request_hash != delivery.request_hash:
        raise RefusalError(422, ErrorCode.KEY_REUSED)
    return Answer(row.status, row.body, replayed=True)


def _have(
    connection: Connection, delivery: Delivery, effect: Callable[[Connection], Done]
) -> Answer:
    done = effect(connection)
    answer = Answer(done.status, done.value.model_dump_json().encode())
    kept = {"status": answer.status, "body": answer.body, "at": delivery.at}
    connection.execute(_KEEP, {"key": delivery.key, "request_hash": delivery.request_hash, **kept})
    return answer
