"""The working days of the dated tables."""

from collections.abc import Iterator, Set
from datetime import date, timedelta
from functools import cache

from kiosk.domain.working_days import WorkCalendar
from kiosk.policy.loader import Policy, shipped
from kiosk.policy.rating_rows import Holiday, MadeUpDay
from kiosk.policy.rows import Row

_NOTICE_DAYS = 60
"""before a new year its arrangement is out: the notice for 2026 is of 4 November 2025"""


def unknown_year(today: date, holidays: Set[date]) -> int | None:
    """A year that terms count in and whose holidays nobody has entered; None where all is known.

    Args:
        today: which day it is; the coming year counts from 60 days before its start.
        holidays: of all years in the tables.
    """
    entered = {day.year for day in holidays}
    soon = (today + timedelta(days=_NOTICE_DAYS)).year
    return next((year for year in range(today.year, soon + 1) if year not in entered), None)


@cache
def work_calendar() -> WorkCalendar:
    """Holidays and made-up days of all years in the tables."""
    policy = shipped()
    return WorkCalendar(frozenset(_days(policy, Holiday)), frozenset(_days(policy, MadeUpDay)))


def _days(policy: Policy, kind: type[Row]) -> Iterator[date]:
    for row in policy.rows:
        if isinstance(row, kind):
            day, last = row.valid_from, row.valid_to or row.valid_from
            while day <= last:
                yield day
                day += timedelta(days=1)
