"""Age in full years."""

from datetime import date


def full_years(birth: date, day: date) -> int:
    """Full years on a day; a birthday counts from its own day on (29 February: 1 March)."""
    before_birthday = (day.month, day.day) < (birth.month, birth.day)
    return day.year - birth.year - before_birthday
