"""Ratings that look as if somebody else gave them: shown with their reason, never removed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, func, select

from kiosk.central.server.overview import figures
from kiosk.central.server.overview.figures import Group
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.central.server.ratings.tables import terminal_move
from kiosk.policy.rating_rows import RatingSignals


class SignalKind(StrEnum):
    """What is odd."""

    QUICK = "quick"  # many answers sooner than anybody reads
    BURST = "burst"  # many answers on one terminal in a short time
    FAR = "far"  # one terminal's mean is far from the others'
    CLOCK = "clock"  # a machine's clock is wrong
    MOVED = "moved"  # a window's terminal was changed again and again


@dataclass(frozen=True, slots=True)
class Signal:
    """Something odd.

    Args:
        kind: what.
        where: window or machine.
        n: how many answers (or changes) show it.
        of: out of how many.
        day: on which; None for what many days show together.
    """

    kind: SignalKind
    where: str
    n: int
    of: int
    day: date | None = None


def today(connection: Connection, hall_id: str, day: date, machines: list[Group]) -> list[Signal]:
    """What is odd about a day.

    Args:
        connection: with an open transaction.
        hall_id: whose.
        day: which.
        machines: its counts by terminal.
    """
    rules = rating_policy(day).signals
    found = [signal for one in machines for signal in _of_machine(one, day)]
    found += _moved(connection, hall_id, day, day)
    first, _ = figures.days_before(day, rules.far_days)
    return found + list(far(figures.by_machine(connection, hall_id, first, day), rules))


def month(connection: Connection, hall_id: str, first: date, last: date) -> list[Signal]:
    """What was odd about the days of a month, the newest first; what they show together on top.

    Args:
        connection: with an open transaction.
        hall_id: whose.
        first: day of the month.
        last: day of it that counts.
    """
    machines = figures.by_machine(connection, hall_id, first, last)
    together = list(far(machines, rating_policy(last).signals))
    found = list(_moved(connection, hall_id, first, last))
    for day, counted in figures.machines_by_day(connection, hall_id, first, last).items():
        found += [signal for one in counted for signal in _of_machine(one, day)]
    found.sort(key=lambda one: (one.day or last, one.where), reverse=True)
    return together + found


def far(machines: list[Group], rules: RatingSignals) -> Iterator[Signal]:
    """Terminals whose mean is far from that of all others together."""
    for one in machines:
        others = figures.total(other.sums for other in machines if other is not one)
        if min(one.sums.rated, others.rated) < rules.far_least:
            continue
        if abs((one.sums.mean or 0) - (others.mean or 0)) > rules.far_stars:
            yield Signal(SignalKind.FAR, one.name, one.sums.rated, others.rated)


def _of_machine(machine: Group, day: date) -> Iterator[Signal]:
    rules, sums = rating_policy(day).signals, machine.sums
    enough = sums.rated >= rules.quick_least
    if enough and sums.quick >= rules.quick_share * sums.rated:
        yield Signal(SignalKind.QUICK, machine.name, sums.quick, sums.rated, day)
    if sums.burst:
        yield Signal(SignalKind.BURST, machine.name, sums.burst, sums.rated, day)
    if sums.clock_off:
        yield Signal(SignalKind.CLOCK, machine.name, sums.clock_off, sums.rated, day)


def _moved(connection: Connection, hall_id: str, first: date, last: date) -> Iterator[Signal]:
    query = (
        select(terminal_move.c.day, terminal_move.c.window_name, func.count().label("n"))
        .where(terminal_move.c.hall_id == hall_id, terminal_move.c.day.between(first, last))
        .group_by(terminal_move.c.day, terminal_move.c.window_name)
    )
    for row in connection.execute(query):
        if row.n >= rating_policy(row.day).signals.moves:
            yield Signal(SignalKind.MOVED, row.window_name, row.n, row.n, row.day)
