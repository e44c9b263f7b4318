"""Commands of the EasyPrinter S3, a card printer whose print can be erased (hardware facts 8).

    1A                     short status: one byte of sensors, asked as often as needed
    1B 31, 1B 33 ...       move the card; no answer, the status shows what came of it
    1B 51 n row ...  0C    rows of dots wait in the printer until 0C erases and prints

Nothing is numbered and nothing carries a check byte. Answers: `easyprinter_answers`. Pure: no
input/output.

A row runs along the short side of the card, from the top edge; rows follow each other from the
right edge to the left, as the public client counts them with 1B 55.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from hardware.interfaces.card_printer import FACE_WIDTH_DOTS, FaceArea

FIRST_ROW = 130
"""Row of the right edge of the printable field (hardware facts 8, text origin 130, 13)."""
FIRST_BYTE = 13
"""Byte of a row where the field's top edge lies; those before it are off the card."""
WINDOW = (100, 1100)
"""Rows that the public client lets the head pass over."""


class Command(Enum):
    """Whole commands without parameters (hardware facts 8)."""

    SHORT_STATUS = b"\x1a"
    STATE = b"\x1b?"
    FIRMWARE = b"\x1ba"
    SERIAL_NUMBER = b"\x1b%oS"
    REBOOT = b"\x1b$R"
    FEED_FROM_FRONT = b"\x1b1"
    FEED_FROM_HOPPER = b"\x1bc"
    ABORT_FEED = b"\x1b2"
    EJECT = b"\x1b3"
    DIRECTION = b"\x1b#"
    CHIP_UID = b"\x1b\xa7"
    MIFARE_UID = b"\x1b$$U"
    ROTATE = b"\x1bU"
    PANEL_RESET = b"\x1b$D0"
    GO = b"\x0c"
    # The public protocol ends at one print station. These four are this product's own: a machine
    # with a chip station and a retain bin needs its maker's bytes here (docs/devices).
    MOVE_TO_CHIP = b"\x1b$Mc"
    MOVE_TO_PRINT = b"\x1b$Mp"
    RETAIN = b"\x1b$Mr"
    REPORT = b"\x1b$M?"


class Setting(Enum):
    """Commands with parameters of a fixed length, which is the second value."""

    WINDOW = (b"\x1b%d", 8)
    ERASE_AREA = (b"\x1bL1", 12)
    BYTE = (b"\x1b%x", 2)
    ROW = (b"\x1b%y", 4)
    PANEL_TEXT = (b"\x1b$D1", 80)


DOTS = b"\x1bQ"


@dataclass(frozen=True, slots=True)
class Order:
    """A command as the printer reads it.

    Args:
        what: which one; `DOTS` for a row of dots, None for bytes that are no command.
        data: its parameters, or the unknown bytes.
    """

    what: Command | Setting | bytes | None
    data: bytes = b""


def setting(what: Setting, *numbers: int) -> bytes:
    """A command with its numbers in ASCII digits: two for bytes, four for rows."""
    prefix, length = what.value
    widths = {8: (4, 4), 12: (2, 4, 2, 4), 2: (2,), 4: (4,)}[length]
    return prefix + b"".join(
        b"%0*d" % (width, number) for width, number in zip(widths, numbers, strict=True)
    )


def dots(row: bytes) -> bytes:
    """One row of dots, at most 255 bytes."""
    return DOTS + bytes([len(row)]) + row


def job(area: FaceArea, rows: Sequence[bytes]) -> Iterator[bytes]:
    """A whole job without its release: window, erase area, then rows.

    Args:
        area: what is erased and printed.
        rows: `area.width` rows from the right edge of the area to its left, each `area.height`
            bits from the top, most significant bit first; none to erase only.
    """
    first_row = FIRST_ROW + FACE_WIDTH_DOTS - area.left - area.width
    first_byte = FIRST_BYTE + area.top // 8
    yield Command.ROTATE.value + setting(Setting.WINDOW, *WINDOW)
    yield setting(
        Setting.ERASE_AREA,
        *(first_byte, first_row, first_byte + area.height // 8, first_row + area.width),
    )
    if not rows:
        return
    assert len(rows) == area.width, f"{len(rows)} rows for an area of {area.width}"
    yield setting(Setting.ROW, first_row)
    for row in rows:
        # Bytes behind the last black dot change nothing and take time on a serial line.
        yield dots((bytes(first_byte) + row).rstrip(b"\0") or b"\0")


class OrderParser:
    """Reads commands from bytes that arrive in pieces, as the printer does."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def clear(self) -> None:
        """Forget half a command, as after a lost link."""
        self._bytes.clear()

    def feed(self, data: bytes) -> list[Order]:
        """Add what has arrived; returns the commands that are whole now."""
        self._bytes += data
        orders = []
        while self._bytes and (length := self._length()) is not None:
            if length > len(self._bytes):
                break
            whole = bytes(self._bytes[:length])
            del self._bytes[:length]
            orders.append(_order(whole))
        return orders

    def _length(self) -> int | None:
        """Of the command that begins here; None while that cannot be known."""
        held = bytes(self._bytes)
        if held.startswith(DOTS):
            return 3 + held[2] if len(held) > 2 else None
        for prefix, length in _LENGTHS.items():
            if held.startswith(prefix):
                return length
        if any(prefix.startswith(held) for prefix in (*_LENGTHS, DOTS)):
            return None
        return 1


_LENGTHS = {command.value: len(command.value) for command in Command} | {
    one.value[0]: len(one.value[0]) + one.value[1] for one in Setting
}


def _order(whole: bytes) -> Order:
    if whole.startswith(DOTS):
        return Order(DOTS, whole[3:])
    for one in Setting:
        if whole.startswith(one.value[0]):
            return Order(one, whole[len(one.value[0]) :])
    try:
        return Order(Command(whole))
    except ValueError:
        return Order(None, whole)
