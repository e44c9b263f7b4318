"""The working days of the dated tables."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from kiosk.domain.working_days import WorkCalendar
from kiosk.policy.loader import Policy, shipped
from kiosk.policy.rating_rows import Holiday, MadeUpDay
from kiosk.policy.rows import Row


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
