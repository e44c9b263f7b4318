"""Secure messaging, both ends of it (ICAO Doc 9303-11, 9.8). Pure: no input/output.

    command   CLA|0C INS P1 P2 | 87 01 cryptogram | 97 expected length | 8E checksum
    answer                       87 01 cryptogram | 99 status word     | 8E checksum

The send sequence counter goes up before every command and before every answer, so nothing can be
left out, repeated or exchanged.
"""

import hmac

from hardware.codecs.apdu import (
    EXTENDED_ANSWER_BYTES,
    SHORT_ANSWER_BYTES,
    Command,
    Response,
)
from hardware.codecs.chip_cipher import KeyPair, Suite, decrypt, encrypt, mac, pad, unpad
from hardware.codecs.tlv import BadChipDataError, Tlv, build, find, need, parse_all

_SECURE = 0x0C
_CRYPTOGRAM = 0x87
_EXPECTED = 0x97
_STATUS = 0x99
_CHECKSUM = 0x8E
_PADDED = b"\x01"
LONGEST_SHORT_ANSWER = 223
"""Bytes of a file that fit into a short answer once they are protected, with either cipher."""


class SecureMessaging:
    """One end of a protected conversation.

    Args:
        keys: of the session.
        counter: send sequence counter as the authentication left it.
    """

    def __init__(self, keys: KeyPair, counter: int = 0) -> None:
        self._keys = keys
        self._suite = keys.suite
        self._counter = counter

    def protect(self, command: Command) -> Command:
        """Seal a command, as the reader does."""
        self._count()
        head = bytes([command.cla | _SECURE, command.ins, command.p1, command.p2])
        objects = self._seal(command.data)
        if command.expect is not None:
            objects += build(_EXPECTED, _expected(command.expect))
        checked = pad(head, self._suite.block_bytes) + objects
        data = objects + build(_CHECKSUM, self._checksum(checked))
        extended = len(data) > 255 or (command.expect or 0) > SHORT_ANSWER_BYTES
        expect = EXTENDED_ANSWER_BYTES if extended else SHORT_ANSWER_BYTES
        return Command(head[0], command.ins, command.p1, command.p2, data, expect)

    def open_answer(self, answer: Response) -> Response:
        """Check and open an answer, as the reader does.

        Raises:
            BadChipDataError: it is not protected, or not by the chip that was opened.
        """
        self._count()
        objects = parse_all(answer.data)
        status = need(objects, _STATUS)
        self._check(b"".join(one.raw for one in objects if one.tag != _CHECKSUM), objects)
        if len(status.value) != 2:
            raise BadChipDataError("a protected status word of another length")
        return Response(self._open(objects), int.from_bytes(status.value, "big"))

    def open_command(self, command: Command) -> Command:
        """Check and open a command, as the chip does.

        Raises:
            BadChipDataError: it is not protected, or not by the reader that opened the chip.
        """
        self._count()
        if command.cla & _SECURE != _SECURE:
            raise BadChipDataError("a command that is not protected")
        objects = parse_all(command.data)
        inner = b"".join(one.raw for one in objects if one.tag != _CHECKSUM)
        self._check(pad(command.head, self._suite.block_bytes) + inner, objects)
        wanted = find(objects, _EXPECTED)
        return Command(
            command.cla & ~_SECURE,
            command.ins,
            command.p1,
            command.p2,
            self._open(objects),
            _read_expected(wanted) if wanted else None,
        )

    def seal_answer(self, answer: Response) -> Response:
        """Seal an answer, as the chip does."""
        self._count()
        objects = self._seal(answer.data) + build(_STATUS, answer.sw.to_bytes(2, "big"))
        return Response(objects + build(_CHECKSUM, self._checksum(objects)), answer.sw)

    def _count(self) -> None:
        self._counter = (self._counter + 1) % (1 << 8 * self._suite.block_bytes)

    @property
    def _sequence(self) -> bytes:
        return self._counter.to_bytes(self._suite.block_bytes, "big")

    def _vector(self) -> bytes:
        if self._suite is Suite.TRIPLE_DES:
            return b""
        return encrypt(self._suite, self._keys.encrypt, self._sequence)

    def _seal(self, data: bytes) -> bytes:
        if not data:
            return b""
        blocks = pad(data, self._suite.block_bytes)
        sealed = encrypt(self._suite, self._keys.encrypt, blocks, self._vector())
        return build(_CRYPTOGRAM, _PADDED, sealed)

    def _open(self, objects: tuple[Tlv, ...]) -> bytes:
        sealed = find(objects, _CRYPTOGRAM)
        if sealed is None:
            return b""
        if not sealed.value.startswith(_PADDED):
            raise BadChipDataError("a cryptogram without its padding mark")
        blocks = decrypt(self._suite, self._keys.encrypt, sealed.value[1:], self._vector())
        return unpad(blocks)

    def _checksum(self, checked: bytes) -> bytes:
        """Over counter and data, padded for either cipher."""
        whole = self._sequence + checked
        if self._suite is Suite.TRIPLE_DES:
            return mac(self._suite, self._keys.mac, whole)
        return mac(self._suite, self._keys.mac, pad(whole, self._suite.block_bytes))

    def _check(self, checked: bytes, objects: tuple[Tlv, ...]) -> None:
        given = need(objects, _CHECKSUM).value
        if not hmac.compare_digest(given, self._checksum(checked)):
            raise BadChipDataError("the checksum is wrong")


def _expected(count: int) -> bytes:
    if count <= SHORT_ANSWER_BYTES:
        return bytes([count % SHORT_ANSWER_BYTES])
    return (count % EXTENDED_ANSWER_BYTES).to_bytes(2, "big")


def _read_expected(wanted: Tlv) -> int:
    if len(wanted.value) not in (1, 2):
        raise BadChipDataError("an expected length of another length")
    limit = SHORT_ANSWER_BYTES if len(wanted.value) == 1 else EXTENDED_ANSWER_BYTES
    return int.from_bytes(wanted.value, "big") or limit
