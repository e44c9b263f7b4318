"""The check digit of machine-readable zones (ICAO Doc 9303-3, 4.9). Pure."""

from hardware.codecs.tlv import BadChipDataError

_WEIGHTS = (7, 3, 1)
FILLER = "<"


def check_digit(text: str) -> str:
    """Weights 7-3-1 over digits, letters A to Z as 10 to 35 and fillers as 0, modulo 10.

    Raises:
        BadChipDataError: another character stands there.
    """
    total = sum(_value(letter) * _WEIGHTS[at % 3] for at, letter in enumerate(text))
    return str(total % 10)


def _value(letter: str) -> int:
    if letter == FILLER:
        return 0
    if "0" <= letter <= "9":
        return ord(letter) - ord("0")
    if "A" <= letter <= "Z":
        return ord(letter) - ord("A") + 10
    raise BadChipDataError("a character that no machine-readable zone has")
