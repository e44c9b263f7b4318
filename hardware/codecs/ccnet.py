"""CCNET frames of banknote validators (hardware facts 5.2).

    frame    02 03 | length of the whole frame | command or state [data] | CRC16, low byte first

CRC16 starts at 0 with the reflected polynomial 0x8408 over everything before it. Pure: no
input/output.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

HEAD = bytes.fromhex("0203")
_AROUND = 5
SHORTEST = _AROUND + 1
LONGEST = 250
BILL_TYPES = 24
_TABLE_ROW = 5
FEN_PER_UNIT = 100
LARGEST_EXPONENT = 6


class BadFrameError(ValueError):
    """Bytes that are not what the protocol says."""


class Command(IntEnum):
    """What the machine says."""

    ACK = 0x00
    RESET = 0x30
    GET_STATUS = 0x31
    POLL = 0x33
    ENABLE_BILL_TYPES = 0x34
    STACK = 0x35
    RETURN = 0x36
    IDENTIFICATION = 0x37
    HOLD = 0x38
    GET_BILL_TABLE = 0x41
    NAK = 0xFF


class State(IntEnum):
    """What the validator answers to a poll, and two answers to commands."""

    ACK = 0x00
    POWER_UP = 0x10
    POWER_UP_IN_VALIDATOR = 0x11
    POWER_UP_IN_STACKER = 0x12
    INITIALIZE = 0x13
    IDLING = 0x14
    ACCEPTING = 0x15
    STACKING = 0x17
    RETURNING = 0x18
    DISABLED = 0x19
    HOLDING = 0x1A
    BUSY = 0x1B
    REJECTING = 0x1C
    ILLEGAL_COMMAND = 0x30
    CASSETTE_FULL = 0x41
    CASSETTE_OUT = 0x42
    VALIDATOR_JAMMED = 0x43
    CASSETTE_JAMMED = 0x44
    CHEATED = 0x45
    PAUSE = 0x46
    FAILURE = 0x47
    ESCROW = 0x80
    STACKED = 0x81
    RETURNED = 0x82
    NAK = 0xFF


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Args:
        state: a plain number where the table has no name for it.
        data: bill type, reason, busy time, or what a query asked for.
    """

    state: int
    data: bytes = b""

    @property
    def bill_type(self) -> int:
        """Of ESCROW, STACKED and RETURNED; -1 where it is missing."""
        return self.data[0] if self.data else -1


def crc16(data: bytes) -> bytes:
    """The two check bytes of a frame."""
    value = 0
    for one in data:
        value ^= one
        for _ in range(8):
            value = value >> 1 ^ (0x8408 if value & 1 else 0)
    return value.to_bytes(2, "little")


def frame(body: bytes) -> bytes:
    """Wrap a command or state with its data."""
    counted = HEAD + bytes([len(body) + _AROUND]) + body
    return counted + crc16(counted)


def request(command: Command, data: bytes = b"") -> bytes:
    """A whole frame of the machine."""
    return frame(bytes([command]) + data)


def encode_reply(reply: Reply) -> bytes:
    """A whole frame of the validator."""
    return frame(bytes([reply.state]) + reply.data)


def enable(bill_types: Sequence[int]) -> bytes:
    """Enable these bill types, each with escrow, and disable all others."""
    mask = sum(1 << one for one in set(bill_types))
    return request(Command.ENABLE_BILL_TYPES, mask.to_bytes(3, "big") * 2)


def enabled_types(data: bytes) -> tuple[int, ...]:
    """What an enable command asks for.

    Raises:
        BadFrameError: not six bytes.
    """
    if len(data) != 6:
        raise BadFrameError(f"an enable command with {len(data)} bytes")
    mask = int.from_bytes(data[:3], "big")
    return tuple(n for n in range(BILL_TYPES) if mask >> n & 1)


def decode_bill_table(data: bytes, currency: str) -> dict[int, int]:
    """Values in fen by bill type, of one currency; rows of others and empty rows are left out.

    Args:
        data: 24 rows of value digit, three letters and exponent; the exponent's top bit makes it
            negative.
        currency: three letters.

    Raises:
        BadFrameError: not 24 rows, or a value that no note has.
    """
    if len(data) != BILL_TYPES * _TABLE_ROW:
        raise BadFrameError(f"a bill table of {len(data)} bytes")
    values = {}
    for number in range(BILL_TYPES):
        row = data[number * _TABLE_ROW : (number + 1) * _TABLE_ROW]
        if row[1:4] != currency.encode("ascii") or not row[0]:
            continue
        power = -(row[4] & 0x7F) if row[4] & 0x80 else row[4]
        if not -2 <= power <= LARGEST_EXPONENT:
            raise BadFrameError("a note of an unlikely value")
        values[number] = row[0] * 10 ** (power + 2) * FEN_PER_UNIT // 100
    return values


def build_bill_table(values: Sequence[int], currency: str) -> bytes:
    """A table of notes.

    Args:
        values: whole yuan, by bill type, each a digit and zeros; at most 24.
        currency: three letters.
    """
    rows = []
    for value in values:
        power = len(str(value)) - 1
        rows.append(bytes([value // 10**power]) + currency.encode("ascii") + bytes([power]))
    return b"".join(rows).ljust(BILL_TYPES * _TABLE_ROW, b"\0")


class FrameParser:
    """Finds frames in bytes that arrive in pieces, with noise before and between them."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> None:
        """Add what has arrived."""
        self._bytes += data

    @property
    def missing(self) -> int:
        """How many more bytes the next frame needs at the least."""
        self._skip_noise()
        if len(self._bytes) < 3:
            return SHORTEST - len(self._bytes)
        return max(0, self._bytes[2] - len(self._bytes))

    def next_body(self) -> bytes | None:
        """Command or state with data; None while no whole frame has arrived.

        Raises:
            BadFrameError: a frame with a wrong CRC; call again for what follows it.
        """
        if self.missing:
            return None
        length = self._bytes[2]
        counted, check = bytes(self._bytes[: length - 2]), bytes(self._bytes[length - 2 : length])
        if crc16(counted) != check:
            # Its first byte may have been noise, so the search goes on behind it.
            del self._bytes[0]
            raise BadFrameError(f"wrong CRC in a frame of {length} bytes")
        del self._bytes[:length]
        return counted[3:]

    def _skip_noise(self) -> None:
        while self._bytes and not self._may_begin():
            del self._bytes[0]

    def _may_begin(self) -> bool:
        begun = bytes(self._bytes[:2])
        if not HEAD.startswith(begun):
            return False
        return len(self._bytes) < 3 or SHORTEST <= self._bytes[2] <= LONGEST
