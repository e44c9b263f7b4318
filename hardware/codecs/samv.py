"""SAM_V frames of second-generation identity card readers (hardware facts 1.2 to 1.4).

    request   AA AA AA 96 69 | length | command parameter [data] | check
    reply     AA AA AA 96 69 | length | SW1 SW2 SW3       [data] | check

The length counts everything after itself; the check byte is the XOR of all bytes from the length
to the one before it. Pure: no input/output.
"""

import struct
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AAAAAA9669")
LONGEST_BODY = 4 + 6 + 256 + 1024 + 1024
"""What the length field says of the longest public answer, text, photo and two fingerprints."""
TEXT_BYTES = 256
PHOTO_BYTES = 1024
SAM_NUMBER_BYTES = 16


class BadFrameError(ValueError):
    """Bytes that are not what the protocol says; the text never quotes them."""


class Command(Enum):
    """Command and parameter bytes (hardware facts 1.3)."""

    RESET = bytes.fromhex("10FF")
    STATUS = bytes.fromhex("11FF")
    READ_SAM_NUMBER = bytes.fromhex("12FF")
    FIND_CARD = bytes.fromhex("2001")
    SELECT_CARD = bytes.fromhex("2002")
    READ_TEXT_AND_PHOTO = bytes.fromhex("3001")
    READ_NEWEST_ADDRESS = bytes.fromhex("3003")
    READ_MANAGEMENT_NUMBER = bytes.fromhex("3005")
    READ_WITH_FINGERPRINTS = bytes.fromhex("3010")
    SET_MAX_RF_BYTES = bytes.fromhex("61FF")


class Sw3(IntEnum):
    """State of the reader in an answer (hardware facts 1.4)."""

    SUCCESS = 0x90
    CARD_FOUND = 0x9F
    NO_SUCH_ITEM = 0x91
    REQUEST_CHECKSUM_WRONG = 0x10
    REQUEST_LENGTH_WRONG = 0x11
    COMMAND_WRONG = 0x21
    NOT_PERMITTED = 0x23
    NOT_RECOGNISED = 0x24
    CARD_REJECTS_READER = 0x31
    READER_REJECTS_CARD = 0x32
    VERIFICATION_FAILED = 0x33
    WRONG_CARD_TYPE = 0x40
    READ_FAILED = 0x41
    RANDOM_NUMBER_FAILED = 0x47
    SELF_TEST_FAILED = 0x60
    NOT_AUTHORISED = 0x66
    FIND_FAILED = 0x80
    SELECT_FAILED = 0x81


@dataclass(frozen=True, slots=True)
class Reply:
    """A reader's answer.

    Args:
        sw3: state of the reader; a plain number where the table has no name for it.
        data: what follows the three status bytes.
        sw1: first status byte of the card's own answer.
        sw2: second one.
    """

    sw3: int
    data: bytes = b""
    sw1: int = 0
    sw2: int = 0

    def __repr__(self) -> str:
        return f"Reply(sw3=0x{self.sw3:02X}, {len(self.data)} bytes)"


def frame(body: bytes) -> bytes:
    """Wrap what stands between length and check byte."""
    counted = struct.pack(">H", len(body) + 1) + body
    return PREAMBLE + counted + bytes([_check(counted)])


def request(command: Command | bytes, data: bytes = b"") -> bytes:
    """A whole request.

    Args:
        command: a known command, or any two bytes.
        data: what follows the parameter.
    """
    return frame((command.value if isinstance(command, Command) else command) + data)


def encode_reply(reply: Reply) -> bytes:
    """A whole answer."""
    return frame(bytes([reply.sw1, reply.sw2, reply.sw3]) + reply.data)


def decode_reply(body: bytes) -> Reply:
    """Read what `FrameParser` found in an answer.

    Raises:
        BadFrameError: it is too short for an answer.
    """
    if len(body) < 3:
        raise BadFrameError(f"an answer of {len(body)} bytes has no status")
    return Reply(sw1=body[0], sw2=body[1], sw3=body[2], data=body[3:])


class FrameParser:
    """Finds frames in bytes that arrive in pieces, with noise before and between them.

    A stray AA before the preamble is normal on real lines (hardware facts 1.8). After a frame
    with a wrong check byte the search goes on behind its preamble, because the preamble itself
    may have been noise.
    """

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> None:
        """Add what has arrived."""
        self._bytes += data

    def clear(self) -> None:
        """Forget everything, for example before a new request."""
        self._bytes.clear()

    @property
    def missing(self) -> int:
        """How many more bytes the next frame needs at the least."""
        head = self._skip_noise()
        if head < len(PREAMBLE) + 2:
            return len(PREAMBLE) + 2 - head
        return max(0, len(PREAMBLE) + 2 + self._length() - len(self._bytes))

    def next_body(self) -> bytes | None:
        """What stands between length and check byte of the next whole frame.

        Returns:
            The body, or None while no whole frame has arrived.

        Raises:
            BadFrameError: a frame with a wrong check byte; call again for what follows it.
        """
        if self.missing:
            return None
        start = len(PREAMBLE)
        end = start + 2 + self._length()
        counted, check = bytes(self._bytes[start : end - 1]), self._bytes[end - 1]
        if _check(counted) != check:
            del self._bytes[:start]
            raise BadFrameError(f"wrong check byte in a frame of {len(counted)} bytes")
        del self._bytes[:end]
        return counted[2:]

    def _length(self) -> int:
        return int.from_bytes(self._bytes[len(PREAMBLE) : len(PREAMBLE) + 2], "big")

    def _skip_noise(self) -> int:
        """Drop what cannot begin a frame; how many bytes of a frame's head are there."""
        while True:
            at = self._bytes.find(PREAMBLE)
            if at < 0:
                kept = _begun(self._bytes)
                del self._bytes[: len(self._bytes) - kept]
                return kept
            del self._bytes[:at]
            known = len(self._bytes) >= len(PREAMBLE) + 2
            if not known or 3 <= self._length() <= LONGEST_BODY:
                return len(self._bytes)
            del self._bytes[: len(PREAMBLE)]


def pack_blocks(*blocks: bytes) -> bytes:
    """Data of a card reading: the length of every block, then the blocks."""
    lengths = b"".join(struct.pack(">H", len(block)) for block in blocks)
    return lengths + b"".join(blocks)


def unpack_blocks(data: bytes, count: int) -> tuple[bytes, ...]:
    """Blocks of a card reading.

    Args:
        data: of the answer to a read command.
        count: 2 for text and photo, 3 with fingerprints.

    Raises:
        BadFrameError: the lengths do not add up, or text and photo have another size than cards
            have.
    """
    if len(data) < 2 * count:
        raise BadFrameError("a card reading without its block lengths")
    lengths = struct.unpack_from(f">{count}H", data)
    if len(data) != 2 * count + sum(lengths):
        raise BadFrameError(f"block lengths {lengths} in {len(data)} bytes")
    if lengths[:2] != (TEXT_BYTES, PHOTO_BYTES):
        raise BadFrameError(f"text and photo of {lengths[:2]} bytes")
    blocks, start = [], 2 * count
    for length in lengths:
        blocks.append(data[start : start + length])
        start += length
    return tuple(blocks)


def parse_sam_number(data: bytes) -> str:
    """A reader's number as it is shown, `05.03-20110131-000123456-000987654`.

    Raises:
        BadFrameError: not 16 bytes.
    """
    if len(data) != SAM_NUMBER_BYTES:
        raise BadFrameError(f"a SAM number of {len(data)} bytes")
    major, minor, day, serial, random = struct.unpack("<HHIII", data)
    return f"{major:02d}.{minor:02d}-{day:08d}-{serial:09d}-{random:09d}"


def build_sam_number(shown: str) -> bytes:
    """The 16 bytes of a number as it is shown."""
    version, day, serial, random = shown.split("-")
    major, minor = version.split(".")
    return struct.pack("<HHIII", int(major), int(minor), int(day), int(serial), int(random))


def _check(counted: bytes) -> int:
    return reduce(xor, counted, 0)


def _begun(data: bytearray) -> int:
    """How many bytes at the end could begin a preamble."""
    return next((n for n in range(len(PREAMBLE) - 1, 0, -1) if data.endswith(PREAMBLE[:n])), 0)
