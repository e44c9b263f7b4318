"""Single bytes of ICT-104 banknote acceptors (hardware facts 5.3).

There is no frame and no checksum; only the parity bit of the line protects a byte. So whoever
reads them believes a byte only where it makes sense. Pure: no input/output.
"""

from dataclasses import dataclass
from enum import IntEnum

FIRST_BILL = 0x40
CHANNELS = 5


class Order(IntEnum):
    """What the machine says."""

    ACCEPT = 0x02
    """takes the note in the escrow; also the answer to a power-up"""
    STATUS = 0x0C
    REJECT = 0x0F
    HOLD = 0x18
    RESET = 0x30
    ENABLE = 0x3E
    INHIBIT = 0x5E


class Notice(IntEnum):
    """What the acceptor says, asked or not."""

    STACKED = 0x10
    RETURNED = 0x11
    RESTARTED = 0x20
    MOTOR_FAILURE = 0x21
    CHECKSUM_ERROR = 0x22
    JAMMED = 0x23
    NOTE_REMOVED = 0x24
    STACKER_OPEN = 0x25
    SENSOR_FAILURE = 0x27
    FISHING = 0x28
    STACKER_PROBLEM = 0x29
    REJECTED = 0x2A
    EXCEPTION_ENDED = 0x2F
    ENABLED = 0x3E
    INHIBITED = 0x5E
    BUSY = 0x71
    POWER_UP = 0x80


_AFTER_POWER_UP = 0x8F
_ESCROW = 0x81
_NOTICES = {notice.value: notice for notice in Notice if notice is not Notice.POWER_UP}


@dataclass(frozen=True, slots=True)
class Escrow:
    """A note waits for a decision, for five seconds.

    Args:
        channel: 0 to 4.
    """

    channel: int


def encode(notice: Notice | Escrow) -> bytes:
    """What the acceptor sends for a notice."""
    if isinstance(notice, Escrow):
        return bytes([_ESCROW, FIRST_BILL + notice.channel])
    if notice is Notice.POWER_UP:
        return bytes([notice, _AFTER_POWER_UP])
    return bytes([notice])


class NoticeParser:
    """Finds notices in bytes that arrive in pieces; bytes that mean nothing are dropped."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> None:
        """Add what has arrived."""
        self._bytes += data

    def next(self) -> Notice | Escrow | None:
        """The next notice; None while none is whole."""
        while self._bytes:
            first = self._bytes[0]
            if first in (Notice.POWER_UP, _ESCROW):
                if len(self._bytes) < 2:
                    return None
                found = _pair(first, self._bytes[1])
                # The first byte of a pair that is none was noise; the second may be a notice.
                del self._bytes[: 2 if found else 1]
            else:
                found = _NOTICES.get(first)
                del self._bytes[0]
            if found is not None:
                return found
        return None


def _pair(first: int, second: int) -> Notice | Escrow | None:
    if first == Notice.POWER_UP:
        return Notice.POWER_UP if second == _AFTER_POWER_UP else None
    channel = second - FIRST_BILL
    return Escrow(channel) if 0 <= channel < CHANNELS else None
