"""Names in Latin letters as a passport prints them (domain facts 1.4, GB/T 28039-2011)."""

import re

from kiosk.domain.surname import DOTS, READINGS

_UE = {"LVE": "LUE", "NVE": "NUE"}
_SYLLABLE = re.compile(r"[a-z]+", re.ASCII)


def passport_spelling(syllable: str) -> str:
    """A syllable in capitals, its ü (written v) as the rule of 2013 wants it.

    LÜ and NÜ become LYU and NYU, LÜE and NÜE become LUE and NUE; QU, YU and their like never
    wrote the ü.
    """
    capital = syllable.upper().replace("Ü", "V")
    return _UE.get(capital, capital.replace("V", "YU"))


def warm() -> None:
    """Read the tables of readings now, which takes a fifth of a second, and not at first use."""
    _joined("中")


def _joined(text: str) -> str:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - no screen waits for its tables

    syllables = lazy_pinyin(text, style=Style.NORMAL)
    if not all(_SYLLABLE.fullmatch(one) for one in syllables):
        return ""
    return "".join(passport_spelling(one) for one in syllables)


def surname_pinyin(surname: str) -> str:
    """The usual reading of a surname, joined; empty when a character has none."""
    reading = READINGS.get(surname)
    return passport_spelling(reading) if reading else _joined(surname)


def given_pinyin(given: str) -> str:
    """The given name written together; empty when a character has no reading."""
    return _joined("".join(c for c in given if c not in DOTS))
