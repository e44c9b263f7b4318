"""Citizen identity numbers: GB 11643 (domain facts 12.4)."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.person import Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)


class NumberFault(StrEnum):
    """Why a text is no identity number."""

    LENGTH = "length"
    """not 18 characters; 15-digit numbers are no longer issued"""
    CHARACTERS = "characters"
    BIRTH = "birth"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number that passes every check.

    Args:
        text: 18 characters, a check digit ten as capital X.
        region: six digits of GB/T 2260; withdrawn codes stay valid.
        birth: date of birth.
        sex: by the parity of the 17th digit.
    """

    text: str = field(repr=False)
    region: str
    birth: date = field(repr=False)
    sex: Sex


def check_character(first_17: str) -> str:
    """The 18th character for 17 digits, by MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def date_of(digits: str) -> date | None:
    """The day that YYYYMMDD stands for, None where there is no such day."""
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def stored(typed: str) -> str:
    """A number as it is kept: no spaces, x as X."""
    return typed.replace(" ", "").upper()


def parse(typed: str) -> IdNumber | NumberFault:
    """Read an identity number of 18 characters.

    Args:
        typed: as typed or read; a small x and spaces are accepted.

    Returns:
        The number, or the first thing that is wrong with it.
    """
    text = stored(typed)
    if len(text) != 18:
        return NumberFault.LENGTH
    if not _FORM.fullmatch(text):
        return NumberFault.CHARACTERS
    birth = date_of(text[6:14])
    if birth is None:
        return NumberFault.BIRTH
    if check_character(text[:17]) != text[17]:
        return NumberFault.CHECK
    sex = Sex.MALE if int(text[16]) % 2 else Sex.FEMALE
    return IdNumber(text, text[:6], birth, sex)


def agrees(number: IdNumber, birth: date, sex: Sex) -> bool:
    """Whether a card's date of birth and sex are those of its number.

    Args:
        number: of the card.
        birth: as the card's own field says.
        sex: as the card's own field says; unknown and unstated contradict nothing.
    """
    same_sex = sex is number.sex or sex in (Sex.UNKNOWN, Sex.UNSTATED)
    return number.birth == birth and same_sex
