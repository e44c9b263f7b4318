"""Deadlines in working days."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked: Monday to Friday, but for the government's yearly arrangement.

    Args:
        holidays: days off, weekends included where the arrangement names them.
        made_up: weekend days that are worked instead.
    """

    holidays: Set[date]
    made_up: Set[date]

    def is_worked(self, day: date) -> bool:
        """Whether a day is a working day."""
        if day in self.made_up:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def after(self, day: date, days: int) -> date:
        """The last day of a term of so many working days; the first counts from the next day.

        Args:
            day: on which the term begins, worked or not.
            days: working days, at least 1.
        """
        left = days
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_worked(day)
        return day
