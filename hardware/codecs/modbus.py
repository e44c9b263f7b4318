"""Modbus RTU, the few functions that relays, lamps and contacts need (hardware facts 9b).

    unit | function, data | CRC-16, low byte first

A frame has no length of its own: whoever asked knows how long the answer is, and whoever answers
knows it from the function. Pure: no input/output.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum

CRC_SEED = 0xFFFF
CRC_POLYNOMIAL = 0xA001
SHORTEST_FRAME = 4
MOST_BITS = 1968
MOST_REGISTERS = 123
COIL_ON = 0xFF00


class BadFrameError(ValueError):
    """Bytes that are not the frame that was waited for."""


class Function(IntEnum):
    """What is asked (Modbus application protocol 1.1b3, chapter 6)."""

    READ_COILS = 1
    READ_INPUTS = 2
    WRITE_COIL = 5
    WRITE_REGISTER = 6
    WRITE_COILS = 15
    WRITE_REGISTERS = 16


class Refusal(IntEnum):
    """Why a unit refuses (the same, chapter 7)."""

    ILLEGAL_FUNCTION = 1
    ILLEGAL_ADDRESS = 2
    ILLEGAL_VALUE = 3
    DEVICE_FAILURE = 4
    ACKNOWLEDGE = 5
    BUSY = 6


@dataclass(frozen=True, slots=True)
class ReadBits:
    """Read coils or inputs.

    Args:
        function: READ_COILS or READ_INPUTS.
        start: first address, from 0.
        count: how many.
    """

    function: Function
    start: int
    count: int


@dataclass(frozen=True, slots=True)
class WriteBits:
    """Write coils: function 5 for one, 15 for several.

    Args:
        start: first address, from 0.
        bits: in the order of addresses.
    """

    start: int
    bits: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class WriteRegisters:
    """Write registers: function 6 for one, 16 for several.

    Args:
        start: first address, from 0.
        values: 0 to 65535.
    """

    start: int
    values: tuple[int, ...]


Request = ReadBits | WriteBits | WriteRegisters


def crc16(data: bytes) -> int:
    """The check of a frame."""
    crc = CRC_SEED
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (CRC_POLYNOMIAL if crc & 1 else 0)
    return crc


def frame(unit: int, body: bytes) -> bytes:
    """A whole frame.

    Args:
        unit: 1 to 247.
        body: function and data.
    """
    counted = bytes([unit]) + body
    return counted + struct.pack("<H", crc16(counted))


def unframe(raw: bytes, unit: int) -> bytes:
    """Function and data of a frame.

    Raises:
        BadFrameError: it is cut, garbled or of another unit.
    """
    if len(raw) < SHORTEST_FRAME:
        raise BadFrameError(f"a frame of {len(raw)} bytes")
    if struct.unpack("<H", raw[-2:])[0] != crc16(raw[:-2]):
        raise BadFrameError(f"wrong check in a frame of {len(raw)} bytes")
    if raw[0] != unit:
        raise BadFrameError(f"a frame of unit {raw[0]}")
    return raw[1:-2]


def encode_request(request: Request) -> bytes:
    """Function and data of a request."""
    match request:
        case ReadBits(function, start, count):
            return struct.pack(">BHH", function, start, count)
        case WriteBits(start, (bit,)):
            return struct.pack(">BHH", Function.WRITE_COIL, start, COIL_ON if bit else 0)
        case WriteBits(start, bits):
            packed = pack_bits(bits)
            head = struct.pack(">BHHB", Function.WRITE_COILS, start, len(bits), len(packed))
            return head + packed
        case WriteRegisters(start, (value,)):
            return struct.pack(">BHH", Function.WRITE_REGISTER, start, value)
        case WriteRegisters(start, values):
            count = len(values)
            head = struct.pack(">BHHB", Function.WRITE_REGISTERS, start, count, 2 * count)
            return head + struct.pack(f">{count}H", *values)


def decode_request(body: bytes) -> Request | Refusal:
    """What a unit is asked, or why it refuses to understand."""
    try:
        function = Function(body[0])
    except (IndexError, ValueError):
        return Refusal.ILLEGAL_FUNCTION
    if len(body) < 5 or len(body) != request_length(body) - 3:
        return Refusal.ILLEGAL_VALUE
    start, number = struct.unpack_from(">HH", body, 1)
    if not _lawful(function, number, body[5:6]):
        return Refusal.ILLEGAL_VALUE
    return _meant(function, start, number, body[6:])


def _meant(function: Function, start: int, number: int, data: bytes) -> Request:
    match function:
        case Function.READ_COILS | Function.READ_INPUTS:
            return ReadBits(function, start, number)
        case Function.WRITE_COIL:
            return WriteBits(start, (number == COIL_ON,))
        case Function.WRITE_REGISTER:
            return WriteRegisters(start, (number,))
        case Function.WRITE_COILS:
            return WriteBits(start, unpack_bits(data, number))
        case Function.WRITE_REGISTERS:
            return WriteRegisters(start, struct.unpack(f">{number}H", data))


def _lawful(function: Function, number: int, size: bytes) -> bool:
    """Whether a count or value, and the length that goes with it, may stand in a request."""
    match function:
        case Function.READ_COILS | Function.READ_INPUTS:
            return 1 <= number <= MOST_BITS
        case Function.WRITE_COIL:
            return number in (0, COIL_ON)
        case Function.WRITE_REGISTER:
            return True
        case Function.WRITE_COILS:
            return 1 <= number <= MOST_BITS and size == bytes([(number + 7) // 8 & 0xFF])
        case Function.WRITE_REGISTERS:
            return 1 <= number <= MOST_REGISTERS and size == bytes([2 * number])


def request_length(body: bytes) -> int:
    """Length of the whole frame that begins with this function; 0 while it cannot be known.

    Args:
        body: what has come behind the unit.
    """
    if not body:
        return 0
    if body[0] in (Function.WRITE_COILS, Function.WRITE_REGISTERS):
        return 9 + body[5] if len(body) > 5 else 0
    return 8


def encode_reply(asked: bytes, bits: tuple[bool, ...] = ()) -> bytes:
    """Function and data of a good answer.

    Args:
        asked: function and data of the request.
        bits: what was read.
    """
    if asked[0] in (Function.READ_COILS, Function.READ_INPUTS):
        packed = pack_bits(bits)
        return bytes([asked[0], len(packed)]) + packed
    return asked[:5]


def encode_refusal(asked: bytes, why: Refusal) -> bytes:
    """Function and data of a refusal."""
    return bytes([asked[0] | 0x80 if asked else 0x80, why])


def reply_length(request: Request) -> int:
    """Length of the frame of a good answer; a refusal has five bytes."""
    return 5 + (request.count + 7) // 8 if isinstance(request, ReadBits) else 8


def decode_reply(request: Request, body: bytes) -> tuple[bool, ...] | Refusal:
    """What an answer says: bits that were read, nothing for a write, or a refusal.

    Args:
        request: what was asked.
        body: function and data of the answer.

    Raises:
        BadFrameError: it answers something else.
    """
    asked = encode_request(request)
    if len(body) == 2 and body[0] == asked[0] | 0x80:
        if body[1] not in set(Refusal):
            raise BadFrameError("a refusal without a known reason")
        return Refusal(body[1])
    if not isinstance(request, ReadBits):
        if body != asked[:5]:
            raise BadFrameError("an answer to another write")
        return ()
    size = (request.count + 7) // 8
    if body[:2] != bytes([request.function, size]) or len(body) != 2 + size:
        raise BadFrameError("an answer to another question")
    return unpack_bits(body[2:], request.count)


def pack_bits(bits: tuple[bool, ...]) -> bytes:
    """Bits as bytes, the lowest address in the lowest bit."""
    packed = bytearray((len(bits) + 7) // 8)
    for place, bit in enumerate(bits):
        packed[place // 8] |= bit << place % 8
    return bytes(packed)


def unpack_bits(packed: bytes, count: int) -> tuple[bool, ...]:
    """The first `count` bits of some bytes."""
    return tuple(bool(packed[place // 8] >> place % 8 & 1) for place in range(count))
