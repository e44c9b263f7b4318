"""Identity numbers are checked as GB 11643 says; other cards by their own rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.id_number import IdNumber, NumberFault, agrees, check_character, parse
from kiosk.domain.person import Sex
from kiosk.domain.resident_number import (
    is_foreign_2017_number,
    is_foreign_2023_number,
    is_hmt_resident_number,
)

ADULT = "42029919900101006X"


@pytest.mark.parametrize(
    ("text", "birth", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        (ADULT, date(1990, 1, 1), Sex.FEMALE),
        ("420299201506150025", date(2015, 6, 15), Sex.FEMALE),
        ("420299195503100032", date(1955, 3, 10), Sex.MALE),
    ],
    ids=["example of the standard", "adult", "minor", "elder"],
)
def test_a_good_number_tells_birth_and_sex(text: str, birth: date, sex: Sex) -> None:
    number = parse(text)
    assert isinstance(number, IdNumber)
    assert (number.birth, number.sex, number.region) == (birth, sex, text[:6])


def test_a_small_x_and_spaces_are_understood_and_kept_as_capital() -> None:
    number = parse("420299 19900101 006x")
    assert isinstance(number, IdNumber)
    assert number.text == ADULT


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", NumberFault.LENGTH),
        ("420299900101006", NumberFault.LENGTH),
        ("4202991990010100X6", NumberFault.CHARACTERS),
        ("420299199001010060", NumberFault.CHECK),
        ("42029919901301006X", NumberFault.BIRTH),
        ("420299199002300061", NumberFault.BIRTH),
        ("4202991990010100０X", NumberFault.CHARACTERS),
    ],
    ids=["empty", "15 digits", "X inside", "check digit", "month 13", "30 February", "wide digit"],
)
def test_a_wrong_number_says_what_is_wrong(text: str, fault: NumberFault) -> None:
    assert parse(text) is fault


@given(
    birth=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    serial=st.integers(0, 999),
    place=st.integers(0, 17),
    digit=st.sampled_from("0123456789"),
)
def test_one_wrong_digit_is_always_noticed(
    birth: date, serial: int, place: int, digit: str
) -> None:
    first = f"420299{birth:%Y%m%d}{serial:03d}"
    good = first + check_character(first)
    assert isinstance(parse(good), IdNumber)
    wrong = good[:place] + digit + good[place + 1 :]
    assert wrong == good or isinstance(parse(wrong), NumberFault)


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(parse(text), IdNumber | NumberFault)


def test_a_card_that_contradicts_its_number_is_noticed() -> None:
    number = parse(ADULT)
    assert isinstance(number, IdNumber)
    assert agrees(number, date(1990, 1, 1), Sex.FEMALE)
    assert agrees(number, date(1990, 1, 1), Sex.UNSTATED)
    assert not agrees(number, date(1990, 1, 1), Sex.MALE)
    assert not agrees(number, date(1990, 1, 2), Sex.FEMALE)


def test_a_number_never_shows_in_a_log() -> None:
    assert ADULT not in repr(parse(ADULT))
    assert "1990" not in repr(parse(ADULT))


def test_residents_of_hong_kong_macao_taiwan_have_their_own_regions() -> None:
    assert is_hmt_resident_number("810000199408230021")
    assert is_hmt_resident_number("830000199201300022")
    assert not is_hmt_resident_number(ADULT)


def test_permanent_residents_of_2017() -> None:
    assert is_foreign_2017_number("KAZ110090123105")
    assert not is_foreign_2017_number("KAZ110090123106")
    assert not is_foreign_2017_number("KAZ110090133105")


def test_permanent_residents_of_2023() -> None:
    assert is_foreign_2023_number("942999198507170017")
    assert not is_foreign_2023_number("942999198507170018")
    assert not is_foreign_2023_number("942999198513170017")
