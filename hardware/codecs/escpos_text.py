"""Text on a printer's grid: what its own characters can show, and where a line may break."""

from collections.abc import Iterator

NEVER_FIRST = frozenset("，。、；：？！）》」』】〉”’…—％,.;:?!)]}%")
"""Closing marks: they may not open a line (ui facts 2.3)."""
NEVER_LAST = frozenset("（《「『【〈“‘([{￥¥")
"""Opening marks: they may not end a line."""

_OWN = str.maketrans("¥", "￥")


def own_signs(text: str) -> str:
    """The yuan sign in full width, the only one that GBK, and so a printer, has."""
    return text.translate(_OWN)


def cells(text: str) -> int:
    """Width in cells: one for ASCII, two for everything else."""
    return sum(1 if char.isascii() else 2 for char in text)


def fits(text: str) -> bool:
    """Whether every character is one or two bytes in GB18030, as printers' own characters are."""
    return all(_known(char) for char in text)


def _known(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return char.isprintable()


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most so many cells.

    Args:
        text: one paragraph.
        columns: cells of a line, at least 4.

    Returns:
        At least one line; words in Latin letters stay whole where they fit a line.
    """
    lines: list[str] = []
    line = ""
    for unit in _units(text):
        if line and cells(line + unit.rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        for piece in _pieces(unit, columns):
            if line and cells(line + piece) > columns:
                lines.append(line.rstrip())
                line = ""
            line += piece if line or piece.strip() else ""
    return [*lines, line.rstrip()] if line or not lines else lines


def _units(text: str) -> Iterator[str]:
    unit = ""
    for char in text:
        if unit and _may_break(unit[-1], char):
            yield unit
            unit = ""
        unit += char
    if unit:
        yield unit


def _may_break(before: str, after: str) -> bool:
    if after in NEVER_FIRST or before in NEVER_LAST or after == " ":
        return False
    both_latin = before.isascii() and after.isascii()
    return not both_latin or before == " "


def _pieces(unit: str, columns: int) -> Iterator[str]:
    piece = ""
    for char in unit:
        if cells(piece + char) > columns:
            yield piece
            piece = ""
        piece += char
    yield piece
