"""What a card says becomes a person, or an honest "cannot be read"."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.person import IdCardKind, Sex
from kiosk.runtime.card_reading import person_of
from tests.kit.laid_card import CARD


def test_a_citizens_card_becomes_a_person() -> None:
    person = person_of(CARD)
    assert person is not None
    assert person.card_kind is IdCardKind.CITIZEN
    assert person.sex is Sex.FEMALE
    assert person.birth == date(1999, 1, 1)
    assert person.number == "42029919990101006X"
    assert person.valid_to == date(2040, 1, 1)
    assert person.nationality == "CHN"


def test_a_long_term_card_has_no_last_day() -> None:
    person = person_of(replace(CARD, valid_to="长期"))
    assert person is not None
    assert person.valid_to is None
    assert not person.is_expired_on(date(2999, 1, 1))


@pytest.mark.parametrize(
    "damage",
    [
        {"birth": "19991301"},
        {"birth": ""},
        {"valid_to": "短期"},
        {"sex_code": "男"},
        {"number": ""},
    ],
    ids=["month 13", "no birth", "no end", "no sex code", "no number"],
)
def test_a_card_whose_text_makes_no_sense_cannot_be_read(damage: dict[str, str]) -> None:
    assert person_of(replace(CARD, **damage)) is None


def test_a_person_never_shows_in_a_log() -> None:
    person = person_of(CARD)
    assert "欧阳测试" not in repr(person)
    assert "19990101" not in repr(person)
    assert repr(CARD) == "IdCard(layout='citizen')"
