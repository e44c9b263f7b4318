"""Numbers of cases that people read to each other."""

import re

from kiosk.domain.case_number import spoken


def test_it_is_short_and_always_the_same() -> None:
    ids = [f"{n:032x}-card_stuck" for n in range(200)]
    numbers = [spoken(one) for one in ids]
    assert all(re.fullmatch(r"\d{4} \d{4}", one) for one in numbers)
    assert numbers == [spoken(one) for one in ids]
    assert len(set(numbers)) == len(ids)


def test_two_cases_of_one_errand_have_two_numbers() -> None:
    assert spoken("order1-card_kept") != spoken("order1-cash_owed")
