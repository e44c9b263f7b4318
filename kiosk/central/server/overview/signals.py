"""Ratings that look as if somebody else gave them: shown with their reason, never removed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, func, select

from kiosk.central.server.overview import figures
from kiosk.central.server.overview.figures import Group, Sums
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
    """

    kind: SignalKind
    where: str
    n: int
    of: int


def today(connection: Connection, hall_id: str, day: date, machines: list[Group]) -> list[Signal]:
    """What is odd about a day.

    Args:
        connection: with an open transaction.
        hall_id: whose.
        day: which.
        machines: its counts by terminal.
    """
    rules = rating_policy(day).signals
    found = [signal for one in machines for signal in _of_machine(one, rules)]
    found += _moved(connection, hall_id, day, rules)
    first, _ = figures.days_before(day, rules.far_days)
    return found + list(far(figures.by_machine(connection, hall_id, first, day), rules))


def far(machines: list[Group], rules: RatingSignals) -> Iterator[Signal]:
    """Terminals whose mean is far from that of all others together."""
    for one in machines:
        others = figures.total(other.sums for other in machines if other is not one)
        if min(one.sums.rated, others.rated) < rules.far_least:
            continue
        if abs((one.sums.mean or 0) - (others.mean or 0)) > rules.far_stars:
            yield Signal(SignalKind.FAR, one.name, one.sums.rated, others.rated)


def _of_machine(machine: Group, rules: RatingSignals) -> Iterator[Signal]:
    sums: Sums = machine.sums
    enough = sums.rated >= rules.quick_least
    if enough and sums.quick >= rules.quick_share * sums.rated:
        yield Signal(SignalKind.QUICK, machine.name, sums.quick, sums.rated)
    if sums.burst:
        yield Signal(SignalKind.BURST, machine.name, sums.burst, sums.rated)
    if sums.clock_off:
        yield Signal(SignalKind.CLOCK, machine.name, sums.clock_off, sums.rated)


def _moved(
    connection: Connection, hall_id: str, day: date, rules: RatingSignals
) -> Iterator[Signal]:
    n = func.count().label("n")
    query = (
        select(terminal_move.c.window_name, n)
        .where(terminal_move.c.hall_id == hall_id, terminal_move.c.day == day)
        .group_by(terminal_move.c.window_name)
        .having(n >= rules.moves)
    )
    for row in connection.execute(query):
        yield Signal(SignalKind.MOVED, row.window_name, row.n, row.n)
