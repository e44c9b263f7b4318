"""Packets of R30x / ZFM fingerprint modules (hardware facts 6.1).

    EF 01 | address (4) | type | length (2) | data | checksum (2)

Big-endian. The length counts data and checksum; the checksum is the sum of the bytes from the type
to the end of the data, modulo 65536. Pure: no input/output.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

START = bytes.fromhex("EF01")
ANY_ADDRESS = 0xFFFFFFFF
LONGEST_DATA = 256
_HEAD = struct.Struct(">2sIBH")
_CHECK_BYTES = 2


class BadPacketError(ValueError):
    """Bytes that are not what the protocol says; the text never quotes them."""


class Kind(IntEnum):
    """What a packet is."""

    COMMAND = 0x01
    DATA = 0x02
    ANSWER = 0x07
    LAST_DATA = 0x08


class Command(IntEnum):
    """First data byte of a command. Those that write the module's flash are left out on purpose."""

    GET_IMAGE = 0x01
    EXTRACT_FEATURES = 0x02
    MATCH = 0x03
    MAKE_TEMPLATE = 0x05
    UPLOAD_FEATURES = 0x08
    DOWNLOAD_FEATURES = 0x09
    READ_PARAMETERS = 0x0F
    VERIFY_PASSWORD = 0x13


class Confirmation(IntEnum):
    """First data byte of an answer."""

    OK = 0x00
    PACKET_ERROR = 0x01
    NO_FINGER = 0x02
    CAPTURE_FAILED = 0x03
    TOO_MESSY = 0x06
    TOO_FEW_FEATURES = 0x07
    NO_MATCH = 0x08
    PRINTS_DIFFER = 0x0A
    WRONG_PASSWORD = 0x13
    NO_IMAGE = 0x15


@dataclass(frozen=True, slots=True)
class Packet:
    """What one packet carries.

    Args:
        kind: a plain number where the table has no name for it.
        data: without checksum, 0 to 256 bytes.
        address: of the module.
    """

    kind: int
    data: bytes = field(repr=False)
    address: int = ANY_ADDRESS


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a module says of itself.

    Args:
        system_id: of its maker.
        capacity: places for templates in its flash; not used here.
        security_level: 1 (lax) to 5 (strict), from which its own match decision follows.
        address: of the module.
        packet_bytes: most data bytes in one data packet.
        baudrate: in bit/s.
    """

    system_id: int
    capacity: int
    security_level: int
    address: int
    packet_bytes: int
    baudrate: int


def encode(packet: Packet) -> bytes:
    """A whole packet."""
    assert len(packet.data) <= LONGEST_DATA, "too much for one packet"
    counted = struct.pack(">BH", packet.kind, len(packet.data) + _CHECK_BYTES) + packet.data
    return START + struct.pack(">I", packet.address) + counted + _checksum(counted)


def command(code: Command, data: bytes = b"", address: int = ANY_ADDRESS) -> bytes:
    """A whole command."""
    return encode(Packet(Kind.COMMAND, bytes([code]) + data, address))


def data_packets(data: bytes, packet_bytes: int, address: int = ANY_ADDRESS) -> Iterator[bytes]:
    """A transfer as packets, the last one marked as such.

    Args:
        data: at least one byte.
        packet_bytes: most data bytes in one packet.
        address: of the module.
    """
    for start in range(0, len(data), packet_bytes):
        last = start + packet_bytes >= len(data)
        kind = Kind.LAST_DATA if last else Kind.DATA
        yield encode(Packet(kind, data[start : start + packet_bytes], address))


def parse_parameters(data: bytes) -> Parameters:
    """Read the data behind the confirmation of `READ_PARAMETERS`.

    Raises:
        BadPacketError: not 16 bytes, or a packet size that does not exist.
    """
    if len(data) != 16:
        raise BadPacketError(f"parameters of {len(data)} bytes")
    _, system_id, capacity, level, address, size_code, speed = struct.unpack(">HHHHIHH", data)
    if size_code > 3:
        raise BadPacketError(f"packet size code {size_code}")
    return Parameters(system_id, capacity, level, address, 32 << size_code, speed * 9600)


def build_parameters(parameters: Parameters) -> bytes:
    """The 16 bytes that `parse_parameters` reads."""
    return struct.pack(
        ">HHHHIHH",
        0,
        parameters.system_id,
        parameters.capacity,
        parameters.security_level,
        parameters.address,
        parameters.packet_bytes.bit_length() - 6,
        parameters.baudrate // 9600,
    )


class PacketParser:
    """Finds packets in bytes that arrive in pieces, with noise before and between them.

    After a packet with a wrong checksum the search goes on behind its start code, because the start
    code itself may have been noise.
    """

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> None:
        """Add what has arrived."""
        self._bytes += data

    @property
    def missing(self) -> int:
        """How many more bytes the next packet needs at the least."""
        self._skip_noise()
        if len(self._bytes) < _HEAD.size:
            return _HEAD.size - len(self._bytes)
        return max(0, _HEAD.size + self._length() - len(self._bytes))

    def next_packet(self) -> Packet | None:
        """The next whole packet, or None while none has arrived.

        Raises:
            BadPacketError: a packet with a wrong checksum; call again for what follows it.
        """
        if self.missing:
            return None
        _, address, kind, length = _HEAD.unpack_from(self._bytes)
        end = _HEAD.size + length
        counted = bytes(self._bytes[6 : end - _CHECK_BYTES])
        if _checksum(counted) != self._bytes[end - _CHECK_BYTES : end]:
            del self._bytes[: len(START)]
            raise BadPacketError(f"wrong checksum in a packet of {length} bytes")
        del self._bytes[:end]
        return Packet(kind, counted[3:], address)

    def _length(self) -> int:
        return int.from_bytes(self._bytes[_HEAD.size - 2 : _HEAD.size], "big")

    def _skip_noise(self) -> None:
        """Drop what cannot begin a packet."""
        while True:
            at = self._bytes.find(START)
            if at < 0:
                kept = 1 if self._bytes.endswith(START[:1]) else 0
                del self._bytes[: len(self._bytes) - kept]
                return
            del self._bytes[:at]
            known = len(self._bytes) >= _HEAD.size
            if not known or _CHECK_BYTES <= self._length() <= LONGEST_DATA + _CHECK_BYTES:
                return
            del self._bytes[: len(START)]


def _checksum(counted: bytes) -> bytes:
    return struct.pack(">H", sum(counted) & 0xFFFF)
