"""Machine-readable zones: permits, passports and other cards (domain facts 11, ICAO Doc 9303).

Permits print one line of 30 characters; their chips hold 90, which are not the three lines of a
TD1 card. So what a zone means is told by its first two letters before its length.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.id_number import date_of
from kiosk.domain.person import Sex

FILLER = "<"
LINE_LENGTH, CARD_LENGTH, PASSPORT_LENGTH = 30, 90, 88
_WEIGHTS = (7, 3, 1)
_FORM = re.compile(r"[A-Z0-9<]+", re.ASCII)
_NAME_LETTERS = re.compile(r"[A-P]{4}", re.ASCII)
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE, FILLER: Sex.UNSTATED}
_OCR_SLIPS = ("C5", "C$")
"""What optical readers make of CS."""


class MrzKind(StrEnum):
    """What a zone belongs to."""

    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PASSPORT = "passport"
    ENTRY_PERMIT = "entry_permit"
    """港澳居民来往内地通行证, 台湾居民来往大陆通行证"""
    OTHER_CARD = "other_card"


class MrzFault(StrEnum):
    """Why a text is no whole zone; the first thing that is wrong with it."""

    LENGTH = "length"
    CHARACTERS = "characters"
    NUMBER_CHECK = "number_check"
    EXPIRY_CHECK = "expiry_check"
    BIRTH_CHECK = "birth_check"
    OTHER_CHECK = "other_check"
    WHOLE_CHECK = "whole_check"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Mrz:
    """A zone that passes every check it has.

    Args:
        kind: what it belongs to.
        number: of the document, without fillers.
        birth: YYMMDD; the century stands on no card.
        expiry: last day of validity.
        name: Chinese name as far as the zone holds it, up to three characters.
        latin_name: surname and given name, joined by a comma and a space; empty where not held.
        sex: unstated where the zone has none.
    """

    kind: MrzKind
    number: str = field(repr=False)
    birth: str = field(repr=False)
    expiry: date = field(repr=False)
    name: str = field(default="", repr=False)
    latin_name: str = field(default="", repr=False)
    sex: Sex = Sex.UNSTATED

    def is_born_on(self, day: date) -> bool:
        """Whether a day of birth is the one of this zone."""
        return self.birth == day.strftime("%y%m%d")


def check_digit(text: str) -> str:
    """Weights 7-3-1 over digits, letters from 10 to 35 and fillers as 0, modulo 10.

    Args:
        text: of capitals, digits and fillers.
    """
    values = (0 if one == FILLER else int(one, 36) for one in text)
    return str(sum(value * _WEIGHTS[at % 3] for at, value in enumerate(values)) % 10)


def parse(text: str) -> Mrz | MrzFault:
    """Read a zone, all of its lines one after another.

    Args:
        text: as printed, optically read or held by a chip; line ends and spaces are dropped.

    Returns:
        The zone, or the first thing that is wrong with it.
    """
    zone = "".join(text.split()).upper()
    if zone[:2] in _OCR_SLIPS:
        zone = "CS" + zone[2:]
    if not _FORM.fullmatch(zone):
        return MrzFault.CHARACTERS
    reader = _reader(zone)
    return reader(zone) if reader else MrzFault.LENGTH


def decoded_name(letters: str) -> str:
    """A Chinese name of a zone: each half of a GBK byte is a letter, A for 0 to P for 15.

    Args:
        letters: four for each character, fillers behind or for what GBK lacks.

    Returns:
        The characters that can be read; at a cut or broken one the name ends.
    """
    name = ""
    for at in range(0, len(letters), 4):
        four = letters[at : at + 4]
        if not _NAME_LETTERS.fullmatch(four):
            break
        halves = [ord(one) - ord("A") for one in four]
        pair = bytes((halves[0] << 4 | halves[1], halves[2] << 4 | halves[3]))
        character = pair.decode("gbk", "ignore")
        if len(character) != 1:
            break
        name += character
    return name


def _reader(zone: str) -> Callable[[str], Mrz | MrzFault] | None:
    beginning, length = zone[:2], len(zone)
    if beginning in ("CS", "CD"):
        return _permit if length in (LINE_LENGTH, CARD_LENGTH) else None
    if length == PASSPORT_LENGTH:
        return _passport
    if length == CARD_LENGTH:
        return _entry_permit if beginning in ("CR", "CF", "CT") else _card
    return None


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where the facts of one kind stand; number, expiry and birth with their check digits."""

    kind: MrzKind
    number: str
    expiry: str
    birth: str
    name: str
    latin_name: str
    sex: str


def _permit(zone: str) -> Mrz | MrzFault:
    """One line, and behind it what only the chip holds (domain facts 11.1, 11.2)."""
    kind = MrzKind.HK_MACAO_PERMIT if zone[1] == "S" else MrzKind.TAIWAN_PERMIT
    held = (zone[30:42], zone[42:60], zone[60:61])
    parts = _Parts(kind, zone[2:12], zone[13:20], zone[21:28], *held)
    whole = parts.number + parts.expiry + parts.birth + zone[29]
    return _judged(parts, {MrzFault.WHOLE_CHECK: whole})


def _passport(zone: str) -> Mrz | MrzFault:
    """Two lines of 44, TD3; a Chinese one holds the coded name among its optional data."""
    second = zone[44:]
    optional = second[28:43]
    name = optional[:12] if zone[2:5] == "CHN" else ""
    held = (name, zone[5:44], second[20])
    parts = _Parts(MrzKind.PASSPORT, second[:10], second[21:28], second[13:20], *held)
    checks = {
        MrzFault.OTHER_CHECK: optional,
        MrzFault.WHOLE_CHECK: parts.number + parts.birth + parts.expiry + optional + second[43],
    }
    if optional == FILLER * 15:
        # Without optional data their digit may be left out (ICAO Doc 9303-4, 4.2.2).
        del checks[MrzFault.OTHER_CHECK]
    return _judged(parts, checks)


def _entry_permit(zone: str) -> Mrz | MrzFault:
    """Three lines of 30 with a first line of their own (domain facts 11.4)."""
    held = (zone[30:46], zone[60:86], zone[22])
    parts = _Parts(MrzKind.ENTRY_PERMIT, zone[2:12], zone[15:22], zone[23:30], *held)
    return _judged(parts, {MrzFault.OTHER_CHECK: zone[12:15]})


def _card(zone: str) -> Mrz | MrzFault:
    """Three lines of 30, TD1."""
    held = ("", zone[60:90], zone[37])
    parts = _Parts(MrzKind.OTHER_CARD, zone[5:15], zone[38:45], zone[30:37], *held)
    whole = zone[5:30] + parts.birth + parts.expiry + zone[48:60]
    return _judged(parts, {MrzFault.WHOLE_CHECK: whole})


def _judged(parts: _Parts, other_checks: Mapping[MrzFault, str]) -> Mrz | MrzFault:
    checks = {
        MrzFault.NUMBER_CHECK: parts.number,
        MrzFault.EXPIRY_CHECK: parts.expiry,
        MrzFault.BIRTH_CHECK: parts.birth,
        **other_checks,
    }
    for fault, checked in checks.items():
        if check_digit(checked[:-1]) != checked[-1]:
            return fault
    expiry, birth = date_of(f"20{parts.expiry[:6]}"), parts.birth[:6]
    # 29 February stands in some centuries only, and which one this is no card says.
    if expiry is None or not (date_of(f"19{birth}") or date_of(f"20{birth}")):
        return MrzFault.DATE
    return Mrz(
        parts.kind,
        parts.number[:9].rstrip(FILLER),
        birth,
        expiry,
        decoded_name(parts.name),
        _latin(parts.latin_name),
        _SEXES.get(parts.sex, Sex.UNSTATED),
    )


def _latin(field_text: str) -> str:
    """Surname and given names: two fillers part them, one stands for a space."""
    surname, _, given = field_text.strip(FILLER).partition(FILLER * 2)
    return ", ".join(" ".join(one.split(FILLER)).strip() for one in (surname, given) if one)
