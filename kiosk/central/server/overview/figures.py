"""Sums of the daily counts; no page ever counts ratings one by one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from kiosk.central.server.queue.tables import file_error
from kiosk.central.server.ratings.counts import COUNTS
from kiosk.central.server.ratings.tables import rating_day, reason_day
from kiosk.central.server.staff.tables import staff_account

_LEVELS = 5
_SUMS = tuple(func.sum(rating_day.c[name]).label(name) for name in COUNTS)
_SPAN = (
    rating_day.c.hall_id == bindparam("hall_id"),
    rating_day.c.day.between(bindparam("first"), bindparam("last")),
)
_HALL: Select[Any] = select(*_SUMS).where(*_SPAN)
_VISITS: Select[Any] = select(func.sum(rating_day.c.served)).where(
    *_SPAN, rating_day.c.window_name != ""
)
_BY_DAY = select(rating_day.c.day, *_SUMS).where(*_SPAN).group_by(rating_day.c.day)
_BY_CLERK = (
    select(staff_account.c.account_id, staff_account.c.name, staff_account.c.number, *_SUMS)
    .join(staff_account, staff_account.c.account_id == rating_day.c.clerk_id)
    .where(*_SPAN)
    .group_by(staff_account.c.account_id, staff_account.c.name, staff_account.c.number)
)
_BY_WINDOW, _BY_MACHINE = (
    select(column.label("name"), *_SUMS).where(*_SPAN).group_by(column)
    for column in (rating_day.c.window_name, rating_day.c.machine_id)
)
_BY_DAY_AND_MACHINE = (
    select(rating_day.c.day, rating_day.c.machine_id, *_SUMS)
    .where(*_SPAN)
    .group_by(rating_day.c.day, rating_day.c.machine_id)
)
_OF_DAY = select(rating_day).where(
    rating_day.c.hall_id == bindparam("hall_id"), rating_day.c.day == bindparam("day")
)
_N = func.sum(reason_day.c.n).label("n")
_REASONS = (
    select(reason_day.c.code, _N)
    .where(
        reason_day.c.hall_id == bindparam("hall_id"),
        reason_day.c.day.between(bindparam("first"), bindparam("last")),
    )
    .group_by(reason_day.c.code)
    .order_by(_N.desc(), reason_day.c.code)
)
_ERRORS: Select[Any] = select(func.count().label("n")).where(
    file_error.c.hall_id == bindparam("hall_id"),
    file_error.c.day.between(bindparam("first"), bindparam("last")),
)
_ERRORS_BY_WINDOW, _ERRORS_BY_CLERK = (
    _ERRORS.add_columns(column.label("whose")).group_by(column)
    for column in (file_error.c.window, file_error.c.staff_id)
)


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts of some ratings.

    Args:
        served: cases that windows and machines finished.
        asked: of these, how many citizens were asked.
        silent: did not answer.
        levels: answers by level, best first.
        quick: answers sooner than anybody reads.
        burst: answers that came in a burst.
        clock_off: answers from a machine whose clock was wrong.
    """

    served: int
    asked: int
    silent: int
    levels: tuple[int, ...]
    quick: int
    burst: int
    clock_off: int

    @property
    def rated(self) -> int:
        """How many answered."""
        return sum(self.levels)

    @property
    def bad(self) -> int:
        """不满意 and 非常不满意."""
        return sum(self.levels[3:])

    @property
    def satisfied_pct(self) -> float | None:
        """Share of 基本满意 and better among the answers; silence is no answer."""
        return round(100 * sum(self.levels[:3]) / self.rated, 1) if self.rated else None

    @property
    def mean(self) -> float | None:
        """Mean of the stars."""
        stars = sum(n * (_LEVELS - i) for i, n in enumerate(self.levels))
        return round(stars / self.rated, 2) if self.rated else None

    @property
    def answered_pct(self) -> float | None:
        """Share of the asked who answered."""
        return round(100 * self.rated / self.asked, 1) if self.asked else None


@dataclass(frozen=True, slots=True)
class Group:
    """Sums of a window, a clerk or a terminal.

    Args:
        name: of the window or clerk, or id of the machine; empty for machines' own errands.
        sums: its counts.
        errors: mistakes that it found in files.
    """

    name: str
    sums: Sums
    errors: int = 0

    @property
    def error_pct(self) -> float | None:
        """Mistakes per hundred cases served."""
        return error_pct(self.errors, self.sums.served)


@dataclass(frozen=True, slots=True)
class Day:
    """A day's counts.

    Args:
        windows: by window, in their order; machines' own errands last.
        machines: by terminal or machine.
    """

    windows: list[Group]
    machines: list[Group]

    @property
    def hall(self) -> Sums:
        """Of the whole hall."""
        return total(one.sums for one in self.windows)


def sums_of(row: Row[Any]) -> Sums:
    """A row of summed columns; nought where nothing was summed."""
    found = {name: int(getattr(row, name) or 0) for name in COUNTS}
    return Sums(
        served=found["served"],
        asked=found["asked"],
        silent=found["silent"],
        levels=tuple(found[f"stars_{n}"] for n in range(_LEVELS, 0, -1)),
        quick=found["quick"],
        burst=found["burst"],
        clock_off=found["clock_off"],
    )


def hall(connection: Connection, hall_id: str, first: date, last: date) -> Sums:
    """A hall's sums from one day to another, both included."""
    return sums_of(connection.execute(_HALL, _span(hall_id, first, last)).one())


def by_window(connection: Connection, hall_id: str, first: date, last: date) -> list[Group]:
    """Sums by window, in the windows' order; machines' own errands come last."""
    span = _span(hall_id, first, last)
    found = _errors(connection, _ERRORS_BY_WINDOW, span)
    groups = _groups(connection, _BY_WINDOW, span)
    return _in_order([replace(one, errors=found.get(one.name, 0)) for one in groups])


def of_day(connection: Connection, hall_id: str, day: date) -> Day:
    """A day's sums by window and by terminal, from one look."""
    windows: dict[str, list[Sums]] = {}
    machines: dict[str, list[Sums]] = {}
    for row in connection.execute(_OF_DAY, {"hall_id": hall_id, "day": day}):
        sums = sums_of(row)
        windows.setdefault(row.window_name, []).append(sums)
        machines.setdefault(row.machine_id, []).append(sums)
    return Day(_in_order(_added(windows)), _added(machines))


def by_machine(connection: Connection, hall_id: str, first: date, last: date) -> list[Group]:
    """Sums by terminal or machine."""
    return _groups(connection, _BY_MACHINE, _span(hall_id, first, last))


def machines_by_day(
    connection: Connection, hall_id: str, first: date, last: date
) -> dict[date, list[Group]]:
    """Sums by terminal or machine of each day that had a case."""
    days: dict[date, list[Group]] = {}
    for row in connection.execute(_BY_DAY_AND_MACHINE, _span(hall_id, first, last)):
        days.setdefault(row.day, []).append(Group(row.machine_id, sums_of(row)))
    return days


def by_clerk(connection: Connection, hall_id: str, first: date, last: date) -> list[Group]:
    """Sums by clerk, most satisfied first; who has no answers yet comes last."""
    span = _span(hall_id, first, last)
    found = _errors(connection, _ERRORS_BY_CLERK, span)
    groups = [
        Group(f"{row.name} {row.number}", sums_of(row), found.get(row.account_id, 0))
        for row in connection.execute(_BY_CLERK, span)
    ]
    return sorted(groups, key=lambda one: -(one.sums.mean or 0))


def by_day(connection: Connection, hall_id: str, first: date, last: date) -> dict[date, Sums]:
    """Sums by day; days without a case are not there."""
    rows = connection.execute(_BY_DAY, _span(hall_id, first, last))
    return {row.day: sums_of(row) for row in rows}


def by_month(days: dict[date, Sums]) -> dict[date, Sums]:
    """Sums by month, by its first day."""
    months: dict[date, list[Sums]] = {}
    for day in sorted(days):
        months.setdefault(day.replace(day=1), []).append(days[day])
    return {month: total(parts) for month, parts in months.items()}


def total(parts: Iterable[Sums]) -> Sums:
    """Sums of sums."""
    every = list(parts)
    return Sums(
        served=sum(one.served for one in every),
        asked=sum(one.asked for one in every),
        silent=sum(one.silent for one in every),
        levels=tuple(sum(one.levels[i] for one in every) for i in range(_LEVELS)),
        quick=sum(one.quick for one in every),
        burst=sum(one.burst for one in every),
        clock_off=sum(one.clock_off for one in every),
    )


def reasons(connection: Connection, hall_id: str, first: date, last: date) -> dict[str, int]:
    """How often each reason was given, most often first."""
    rows = connection.execute(_REASONS, _span(hall_id, first, last))
    return {row.code: int(row.n) for row in rows}


def errors(connection: Connection, hall_id: str, first: date, last: date) -> int:
    """How many mistakes windows found in files."""
    return int(connection.execute(_ERRORS, _span(hall_id, first, last)).scalar_one())


def visits(connection: Connection, hall_id: str, first: date, last: date) -> int:
    """How many cases windows served; a machine's own errands have no file to find mistakes in."""
    return int(connection.execute(_VISITS, _span(hall_id, first, last)).scalar_one() or 0)


def error_pct(found: int, served: int) -> float | None:
    """Mistakes in files per hundred cases served, None where nobody was served."""
    return round(100 * found / served, 1) if served else None


def days_before(day: date, count: int) -> tuple[date, date]:
    """The days before a day: first and last of them."""
    return day - timedelta(days=count), day - timedelta(days=1)


def _added(parts: dict[str, list[Sums]]) -> list[Group]:
    return [Group(name, total(some)) for name, some in parts.items()]


def _in_order(groups: list[Group]) -> list[Group]:
    return sorted(groups, key=lambda one: (not one.name, len(one.name), one.name))


def _groups(connection: Connection, query: Select[Any], span: dict[str, str | date]) -> list[Group]:
    return [Group(row.name, sums_of(row)) for row in connection.execute(query, span)]


def _errors(
    connection: Connection, query: Select[Any], span: dict[str, str | date]
) -> dict[str, int]:
    return {row.whose: int(row.n) for row in connection.execute(query, span)}


def _span(hall_id: str, first: date, last: date) -> dict[str, str | date]:
    return {"hall_id": hall_id, "first": first, "last": last}
