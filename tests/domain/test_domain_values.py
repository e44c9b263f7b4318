"""Phones, numbers of documents, regions, money."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.age import full_years
from kiosk.domain.document import DocumentKind
from kiosk.domain.ethnicity import CODES, COMMON
from kiosk.domain.money import yuan
from kiosk.domain.phone import is_phone, may_become_phone
from kiosk.domain.region import PROVINCES, province_of
from kiosk.domain.travel_document import is_number_of, may_become_number_of

PHONES = ("13800000000", "16600000000", "19900000000", "07146350000", "01065120000", "02787654321")


@pytest.mark.parametrize("phone", PHONES)
def test_mobiles_and_landlines_are_phones(phone: str) -> None:
    assert is_phone(phone)


@pytest.mark.parametrize("phone", ["", "12800000000", "1380000000", "138000000000", "6350000"])
def test_other_digits_are_none(phone: str) -> None:
    assert not is_phone(phone)


@pytest.mark.parametrize("phone", PHONES)
def test_nobody_is_told_off_while_typing_a_good_phone(phone: str) -> None:
    assert all(may_become_phone(phone[:n]) for n in range(len(phone) + 1))


@pytest.mark.parametrize("typed", ["2", "12", "138000000001", "1a"])
def test_a_phone_beyond_help_is_noticed_at_once(typed: str) -> None:
    assert not may_become_phone(typed)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (DocumentKind.PASSPORT, "E12345678"),
        (DocumentKind.PASSPORT, "EA1234567"),
        (DocumentKind.PASSPORT, "G12345678"),
        (DocumentKind.HK_MACAO_PERMIT, "C12345678"),
        (DocumentKind.HK_MACAO_PERMIT, "CA0000001"),
        (DocumentKind.TAIWAN_PERMIT, "L12345678"),
    ],
)
def test_numbers_of_documents_held(kind: DocumentKind, number: str) -> None:
    assert is_number_of(kind, number)
    assert all(may_become_number_of(kind, number[:n]) for n in range(10))


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (DocumentKind.PASSPORT, "EI1234567"),
        (DocumentKind.PASSPORT, "EO1234567"),
        (DocumentKind.PASSPORT, "C12345678"),
        (DocumentKind.HK_MACAO_PERMIT, "CI0000001"),
        (DocumentKind.HK_MACAO_PERMIT, "W12345678"),
        (DocumentKind.TAIWAN_PERMIT, "LA1234567"),
    ],
)
def test_numbers_of_nothing(kind: DocumentKind, number: str) -> None:
    assert not is_number_of(kind, number)
    assert not may_become_number_of(kind, number)


def test_withdrawn_codes_of_old_cards_keep_their_province() -> None:
    assert province_of("420299") == "420000"
    assert province_of("512301") == "510000"
    assert province_of("000000") == ""
    assert province_of("42") == ""
    assert len(PROVINCES) == 34


def test_the_table_of_ethnic_groups_is_whole() -> None:
    assert len(CODES) == 58
    assert len(set(CODES)) == 58
    assert set(COMMON) <= set(CODES)


@given(st.integers(0, 10**9))
def test_yuan_lose_no_fen(fen: int) -> None:
    whole, _, rest = yuan(fen).partition(".")
    assert int(whole) * 100 + int(rest or 0) == fen


def test_a_birthday_counts_from_its_own_day_on() -> None:
    assert full_years(date(2010, 11, 24), date(2026, 11, 23)) == 15
    assert full_years(date(2010, 11, 24), date(2026, 11, 24)) == 16
    assert full_years(date(2012, 2, 29), date(2028, 2, 28)) == 15
    assert full_years(date(2012, 2, 29), date(2027, 3, 1)) == 15
