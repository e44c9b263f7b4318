"""Machine-readable zones of documents that nobody holds (domain facts 11)."""

from hardware.codecs.check_digit import FILLER, check_digit
from hardware.interfaces.chip_reader import AccessKey

_GBK_LETTERS = "ABCDEFGHIJKLMNOP"
_NAME_LETTERS, _LATIN_LETTERS = 12, 18


def permit_line(kind: str, key: AccessKey) -> str:
    """The 30 characters printed on a card-type permit.

    Args:
        kind: `CS` for Hong Kong and Macao, `CD` for Taiwan.
        key: number, birth and expiry.
    """
    number, expiry, birth = (
        text + check_digit(text)
        for text in (key.document_number.ljust(9, FILLER), key.expiry, key.birth)
    )
    whole = check_digit(number + expiry + birth)
    return f"{kind}{number}<{expiry}<{birth}<{whole}"


def permit_mrz(line: str, name: str, latin_name: str, sex: str, century: str) -> str:
    """The 90 characters of DG1.

    Args:
        line: the printed 30.
        name: Chinese name; three characters of it fit.
        latin_name: surname and given name, joined by two fillers.
        sex: `M` or `F`.
        century: `9` for a birth in 19xx, `0` for 20xx (inference of domain facts 11.3).
    """
    coded = _coded(name)[:_NAME_LETTERS].ljust(_NAME_LETTERS, FILLER)
    latin = latin_name[:_LATIN_LETTERS].ljust(_LATIN_LETTERS, FILLER)
    return f"{line}{coded}{latin}{sex}<<{century}<<<<HUB".ljust(90, FILLER)


def passport_mrz(key: AccessKey, latin_name: str) -> str:
    """Two lines of 44, TD3."""
    number, birth, expiry = (
        text + check_digit(text)
        for text in (key.document_number.ljust(9, FILLER), key.birth, key.expiry)
    )
    optional = FILLER * 14 + "0"
    whole = check_digit(number + birth + expiry + optional)
    return f"POCHN{latin_name}".ljust(44, FILLER) + f"{number}CHN{birth}M{expiry}{optional}{whole}"


def entry_permit_mrz(key: AccessKey, latin_name: str) -> str:
    """Three lines of 30 of a permit to enter the mainland, `CR` (domain facts 11.4)."""
    number, birth, expiry = (
        text + check_digit(text)
        for text in (key.document_number.ljust(9, FILLER), key.birth, key.expiry)
    )
    issues = "01" + check_digit("01")
    first = f"CR{number}{issues}{expiry}M{birth}".ljust(30, FILLER)[:30]
    return first + FILLER * 30 + latin_name[:26].ljust(26, FILLER) + "HKG<"


def foreign_card_mrz(key: AccessKey, latin_name: str) -> str:
    """Three lines of 30, TD1, of a country that does not exist."""
    number, birth, expiry = (
        text + check_digit(text)
        for text in (key.document_number.ljust(9, FILLER), key.birth, key.expiry)
    )
    first = f"I<XXA{number}".ljust(30, FILLER)
    whole = check_digit(first[5:] + birth + expiry + FILLER * 11)
    second = f"{birth}M{expiry}XXA{FILLER * 11}{whole}"
    return first + second + latin_name[:30].ljust(30, FILLER)


def _coded(name: str) -> str:
    """Each GBK byte as two letters; a character GBK lacks as four fillers."""
    return "".join(_coded_character(one) for one in name)


def _coded_character(one: str) -> str:
    data = one.encode("gbk", "ignore")
    return "".join(_GBK_LETTERS[b >> 4] + _GBK_LETTERS[b & 15] for b in data) or FILLER * 4
