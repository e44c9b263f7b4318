"""Numbers of the other cards on the same reader (domain facts 12.3)."""

import re

from kiosk.domain.id_number import IdNumber, check_character, date_of, parse

_HMT_REGIONS = frozenset({"810000", "820000", "830000"})
_FOREIGN_2017 = re.compile(r"[A-Z]{3}[0-9]{12}", re.ASCII)
_FOREIGN_2023 = re.compile(r"9[0-9]{16}[0-9X]", re.ASCII)
_ICAO_WEIGHTS = (7, 3, 1)


def icao_check_digit(text: str) -> int:
    """Check digit of ICAO 9303: weights 7, 3, 1; digits count themselves, A to Z 10 to 35."""
    values = (int(c, 36) if c != "<" else 0 for c in text)
    return sum(v * _ICAO_WEIGHTS[i % 3] for i, v in enumerate(values)) % 10


def is_hmt_resident_number(text: str) -> bool:
    """Whether a text is the number of a residence permit for Hong Kong, Macao, Taiwan people."""
    number = parse(text)
    return isinstance(number, IdNumber) and number.region in _HMT_REGIONS


def is_foreign_2017_number(text: str) -> bool:
    """Whether a text is a permanent resident's number of 2017: KAZ110090123105.

    Three letters, region 4, birth YYMMDD, a sequence digit, a 7-3-1 check digit; a birth on
    29 February is accepted in any year because the century is not in the number.
    """
    if not _FOREIGN_2017.fullmatch(text):
        return False
    birth = text[7:13]
    if date_of("20" + birth) is None and birth[2:] != "0229":
        return False
    return icao_check_digit(text[:14]) == int(text[14])


def is_foreign_2023_number(text: str) -> bool:
    """Whether a text is a permanent resident's number of 2023.

    A 9, province 2, nationality as ISO numeric 3, birth 8, serial 3, check by MOD 11-2.
    """
    if not _FOREIGN_2023.fullmatch(text) or date_of(text[6:14]) is None:
        return False
    return check_character(text[:17]) == text[17]
