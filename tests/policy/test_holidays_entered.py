"""A year whose holidays nobody entered is told of before terms are counted in it."""

from datetime import date

import pytest

from kiosk.policy.working_days import unknown_year

OF_2026 = frozenset({date(2026, 1, 1), date(2026, 10, 1)})
OF_2027 = frozenset({date(2027, 1, 1)})


@pytest.mark.parametrize(
    ("today", "holidays", "missing"),
    [
        (date(2026, 6, 1), OF_2026, None),
        (date(2026, 11, 1), OF_2026, None),
        (date(2026, 11, 2), OF_2026, 2027),
        (date(2026, 12, 31), OF_2026, 2027),
        (date(2026, 12, 31), OF_2026 | OF_2027, None),
        (date(2027, 1, 1), OF_2026, 2027),
        (date(2027, 6, 1), OF_2026, 2027),
        (date(2027, 6, 1), OF_2026 | OF_2027, None),
    ],
)
def test_a_year_without_holidays_is_told_from_sixty_days_before(
    today: date, holidays: frozenset[date], missing: int | None
) -> None:
    assert unknown_year(today, holidays) == missing
