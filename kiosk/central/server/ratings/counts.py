"""Counts per day, window, clerk and terminal, kept in the transaction of what they count."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

from kiosk.central.server.ratings.tables import rating_day

COUNTS = tuple(
    column.name for column in rating_day.columns if column.name not in rating_day.primary_key
)
"""served, asked, silent, stars_5 ... stars_1, quick, burst, clock_off"""
_KEY = tuple(column.name for column in rating_day.primary_key.columns)
_ADD = text(
    f"INSERT INTO rating_day ({', '.join((*_KEY, *COUNTS))})"  # noqa: S608 - names of our columns
    f" VALUES ({', '.join(f':{one}' for one in (*_KEY, *COUNTS))})"
    f" ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET "
    + ", ".join(f"{one} = rating_day.{one} + excluded.{one}" for one in COUNTS)
).bindparams(bindparam("day", type_=rating_day.c.day.type))
_ADD_REASON = text(
    "INSERT INTO rating_reason_day (hall_id, day, code, n) VALUES (:hall_id, :day, :code, 1)"
    " ON CONFLICT (hall_id, day, code) DO UPDATE SET n = rating_reason_day.n + 1"
).bindparams(bindparam("day", type_=rating_day.c.day.type))


@dataclass(frozen=True, slots=True)
class Spot:
    """Whose counts they are.

    Args:
        hall_id: the hall.
        day: business day of the request, also for what comes late.
        window_name: empty for a machine that asks by itself.
        clerk_id: account, empty likewise.
        machine_id: the terminal or machine.
    """

    hall_id: str
    day: date
    window_name: str
    clerk_id: str
    machine_id: str


def spot_of(row: Row[Any]) -> Spot:
    """Where a request or rating counts."""
    return Spot(row.hall_id, row.day, row.window_name, row.clerk_id, row.machine_id)


def add(connection: Connection, spot: Spot, **counts: int) -> None:
    """Add to a spot's counts; a count not named stays as it is."""
    key = {name: getattr(spot, name) for name in _KEY}
    connection.execute(_ADD, {**key, **dict.fromkeys(COUNTS, 0), **counts})


def add_reasons(connection: Connection, spot: Spot, codes: tuple[str, ...]) -> None:
    """Count the reasons of one rating, always in the same order: rows are locked in it."""
    for code in sorted(codes):
        connection.execute(_ADD_REASON, {"hall_id": spot.hall_id, "day": spot.day, "code": code})
