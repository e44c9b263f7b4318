"""ESC/POS bytes for one piece of paper (hardware facts 3, reliability facts 1.9).

Only commands that Epson-compatible printers share. The paper ends with a barrier: a question that
the printer answers in order, after everything before it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from struct import pack

from hardware.codecs.escpos_text import CELL_DOTS, cells, clean, encode_native, is_native, wrap
from hardware.interfaces.ticket_printer import Align, Feed, Paper, QrCode, Rule, TextLine

RESET = b"\x1b@"
NO_AUTOMATIC_STATUS = b"\x1da\x00"
"""Else a printer may send four status bytes unasked, and three of them look like a barrier."""
IDEOGRAPHS_ON = b"\x1c&"
BEGIN = RESET + NO_AUTOMATIC_STATUS + IDEOGRAPHS_ON
CUT = b"\x1dVB\x00"
"""Feed to the blade and cut, leaving one point."""
BARRIER = b"\x1dr\x01"
RECOVER = b"\x10\x05\x02"
"""DLE ENQ 2: leave a mended error and forget what was waiting."""

_RULE = "─"
_ALIGN = {Align.LEFT: 0, Align.CENTER: 1, Align.RIGHT: 2}
_QR_MODEL_2 = b"\x1d(k\x04\x001A2\x00"
_QR_LEVEL_M = b"\x1d(k\x03\x001E1"
_QR_PRINT = b"\x1d(k\x03\x001Q0"
_QR_QUIET_MODULES = 8
# ISO/IEC 18004, byte mode, level M, versions 1 to 15.
_QR_CAPACITY = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412)
_MOST_FEED = 255


@dataclass(frozen=True, slots=True)
class Dots:
    """A drawn line.

    Args:
        width_bytes: eight dots each, the leftmost in the highest bit.
        height: rows of dots.
        data: row by row, 1 is black.
    """

    width_bytes: int
    height: int
    data: bytes


Drawer = Callable[[TextLine], Dots]
"""Draws one line that fits the paper; characters keep their cells of 12 or 24 dots."""


def encode(paper: Paper, width_dots: int, draw: Drawer) -> tuple[bytes, ...]:
    """The bytes of a piece of paper.

    Args:
        paper: what to print.
        width_dots: printable width, 576 on 80 mm and 384 on 58 mm paper.
        draw: for lines that the printer has no characters for.

    Returns:
        Parts that each end between two commands: the beginning, one per printed line or code,
        the cut, the barrier.

    Raises:
        ValueError: a magnification, a module size or a code that no printer can do.
    """
    return (BEGIN, *_Encoder(width_dots, draw).parts(paper), CUT, BARRIER)


class _Encoder:
    """Turns elements into bytes; says only what changes."""

    def __init__(self, width_dots: int, draw: Drawer) -> None:
        self._width_dots = width_dots
        self._draw = draw
        self._align = Align.LEFT
        self._bold = False
        self._size = 0

    def parts(self, paper: Paper) -> Iterator[bytes]:
        for element in paper.elements:
            match element:
                case TextLine():
                    yield from self._text(element)
                case QrCode():
                    yield self._aligned(element.align) + self._qr(element)
                case Rule():
                    count = self._width_dots // CELL_DOTS // cells(_RULE)
                    yield from self._text(TextLine(_RULE * count))
                case Feed():
                    yield b"\x1bd" + pack("B", _within(element.lines, _MOST_FEED))

    def _text(self, line: TextLine) -> Iterator[bytes]:
        width, height = _within(line.width, 8), _within(line.height, 8)
        columns = self._width_dots // (CELL_DOTS * width)
        if columns < 2:
            raise ValueError(f"magnification {width} is too wide for the paper")
        for text in wrap(clean(line.text), columns):
            one = TextLine(text, line.align, line.bold, width, height)
            if is_native(text):
                yield self._style(one) + encode_native(text) + b"\n"
            else:
                yield self._aligned(line.align) + _image(self._draw(one))

    def _style(self, line: TextLine) -> bytes:
        said = self._aligned(line.align)
        if line.bold is not self._bold:
            said += b"\x1bE" + pack("B", line.bold)
            self._bold = line.bold
        size = (line.width - 1) << 4 | (line.height - 1)
        if size != self._size:
            said += b"\x1d!" + pack("B", size)
            self._size = size
        return said

    def _aligned(self, align: Align) -> bytes:
        if align is self._align:
            return b""
        self._align = align
        return b"\x1ba" + pack("B", _ALIGN[align])

    def _qr(self, code: QrCode) -> bytes:
        data = code.data.encode()
        version = bisect_left(_QR_CAPACITY, len(data)) + 1
        if not data or version > len(_QR_CAPACITY):
            raise ValueError(f"a code of {len(data)} bytes cannot be printed")
        modules = 17 + 4 * version + _QR_QUIET_MODULES
        dots = min(_within(code.module_dots, 16), self._width_dots // modules)
        store = b"\x1d(k" + pack("<H", len(data) + 3) + b"1P0" + data
        return _QR_MODEL_2 + b"\x1d(k\x03\x001C" + pack("B", dots) + _QR_LEVEL_M + store + _QR_PRINT


def _image(dots: Dots) -> bytes:
    assert len(dots.data) == dots.width_bytes * dots.height, "a drawing of the wrong size"
    return b"\x1dv0\x00" + pack("<HH", dots.width_bytes, dots.height) + dots.data


def _within(value: int, most: int) -> int:
    if 1 <= value <= most:
        return value
    raise ValueError(f"{value} is not within 1 to {most}")
