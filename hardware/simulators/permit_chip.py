"""A travel-document chip: what it holds, who may read it, and one conversation after another.

Not modelled: radio, chip and active authentication, terminal authentication (whoever has opened
the chip may write its endorsement file), short file identifiers, offsets beyond 32 KB, the time a
chip needs to calculate, and what the issuer's own files look like.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hardware.codecs.apdu import Command, Ins, Response, Sw, decode_command
from hardware.codecs.lds import APPLICATION, FileId
from hardware.codecs.pace import PaceProtocol, build_card_access
from hardware.codecs.secure_messaging import SecureMessaging
from hardware.codecs.tlv import BadChipDataError
from hardware.interfaces.chip_reader import AccessKey
from hardware.simulators.permit_chip_access import ChipAccess

ATR = bytes.fromhex("3B80800101")
"""The shortest answer to reset of a contactless card (hardware facts 2.2)."""

_BY_FILE, _BY_NAME, _MASTER = 0x02, 0x04, 0x00
_LONGEST_OFFSET = 0x7FFF

RandomBytes = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class ChipContent:
    """What is on a chip when it leaves the factory.

    Args:
        key: opens it.
        files: identifier to content, inside the travel-document application; empty for a chip
            without that application.
        writable: which of them may be written by whoever has opened the chip.
        pace: the protocol it offers; None for basic access control alone.
    """

    key: AccessKey
    files: Mapping[int, bytes] = field(repr=False)
    writable: frozenset[int] = frozenset()
    pace: PaceProtocol | None = None


class Chip:
    """One chip; its writable files and its memory of wrong keys outlive every power cut.

    Args:
        content: what is on it.
        random: for challenges and secrets.
    """

    def __init__(self, content: ChipContent, random: RandomBytes) -> None:
        self.content = content
        self.wrong_keys = 0
        """in a row"""
        self.owed_tries = 0
        """wrong keys that the next command pays for: real chips slow a guesser down"""
        self.refuses_keys = False
        """whether even its right key is refused"""
        self._files = {file: bytearray(data) for file, data in content.files.items()}
        self._master = {}
        if content.pace:
            self._master[int(FileId.CARD_ACCESS)] = bytearray(build_card_access(content.pace))
        self._random = random
        self.power_on()

    def power_on(self) -> None:
        """Forget the conversation."""
        self._secure: SecureMessaging | None = None
        self._inside = False
        self._selected: bytearray | None = None
        self._selected_file = 0
        self._access = ChipAccess(self.content.key, self.content.pace, self._random)

    def file(self, file: int) -> bytes:
        """What a file holds now; for tests."""
        return bytes(self._files[file])

    def replace_file(self, file: int, data: bytes) -> None:
        """Make a file hold something else, as a forger or a fault would."""
        self._files[file] = bytearray(data)

    def answer(self, data: bytes) -> bytes:
        """One command, one answer."""
        self.owed_tries = 0
        try:
            command = decode_command(data)
        except BadChipDataError:
            return Response(sw=Sw.WRONG_LENGTH).encode()
        if self._secure is None:
            return self._obey(command).encode()
        return self._obey_protected(self._secure, command).encode()

    def _obey_protected(self, secure: SecureMessaging, command: Command) -> Response:
        try:
            plain = secure.open_command(command)
        except BadChipDataError:
            # A conversation that somebody else takes part in is over (ICAO Doc 9303-11, 9.8.3).
            self._secure, self._selected = None, None
            return Response(sw=Sw.SM_OBJECT_WRONG)
        return secure.seal_answer(self._obey(plain))

    def _obey(self, command: Command) -> Response:
        match command.ins:
            case Ins.SELECT:
                return self._select(command)
            case Ins.READ_BINARY:
                return self._read(command)
            case Ins.UPDATE_BINARY:
                return self._update(command)
            case _ if command.ins in ChipAccess.INSTRUCTIONS:
                return self._authenticate(command)
            case _:
                return Response(sw=Sw.UNKNOWN_INSTRUCTION)

    def _authenticate(self, command: Command) -> Response:
        if command.ins in ChipAccess.BASIC and not self._inside:
            return Response(sw=Sw.CONDITIONS_NOT_MET)
        answer, secure = self._access.answer(command)
        if secure and self.refuses_keys:
            answer, secure = Response(sw=Sw.AUTHENTICATION_FAILED), None
        if answer.sw == Sw.AUTHENTICATION_FAILED:
            self.wrong_keys += 1
            self.owed_tries = self.wrong_keys
        if secure:
            self.wrong_keys = 0
            self._secure = secure
        return answer

    def _select(self, command: Command) -> Response:
        if command.p1 == _MASTER:
            self._inside, self._selected = False, None
            return Response()
        if command.p1 == _BY_NAME:
            return self._select_application(command.data)
        if command.p1 != _BY_FILE or len(command.data) != 2:
            return Response(sw=Sw.WRONG_PARAMETERS)
        if self._inside and self._secure is None:
            return Response(sw=Sw.NOT_ALLOWED)
        file = int.from_bytes(command.data, "big")
        found = (self._files if self._inside else self._master).get(file)
        if found is None:
            return Response(sw=Sw.NOT_FOUND)
        self._selected, self._selected_file = found, file
        return Response()

    def _select_application(self, name: bytes) -> Response:
        if name != APPLICATION or not self.content.files:
            return Response(sw=Sw.NOT_FOUND)
        self._inside, self._selected = True, None
        return Response()

    def _read(self, command: Command) -> Response:
        if self._selected is None:
            return Response(sw=Sw.NOT_ALLOWED if self._inside else Sw.CONDITIONS_NOT_MET)
        offset = command.p1 << 8 | command.p2
        if offset > _LONGEST_OFFSET or offset >= len(self._selected):
            return Response(sw=Sw.WRONG_OFFSET)
        data = bytes(self._selected[offset : offset + (command.expect or 256)])
        return Response(data, Sw.SUCCESS if len(data) == command.expect else Sw.END_OF_FILE)

    def _update(self, command: Command) -> Response:
        allowed = self._secure is not None and self._selected_file in self.content.writable
        if self._selected is None or not allowed:
            return Response(sw=Sw.NOT_ALLOWED)
        offset = command.p1 << 8 | command.p2
        end = offset + len(command.data)
        if end > len(self._selected):
            return Response(sw=Sw.WRONG_OFFSET)
        self._selected[offset:end] = command.data
        return Response()
