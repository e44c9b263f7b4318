"""A month by window and clerk, and how things went over days and months, as charts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from kiosk.central.server.overview import charts, figures, signals
from kiosk.central.server.overview.charts import Series
from kiosk.central.server.overview.figures import Group, Sums
from kiosk.central.server.overview.signals import Signal
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.domain.rating import Level
from kiosk.locale import Speech

CHART_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""a chart brings its own style and can do nothing else"""
_DAYS = 30
_MONTHS = 12
_MOST_REASONS = 8


@dataclass(frozen=True, slots=True)
class Month:
    """A month's ratings.

    Args:
        first: its first day.
        before: first day of the month before.
        following: first day of the next month, None where that has not begun.
        sums: of the hall.
        errors: mistakes found in files.
        windows: by window.
        clerks: by clerk.
        reasons: code and how often, most often first.
        signals: what was odd.
    """

    first: date
    before: date
    following: date | None
    sums: Sums
    errors: int
    windows: list[Group]
    clerks: list[Group]
    reasons: list[tuple[str, dict[str, str], int]]
    signals: list[Signal]

    @property
    def error_pct(self) -> float | None:
        """Mistakes per hundred cases that windows served."""
        visits = sum(one.sums.served for one in self.windows if one.name)
        return figures.error_pct(self.errors, visits)


def month(connection: Connection, hall_id: str, first: date, today: date) -> Month:
    """Read a month, as far as it has gone."""
    following = (first + timedelta(days=31)).replace(day=1)
    last = following - timedelta(days=1)
    names = rating_policy(today).reason_names
    counted = figures.reasons(connection, hall_id, first, last)
    return Month(
        first=first,
        before=(first - timedelta(days=1)).replace(day=1),
        following=following if following <= today else None,
        sums=figures.hall(connection, hall_id, first, last),
        errors=figures.errors(connection, hall_id, first, last),
        windows=figures.by_window(connection, hall_id, first, last),
        clerks=figures.by_clerk(connection, hall_id, first, last),
        reasons=[(code, names.get(code, {}), n) for code, n in counted.items()],
        signals=signals.month(connection, hall_id, first, min(last, today)),
    )


def table(shown: Month, speech: Speech) -> list[list[str]]:
    """A month as rows for a spreadsheet, header first."""
    levels = [speech.text(f"rating.level.{level}") for level in Level]
    columns = ("who", "served", "asked", "silent", "satisfied", "mean", "errors")
    head = [speech.text(f"overview.column.{name}") for name in columns]
    rows = [[*head[:4], *levels, *head[4:]]]
    hall = Group(speech.text("overview.ratings.hall"), shown.sums, shown.errors)
    windows = [replace(one, name=window_name(one.name, speech)) for one in shown.windows]
    rates_of = [(one, one.error_pct) for one in (*windows, *shown.clerks)]
    for one, error_pct in ((hall, shown.error_pct), *rates_of):
        sums = one.sums
        counted = [sums.served, sums.asked, sums.silent, *sums.levels]
        rates = (sums.satisfied_pct, sums.mean, error_pct)
        said = ["" if value is None else str(value) for value in rates]
        rows.append([one.name, *map(str, counted), *said])
    return rows


def window_name(name: str, speech: Speech) -> str:
    """A window as it is called; machines' own errands have none."""
    if not name:
        return speech.text("overview.window.machines")
    return speech.text("overview.window.name", name=name)


def days(connection: Connection, hall_id: str, today: date, speech: Speech) -> bytes:
    """Satisfaction by day over the last month; days without answers are left out."""
    first, last = figures.days_before(today, _DAYS)
    found = figures.by_day(connection, hall_id, first, last)
    rated = [day for day in sorted(found) if found[day].rated]
    values = tuple(found[day].satisfied_pct for day in rated)
    labels = tuple(f"{day.month}-{day.day}" for day in rated)
    name = speech.text("overview.column.satisfied")
    return charts.line(labels, Series(name, values), max(1, len(labels) // 8))


def months(connection: Connection, hall_id: str, today: date, speech: Speech) -> bytes:
    """Answers by level over the last twelve months."""
    start = today.replace(day=1)
    for _ in range(_MONTHS - 1):
        start = (start - timedelta(days=1)).replace(day=1)
    found = figures.by_month(figures.by_day(connection, hall_id, start, today - timedelta(days=1)))
    labels = tuple(f"{one.year}-{one.month:02d}" for one in found)
    series = tuple(
        Series(
            speech.text(f"rating.level.{level}"),
            tuple(float(one.levels[i]) for one in found.values()),
        )
        for i, level in enumerate(Level)
    )
    return charts.layers(labels, series, 2)


def reasons(connection: Connection, hall_id: str, today: date, speech: Speech) -> bytes:
    """What was said most often over the last month."""
    first, last = figures.days_before(today, _DAYS)
    names = rating_policy(today).reason_names
    found = list(figures.reasons(connection, hall_id, first, last).items())[:_MOST_REASONS]
    series = tuple(
        Series(names.get(code, {}).get(speech.language, code), (float(n),)) for code, n in found
    )
    return charts.bars(series)


Draw = Callable[[Connection, str, date, Speech], bytes]
CHARTS: dict[str, Draw] = {"days": days, "months": months, "reasons": reasons}
"""by the name in their address"""
