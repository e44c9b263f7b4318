"""Periods of months."""

import calendar
from datetime import date, timedelta


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last where it has none."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_day(first: date, months: int) -> date:
    """Last day of a period of so many months that begins on a day."""
    return months_later(first, months) - timedelta(days=1)
