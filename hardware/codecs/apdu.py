"""Commands to a chip and its answers (ISO 7816-4, 5.1). Pure: no input/output."""

import struct
from dataclasses import dataclass, field
from enum import IntEnum

from hardware.codecs.tlv import BadChipDataError

SHORT_DATA_BYTES = 255
SHORT_ANSWER_BYTES = 256
EXTENDED_ANSWER_BYTES = 65536


class Ins(IntEnum):
    """Instructions of the travel-document application (ICAO Doc 9303-10 and 9303-11)."""

    EXTERNAL_AUTHENTICATE = 0x82
    GET_CHALLENGE = 0x84
    GENERAL_AUTHENTICATE = 0x86
    MANAGE_SECURITY_ENVIRONMENT = 0x22
    SELECT = 0xA4
    READ_BINARY = 0xB0
    UPDATE_BINARY = 0xD6


class Sw(IntEnum):
    """Status words a chip ends its answers with."""

    SUCCESS = 0x9000
    END_OF_FILE = 0x6282
    AUTHENTICATION_FAILED = 0x6300
    MEMORY_FAILED = 0x6581
    WRONG_LENGTH = 0x6700
    NOT_ALLOWED = 0x6982
    CONDITIONS_NOT_MET = 0x6985
    SM_OBJECT_MISSING = 0x6987
    SM_OBJECT_WRONG = 0x6988
    WRONG_DATA = 0x6A80
    NOT_FOUND = 0x6A82
    WRONG_PARAMETERS = 0x6A86
    REFERENCE_NOT_FOUND = 0x6A88
    WRONG_OFFSET = 0x6B00
    UNKNOWN_INSTRUCTION = 0x6D00
    UNKNOWN_CLASS = 0x6E00


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Args:
        cla: class; bit 0x0C marks secure messaging.
        ins: instruction.
        p1: first parameter.
        p2: second parameter.
        data: up to 65535 bytes.
        expect: how many bytes may come back at the most, 1 to 65536; None for none.
    """

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = field(default=b"", repr=False)
    expect: int | None = None

    @property
    def head(self) -> bytes:
        """Class, instruction and parameters."""
        return bytes([self.cla, self.ins, self.p1, self.p2])

    def encode(self) -> bytes:
        """As bytes, in the short form wherever it is enough."""
        short = len(self.data) <= SHORT_DATA_BYTES and (self.expect or 0) <= SHORT_ANSWER_BYTES
        if short:
            count = bytes([len(self.data)]) if self.data else b""
            wanted = b"" if self.expect is None else bytes([self.expect % SHORT_ANSWER_BYTES])
            return self.head + count + self.data + wanted
        count = b"\0" + struct.pack(">H", len(self.data)) if self.data else b"\0"
        wanted = (
            b"" if self.expect is None else struct.pack(">H", self.expect % EXTENDED_ANSWER_BYTES)
        )
        return self.head + count + self.data + wanted


@dataclass(frozen=True, slots=True)
class Response:
    """One answer.

    Args:
        data: what came.
        sw: status word; a plain number where the table has no name for it.
    """

    data: bytes = field(default=b"", repr=False)
    sw: int = Sw.SUCCESS

    @property
    def fine(self) -> bool:
        """Whether the chip did what it was told."""
        return self.sw == Sw.SUCCESS

    def encode(self) -> bytes:
        """As bytes."""
        return self.data + struct.pack(">H", self.sw)


def decode_response(answer: bytes) -> Response:
    """Read an answer.

    Raises:
        BadChipDataError: it has no status word (ISO 7816-4, 5.1.3: 6XXX or 9XXX).
    """
    if len(answer) < 2 or answer[-2] >> 4 not in (6, 9):
        raise BadChipDataError("an answer without a status word")
    return Response(answer[:-2], int.from_bytes(answer[-2:], "big"))


def decode_command(command: bytes) -> Command:
    """Read a command, as a chip does.

    Raises:
        BadChipDataError: its lengths do not add up.
    """
    if len(command) < 4:
        raise BadChipDataError("a command without its head")
    cla, ins, p1, p2 = command[:4]
    data, expect = _body(command[4:])
    return Command(cla, ins, p1, p2, data, expect)


def _body(body: bytes) -> tuple[bytes, int | None]:
    if not body:
        return b"", None
    if len(body) == 1:
        return b"", body[0] or SHORT_ANSWER_BYTES
    if body[0]:
        return _split(body, 1, body[0])
    if len(body) < 3:
        raise BadChipDataError("a command whose lengths do not add up")
    number = int.from_bytes(body[1:3], "big")
    if len(body) == 3:
        return b"", number or EXTENDED_ANSWER_BYTES
    return _split(body, 3, number)


def _split(body: bytes, count_bytes: int, count: int) -> tuple[bytes, int | None]:
    """Data behind its count, and the expected length, as long as the count is, behind that."""
    end = count_bytes + count
    data, rest = body[count_bytes:end], body[end:]
    wanted = 1 if count_bytes == 1 else 2
    if not count or len(data) != count or len(rest) not in (0, wanted):
        raise BadChipDataError("a command whose lengths do not add up")
    if not rest:
        return data, None
    limit = SHORT_ANSWER_BYTES if count_bytes == 1 else EXTENDED_ANSWER_BYTES
    return data, int.from_bytes(rest, "big") or limit
