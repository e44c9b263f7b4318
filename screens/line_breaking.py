"""Where a line of Chinese or mixed text may end.

Kivy breaks Chinese per character: a comma may begin a line and mixed text grows ragged (ui facts
2.3). Here words stay whole, closing marks stay with what they close, opening marks with what they
open, and a number with its unit.
"""

import re
from collections.abc import Callable

CLOSING = frozenset("，。、；：？！）】》」』〉〕］｝〗”’…—·～％‰℃°々ー,.;:?!)]}%")
"""Never at the start of a line."""

OPENING = frozenset("（【《「『〈〔［｛〖“‘([{¥￥#№＃")
"""Never at the end of a line."""

_UNITS = (
    "个工作日|工作日|个月|分钟|小时|毫米|厘米|公里|周岁|"
    "[年月日号时分秒天周岁个元角位人次份张件本页栋室层楼米步种项]"
)
_WORD = r"[A-Za-z0-9À-ÖØ-öø-ÿĀ-ž_@/&+*=~^$'’.,:\-]"
_PIECE = re.compile(
    rf"(?P<amount>[¥￥$]?\d[\d,.:/\-]*+(?: ?(?:{_UNITS})|(?![A-Za-z])))"
    rf"|(?P<word>{_WORD}*[A-Za-z0-9À-ÖØ-öø-ÿĀ-ž]{_WORD}*)"
    r"|(?P<space>[ \t\u3000]+)"
    r"|(?P<dash>—+|…+)"
    r"|(?P<one>.)",
    re.DOTALL,
)


def wrap(text: str, width_px: float, measure: Callable[[str], float]) -> str:
    """A text with a line break wherever a line must end.

    Args:
        text: plain text; its own line breaks stay.
        width_px: room for a line.
        measure: width of a piece of one line, in pixels.

    Returns:
        The same text with line breaks in place of spaces or between characters. A line is wider
        than its room only where a single character is.
    """
    return "\n".join(line for part in text.split("\n") for line in _lines(part, width_px, measure))


def units(text: str) -> list[str]:
    """The pieces of one line of text that may not be broken; spaces are pieces of their own."""
    found: list[str] = []
    glue = False
    for match in _PIECE.finditer(text):
        piece, space = match.group(), match.lastgroup == "space"
        closing = not space and all(character in CLOSING for character in piece)
        after_space = bool(found) and found[-1].isspace()
        if found and not space and not after_space and (glue or closing):
            found[-1] += piece
        else:
            found.append(piece)
        glue = not space and piece[-1] in OPENING
    return found


def _lines(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    if measure(text) <= room:
        return [text]
    lines: list[str] = []
    line = ""
    pending = units(text)[::-1]
    while pending:
        unit = pending.pop()
        if measure(line + unit) <= room:
            line += unit
            continue
        if unit.isspace():
            _drop_spaces(pending)
        elif line.strip():
            pending.append(unit)
            _drop_spaces(pending)
        else:
            line = _fitting(unit, room, measure)
            if len(line) < len(unit):
                pending.append(unit[len(line) :])
        lines.append(line.rstrip())
        line = ""
    if line or not lines:
        lines.append(line)
    return lines


def _drop_spaces(pending: list[str]) -> None:
    while pending and pending[-1].isspace():
        pending.pop()


def _fitting(unit: str, room: float, measure: Callable[[str], float]) -> str:
    """The longest beginning of a piece that fits, one character at least."""
    end = 1
    while end < len(unit) and measure(unit[: end + 1]) <= room:
        end += 1
    return unit[:end]
