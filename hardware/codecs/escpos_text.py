"""Text for an ESC/POS printer with Chinese characters: what it can print, and where lines break.

A cell is 12 dots wide: a Latin character takes one, an ideograph two (hardware facts 3.3).
"""

import re
import unicodedata

CELL_DOTS = 12
"""Width of one cell."""

_CLOSING = frozenset("!),.:;?]}%°·’”…‰℃、。〉》」』】〕〗!),.:;?]}%~—～¢")
"""Never first on a line (GB/T 15834; CLREQ 6.1)."""
_OPENING = frozenset("([{‘“〈《「『【〔〖([{£¥$¥￥")
"""Never last on a line."""
_UNIT = re.compile(r"[\x21-\x7e]+| +|.", re.DOTALL)
_PRIVATE = "Co"
_CONTROL = "Cc"


def clean(text: str) -> str:
    """Text without control characters, so that no name can carry a printer command.

    Args:
        text: any text; a tab counts as a space.
    """
    spaced = text.replace("\t", " ")
    return "".join(one for one in spaced if unicodedata.category(one) != _CONTROL)


def is_native(text: str) -> bool:
    """Whether every character is in the printer's own memory.

    That is ASCII and the two-byte codes of GBK without its user-defined areas. GB18030's four-byte
    codes (Extension B) and its later two-byte ones (䶮, FE 9F) are missing in most printers.
    """
    return all(_native(one) for one in text)


def encode_native(text: str) -> bytes:
    """The bytes of native text; GB18030 keeps GBK's two-byte codes.

    Raises:
        ValueError: the text is not native.
    """
    if not is_native(text):
        raise ValueError("text holds characters that the printer lacks")
    return text.encode("gb18030")


def cells(text: str) -> int:
    """Width of a text in cells of 12 dots."""
    return sum(cell_width(one) for one in text)


def cell_width(one: str) -> int:
    """Cells of one character: 0 for a combining mark, 1 for Latin, 2 for the rest.

    Whatever is not ASCII comes from the printer's ideograph set, Greek and Cyrillic included.
    """
    if unicodedata.combining(one):
        return 0
    return 1 if one.isascii() else 2


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Break a text into lines.

    No line begins with closing punctuation or ends with opening punctuation, and Latin words stay
    whole unless one is wider than the paper.

    Args:
        text: clean text.
        width: of a line in cells, at least 2.

    Returns:
        Lines without spaces at the break; one empty line for an empty text.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width):
        if cells(line) + cells(piece.rstrip(" ")) <= width:
            line += piece
            continue
        lines.append(line.rstrip(" "))
        line = piece.lstrip(" ")
    lines.append(line.rstrip(" "))
    return tuple(one for one in lines if one) or ("",)


def _native(one: str) -> bool:
    if unicodedata.category(one) in (_PRIVATE, _CONTROL):
        return False
    try:
        one.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _pieces(text: str, width: int) -> list[str]:
    """Parts between which a line may break, none wider than a line."""
    pieces: list[str] = []
    for unit in _UNIT.findall(text):
        if pieces and _clings(pieces[-1], unit):
            pieces[-1] += unit
        else:
            pieces.append(unit)
    return [part for piece in pieces for part in _cut(piece, width)]


def _clings(before: str, unit: str) -> bool:
    mark = unicodedata.combining(unit[0]) != 0
    return mark or unit[0] in _CLOSING or unit[0] == " " or before[-1] in _OPENING


def _cut(piece: str, width: int) -> list[str]:
    if cells(piece.rstrip(" ")) <= width:
        return [piece]
    parts = [""]
    for one in piece:
        if cells(parts[-1]) + cell_width(one) > width:
            parts.append("")
        parts[-1] += one
    return parts
