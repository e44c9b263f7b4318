"""Counts per day, window, clerk and terminal, kept in the transaction of what they count."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, TextClause, bindparam, text

from kiosk.central.server.ratings.tables import rating, rating_day

COUNTS = tuple(
    column.name for column in rating_day.columns if column.name not in rating_day.primary_key
)
"""served, asked, silent, stars_5 ... stars_1, quick, burst, clock_off"""
_KEY = tuple(column.name for column in rating_day.primary_key.columns)


def _adding(**instead: str) -> TextClause:
    """The statement that adds to a row or makes it; `instead` of a value, what to compute."""
    names = (*_KEY, *COUNTS)
    return text(
        f"INSERT INTO rating_day ({', '.join(names)})"  # noqa: S608 - names of our columns
        f" VALUES ({', '.join(instead.get(one, f':{one}') for one in names)})"
        f" ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET "
        + ", ".join(f"{one} = rating_day.{one} + excluded.{one}" for one in COUNTS)
    ).bindparams(bindparam("day", type_=rating_day.c.day.type))


_ADD = _adding()
_ADD_RATING = _adding(
    burst="(SELECT CASE WHEN count(*) >= :burst THEN 1 ELSE 0 END FROM rating"
    " WHERE machine_id = :terminal AND given_at > :since AND given_at <= :until)"
).bindparams(
    bindparam("since", type_=rating.c.given_at.type),
    bindparam("until", type_=rating.c.given_at.type),
)
_NONE = dict.fromkeys(COUNTS, 0)
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


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which a terminal can have too many ratings.

    Args:
        since: ratings after this moment count.
        until: of the rating that is added.
        many: so many, this one with them, are a burst.
    """

    since: datetime
    until: datetime
    many: int


def spot_of(row: Row[Any]) -> Spot:
    """Where a request or rating counts."""
    return Spot(row.hall_id, row.day, row.window_name, row.clerk_id, row.machine_id)


def add(connection: Connection, spot: Spot, **counts: int) -> None:
    """Add to a spot's counts; a count not named stays as it is."""
    connection.execute(_ADD, {**_key(spot), **_NONE, **counts})


def add_rating(connection: Connection, spot: Spot, span: Span, **counts: int) -> None:
    """Add a rating that is kept already, and whether it is one of a burst on its terminal."""
    lately = {"terminal": spot.machine_id, "since": span.since, "until": span.until}
    connection.execute(_ADD_RATING, {**_key(spot), **_NONE, **counts, **lately, "burst": span.many})


def _key(spot: Spot) -> dict[str, str | date]:
    return {name: getattr(spot, name) for name in _KEY}


def add_reasons(connection: Connection, spot: Spot, codes: tuple[str, ...]) -> None:
    """Count the reasons of one rating, always in the same order: rows are locked in it."""
    for code in sorted(codes):
        connection.execute(_ADD_REASON, {"hall_id": spot.hall_id, "day": spot.day, "code": code})
