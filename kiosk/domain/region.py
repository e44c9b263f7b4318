"""Administrative regions by their codes, GB/T 2260."""

PROVINCES = (
    *("110000", "120000", "130000", "140000", "150000"),
    *("210000", "220000", "230000"),
    *("310000", "320000", "330000", "340000", "350000", "360000", "370000"),
    *("410000", "420000", "430000", "440000", "450000", "460000"),
    *("500000", "510000", "520000", "530000", "540000"),
    *("610000", "620000", "630000", "640000", "650000"),
    *("710000", "810000", "820000"),
)
"""all at province level, in the order of the standard"""

ABROAD = "ABROAD"
"""born outside China; the window adds the country"""

_KNOWN = frozenset(PROVINCES)


def province_of(code: str) -> str:
    """The province-level code of a region code, empty for one of no known province.

    Only the first two digits are looked at: withdrawn codes of counties stay valid on old cards.
    """
    province = code[:2] + "0000"
    return province if len(code) == 6 and province in _KNOWN else ""
