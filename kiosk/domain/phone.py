"""Telephone numbers of mainland China (domain facts 1.1 row 11, 1.4)."""

import re

_MOBILE = re.compile(r"1[3-9][0-9]{9}", re.ASCII)
_LANDLINE = re.compile(r"0(10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}", re.ASCII)
_BEGINNING = re.compile(r"(1|1[3-9][0-9]{0,9}|0[0-9]{0,11})?", re.ASCII)

MAX_DIGITS = 12


def is_phone(text: str) -> bool:
    """Whether a text is an 11-digit mobile number, or an area code and a number."""
    return bool(_MOBILE.fullmatch(text) or _LANDLINE.fullmatch(text))


def may_become_phone(text: str) -> bool:
    """Whether more digits could still make it a number; a person is not told off while typing."""
    return bool(_BEGINNING.fullmatch(text))
