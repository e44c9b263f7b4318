"""Text as an engine can read it aloud.

espeak-ng of Debian 12 reads Chinese characters as English letters, but reads pinyin with tone
numbers rightly (interface facts 9); so characters, numbers and single letters become pinyin here.
"""

import re

_PARTS = re.compile(r"(?P<number>[0-9]+)|(?P<word>[A-Za-z]+)|(?P<other>[^0-9A-Za-z]+)")
_DIGITS = ("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3")
_PLACES = ("", "shi2", "bai3", "qian1")
_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *("ei1", "bi4", "xi1", "di4", "yi4", "ai2 fu5", "ji4", "ai4 chi5", "ai4", "zhei4"),
            *("kei4", "ai2 le5", "ai2 mu5", "en1", "ou1", "pi4", "qiu1", "a4 er5", "ai2 si5"),
            *("ti4", "you4", "wei1", "da2 bu5 liu5", "ai4 ke5 si5", "wai4", "zei4"),
        ),
        strict=True,
    )
)
_PAUSES = str.maketrans(dict.fromkeys("，、；：", ",") | dict.fromkeys("。！？", "."))


def mandarin(text: str) -> str:
    """Chinese text as pinyin with tone numbers, 5 for the neutral tone.

    Numbers up to four digits are said as numbers; longer ones, those with a leading zero and those
    behind a letter, as ticket numbers are, digit by digit. Letters are said by their names.

    Args:
        text: any text; characters without a reading are passed over.
    """
    said: list[str] = []
    behind_letter = False
    for part in _PARTS.finditer(text):
        piece = part.group()
        if part["number"]:
            by_digits = behind_letter or len(piece) > len(_PLACES) or piece.startswith("0")
            said.append(_digits(piece) if by_digits else _number(piece))
        elif part["word"]:
            said += [_LETTERS[letter] for letter in piece.upper()]
        else:
            said.append(_characters(piece))
        behind_letter = bool(part["word"])
    return " ".join(one for one in said if one)


def _digits(piece: str) -> str:
    return " ".join(_DIGITS[int(digit)] for digit in piece)


def _number(piece: str) -> str:
    """One to four digits, no leading zero: 12 is shi2 er4, 305 is san1 bai3 ling2 wu3."""
    said: list[str] = []
    gap = False
    for place, digit in zip(range(len(piece) - 1, -1, -1), piece, strict=True):
        if digit == "0":
            gap = True
            continue
        if gap and said:
            said.append(_DIGITS[0])
        gap = False
        said += [_DIGITS[int(digit)], _PLACES[place]]
    if said[:2] == ["yi1", "shi2"]:
        del said[0]
    return " ".join(one for one in said if one)


def _characters(piece: str) -> str:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - nobody waits for its tables at start

    syllables: list[str] = lazy_pinyin(
        piece, style=Style.TONE3, neutral_tone_with_five=True, errors=_pauses
    )
    return " ".join(one for one in syllables if one)


def _pauses(unread: str) -> str:
    return " ".join(one for one in unread.translate(_PAUSES) if one in ",.")
