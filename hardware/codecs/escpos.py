"""ESC/POS: a piece of paper to bytes, status bytes to words (hardware facts 3).

Text is GB18030 with the printer in Chinese mode. Only one- and two-byte codes are sent as text:
most printers' own characters end there, and what they lack is drawn as dots.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hardware.codecs.escpos_text import fits, own_signs, wrap
from hardware.interfaces.ticket_printer import (
    Align,
    Paper,
    PaperElement,
    PaperTrouble,
    QrCode,
    Rule,
    TextLine,
)

ESC, FS, GS, DLE = b"\x1b", b"\x1c", b"\x1d", b"\x10"
INITIALISE = ESC + b"@"
CHINESE_ON = FS + b"&"
CUT = GS + b"VB\x00"
"""Partial cut after feeding to the cutter."""
BARRIER = GS + b"r\x01"
"""Answered in the order of the data, unlike DLE EOT: everything before it was processed."""
RECOVER = DLE + b"\x05\x02"
"""DLE ENQ 2: recover from an error and clear the buffers."""
FEED_BEFORE_CUT = 3

_ALIGN = {Align.LEFT: 0, Align.CENTER: 1, Align.RIGHT: 2}


@dataclass(frozen=True, slots=True)
class Dots:
    """A line drawn as dots.

    Args:
        width_bytes: eight dots each.
        rows: of `width_bytes` bytes each, the first dot in the highest bit, 1 is black.
    """

    width_bytes: int
    rows: bytes

    @property
    def height(self) -> int:
        """Rows of dots."""
        return len(self.rows) // self.width_bytes


Raster = Callable[[TextLine], Dots]
"""Draws a line that the printer's own characters cannot show."""


def encode(paper: Paper, width_dots: int, raster: Raster) -> Iterator[bytes]:
    """A piece of paper as commands, one chunk per element, ending with the cut.

    Args:
        paper: what to print.
        width_dots: printable width, 576 for paper of 80 mm.
        raster: draws what cannot be sent as text.
    """
    yield INITIALISE + CHINESE_ON
    for element in paper.elements:
        yield _element(element, width_dots, raster)
    yield _feed(FEED_BEFORE_CUT) + CUT


def _element(element: PaperElement, width_dots: int, raster: Raster) -> bytes:
    if isinstance(element, TextLine):
        return _text(element, width_dots, raster)
    if isinstance(element, QrCode):
        return _aligned(element.align) + _qr(element)
    if isinstance(element, Rule):
        return _style(TextLine("")) + b"-" * (width_dots // 12) + b"\n"
    return _feed(element.lines)


def _text(line: TextLine, width_dots: int, raster: Raster) -> bytes:
    columns = width_dots // (12 * line.width)
    parts = [_style(line)]
    for text in wrap(own_signs(line.text), columns):
        if fits(text):
            parts.append(text.encode("gb18030") + b"\n")
        else:
            drawn = TextLine(text, line.align, line.bold, line.width, line.height)
            parts.append(_image(raster(drawn)))
    return b"".join(parts)


def _style(line: TextLine) -> bytes:
    size = (line.width - 1) << 4 | (line.height - 1)
    return _aligned(line.align) + ESC + bytes((ord("E"), line.bold)) + GS + bytes((ord("!"), size))


def _aligned(align: Align) -> bytes:
    return ESC + bytes((ord("a"), _ALIGN[align]))


def _feed(lines: int) -> bytes:
    return ESC + bytes((ord("d"), lines))


def _image(dots: Dots) -> bytes:
    head = bytes((dots.width_bytes & 255, dots.width_bytes >> 8, dots.height & 255))
    return GS + b"v0\x00" + head + bytes((dots.height >> 8,)) + dots.rows


def _qr(code: QrCode) -> bytes:
    data = code.data.encode()
    return b"".join(
        (
            _function(65, b"\x32\x00"),
            _function(67, bytes((code.module_dots,))),
            _function(69, b"\x31"),
            _function(80, b"0" + data),
            _function(81, b"0"),
        )
    )


def _function(number: int, parameters: bytes) -> bytes:
    body = bytes((0x31, number)) + parameters
    return GS + b"(k" + len(body).to_bytes(2, "little") + body


def ask_status(n: int) -> bytes:
    """DLE EOT n, answered at once with one byte, also while the printer waits for paper."""
    return DLE + bytes((0x04, n))


def is_status(byte: int) -> bool:
    """Whether a byte can be an answer to DLE EOT: bits 1 and 4 set, bits 0 and 7 clear."""
    return byte & 0b1001_0011 == 0b0001_0010


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """The answers to DLE EOT 1 to 4.

    Args:
        printer: n=1.
        offline: n=2.
        error: n=3.
        paper: n=4.
    """

    printer: int
    offline: int
    error: int
    paper: int

    @property
    def cover_open(self) -> bool:
        """n=2, bit 2."""
        return bool(self.offline & 0x04)

    @property
    def paper_out(self) -> bool:
        """n=4, bits 5 and 6; or n=2, bit 5: stopped by the end of the paper."""
        return bool(self.paper & 0x60 or self.offline & 0x20)

    @property
    def paper_low(self) -> bool:
        """n=4, bits 2 and 3."""
        return bool(self.paper & 0x0C)

    @property
    def trouble(self) -> PaperTrouble | None:
        """What keeps it from printing; the one that a person must mend first."""
        if self.cover_open:
            return PaperTrouble.COVER_OPEN
        if self.paper_out:
            return PaperTrouble.PAPER_OUT
        if self.error & 0x20:
            return PaperTrouble.HARDWARE
        if self.error & 0x08:
            # The cutter stands still in paper: a jam, in a citizen's words.
            return PaperTrouble.JAMMED
        if self.offline & 0x40 or self.error & 0x40 or self.printer & 0x08:
            return PaperTrouble.HARDWARE
        return None
