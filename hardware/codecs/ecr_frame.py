"""Frames between a till and a card terminal: STX, length, data, ETX, check (hardware facts 4.3).

    frame     02 | length, two bytes BCD | data | 03 | check      check = XOR from the length to 03
    control   06 taken, 15 send it again, 05 are you there

The frame is a design choice of this product, of the form common among tills; a bank's own wire is
hidden in its library and may differ. The record inside is `hardware.codecs.mispos`, and either can
be replaced without the other. Pure: no input/output.
"""

from enum import IntEnum
from functools import reduce
from operator import xor

STX = 0x02
ETX = 0x03
LONGEST_DATA = 512
_HEAD = 3
_TAIL = 2


class BadFrameError(ValueError):
    """Bytes that are not a frame; the text never quotes them."""


class Control(IntEnum):
    """Single bytes outside frames."""

    ENQ = 0x05
    ACK = 0x06
    NAK = 0x15


def frame(data: bytes) -> bytes:
    """Wrap a record.

    Args:
        data: 1 to `LONGEST_DATA` bytes.
    """
    assert 1 <= len(data) <= LONGEST_DATA, "a record of this length has no frame"
    high, low = divmod(len(data), 100)
    counted = bytes([_bcd(high), _bcd(low)]) + data + bytes([ETX])
    return bytes([STX]) + counted + bytes([reduce(xor, counted)])


class EcrParser:
    """Finds frames and control bytes in bytes that arrive in pieces, with noise between them.

    After a damaged frame the search goes on behind its first byte, which may have been noise.
    """

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._noisy = False

    def feed(self, data: bytes) -> None:
        """Add what has arrived."""
        self._bytes += data

    def clear(self) -> None:
        """Forget everything, for example when the rest of a frame will not come."""
        self._bytes.clear()
        self._noisy = False

    def calm(self) -> None:
        """Forgive the noise so far, for example when a receipt was understood all the same."""
        self._noisy = False

    @property
    def damaged(self) -> bool:
        """Whether bytes came since the last record that are none, or not a whole one yet."""
        return self._noisy or bool(self._bytes)

    @property
    def missing(self) -> int:
        """How many more bytes the next find needs at the least."""
        self._skip_noise()
        if not self._bytes:
            return 1
        if self._bytes[0] != STX:
            return 0
        if len(self._bytes) < _HEAD:
            return _HEAD - len(self._bytes)
        return max(0, _HEAD + self._length() + _TAIL - len(self._bytes))

    def next(self) -> Control | bytes | None:
        """The next control byte or record; None while nothing whole has arrived.

        Raises:
            BadFrameError: a damaged frame; call again for what follows it.
        """
        if self.missing:
            return None
        if self._bytes[0] != STX:
            # It may be the last byte of a damaged frame, so it does not end the damage.
            return Control(self._bytes.pop(0))
        end = _HEAD + self._length() + _TAIL
        counted, check = self._bytes[1 : end - 1], self._bytes[end - 1]
        if counted[-1] != ETX or reduce(xor, counted) != check:
            del self._bytes[0]
            self._noisy = True
            raise BadFrameError(f"damage in a frame of {len(counted) - _HEAD} bytes")
        data = bytes(counted[2:-1])
        del self._bytes[:end]
        self._noisy = False
        return data

    def _length(self) -> int:
        return _number(self._bytes[1]) * 100 + _number(self._bytes[2])

    def _skip_noise(self) -> None:
        while self._bytes and not self._may_begin():
            del self._bytes[0]
            self._noisy = True

    def _may_begin(self) -> bool:
        first = self._bytes[0]
        if first != STX:
            return first in set(Control)
        digits = self._bytes[1:_HEAD]
        if any(one >> 4 > 9 or one & 0x0F > 9 for one in digits):
            return False
        return len(digits) < 2 or 1 <= self._length() <= LONGEST_DATA


def _bcd(number: int) -> int:
    return number // 10 << 4 | number % 10


def _number(bcd: int) -> int:
    return (bcd >> 4) * 10 + (bcd & 0x0F)
