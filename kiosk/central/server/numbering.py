"""Numbers: one counter row per hall, business day and prefix, so none is given twice.

The statement is the same on both engines, takes the row's lock and holds it to the end of the
transaction; a number that is rolled back was never given, so there are no gaps.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Date, Integer, bindparam, text

from kiosk.central.contract import ErrorCode
from kiosk.central.server.problems import RefusalError

LARGEST = 999_999

_MOVE = (
    text(
        "INSERT INTO counter (hall_id, day, prefix, n, waiting)"
        " VALUES (:hall_id, :day, :prefix, :n, :waiting)"
        " ON CONFLICT (hall_id, day, prefix) DO UPDATE"
        " SET n = counter.n + excluded.n, waiting = counter.waiting + excluded.waiting"
        " RETURNING n, waiting"
    )
    .bindparams(bindparam("day", type_=Date))
    .columns(n=Integer, waiting=Integer)
)


@dataclass(frozen=True, slots=True)
class Queue:
    """A counter's place: numbers start again with each business day by construction."""

    hall_id: str
    day: date
    prefix: str


def label(prefix: str, n: int) -> str:
    """A number as it is called: prefix and at least three digits, with no daily limit."""
    return f"{prefix}{n:03d}"


def next_number(connection: Connection, queue: Queue) -> tuple[int, int]:
    """Take one number for somebody who now waits.

    Returns:
        The number, and how many waited before.
    """
    n, waiting = _move(connection, queue, numbers=1, waiting=1)
    return n, waiting - 1


def next_range(connection: Connection, queue: Queue, count: int) -> tuple[int, int]:
    """Take numbers for a lease; nobody waits yet.

    Returns:
        First and last, inclusive.
    """
    last, _ = _move(connection, queue, numbers=count, waiting=0)
    return last - count + 1, last


def count_waiting(connection: Connection, queue: Queue, change: int) -> None:
    """Note that somebody joined or left a queue without taking a number from the counter."""
    _move(connection, queue, numbers=0, waiting=change)


def _move(connection: Connection, queue: Queue, numbers: int, waiting: int) -> tuple[int, int]:
    place = {"hall_id": queue.hall_id, "day": queue.day, "prefix": queue.prefix}
    row = connection.execute(_MOVE, {**place, "n": numbers, "waiting": waiting}).one()
    if row.n > LARGEST:
        raise RefusalError(409, ErrorCode.NUMBERS_EXHAUSTED)
    return row.n, row.waiting
