"""One conversation with a chip: open it, read its files, write one of them.

Troubles travel as an exception inside this folder only, because they may come up under every
single command; the reader turns them into values.
"""

import logging
import secrets
from collections.abc import Sequence

from hardware.codecs import bac, pace
from hardware.codecs.apdu import Command, Ins, Response, Sw, decode_response
from hardware.codecs.lds import APPLICATION, FileId
from hardware.codecs.pace import PaceProtocol
from hardware.codecs.secure_messaging import SecureMessaging
from hardware.codecs.tlv import BadChipDataError, read_head
from hardware.interfaces.chip_reader import AccessKey, ChipTrouble
from hardware.interfaces.chip_slot import ChipChannel
from hardware.interfaces.device import Cancel

LONGEST_FILE = 0x7FFF
"""What READ BINARY reaches with its plain offset."""
_HEAD_BYTES = 8
_CHAINED = 0x10
_BY_FILE, _BY_NAME, _NO_ANSWER = 0x02, 0x04, 0x0C
_AUTHENTICATION_TEMPLATE = (0xC1, 0xA4)
_WRONG_KEY = frozenset(
    {
        Sw.AUTHENTICATION_FAILED,
        Sw.NOT_ALLOWED,
        Sw.CONDITIONS_NOT_MET,
        Sw.SM_OBJECT_WRONG,
        Sw.WRONG_DATA,
    }
)

log = logging.getLogger(__name__)


class StoppedError(Exception):
    """The conversation cannot go on."""

    def __init__(self, trouble: ChipTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class ChipSession:
    """A chip that has woken.

    Args:
        channel: to the chip.
        cancel: looked at before every command, until `commit`.
        chunk_bytes: of a file per command.
    """

    def __init__(self, channel: ChipChannel, cancel: Cancel, chunk_bytes: int) -> None:
        self._channel = channel
        self._cancel = cancel
        self._chunk_bytes = chunk_bytes
        self._secure: SecureMessaging | None = None
        self._committed = False

    def commit(self) -> None:
        """From here on a withdrawal is not heeded: half a write helps nobody."""
        self._committed = True

    def open(self, keys: Sequence[AccessKey]) -> None:
        """Open the travel-document application with the first key that fits.

        Raises:
            StoppedError: no key fits, there is no such application, or the chip is gone.
            BadChipDataError: answers are broken.
        """
        protocol = self._pace_protocol()
        opened = self._open_with_pace(protocol, keys) if protocol else self._open_with_bac(keys)
        if not opened:
            raise StoppedError(ChipTrouble.WRONG_KEY)

    def read_file(self, file: int) -> bytes:
        """A file that is one element.

        Raises:
            StoppedError: the chip is gone.
            BadChipDataError: the file is not there, or cannot be read.
        """
        self._select_file(file)
        begin = self._read_binary(0, _HEAD_BYTES)
        whole = read_head(begin).whole_bytes
        if whole > LONGEST_FILE:
            raise BadChipDataError(f"file {file:04X} of {whole} bytes")
        return begin[:whole] + self._read_rest(len(begin), whole)

    def read_fixed(self, file: int, count: int) -> bytes | None:
        """A file of a known length; None where the chip has none.

        Raises:
            StoppedError: the chip is gone.
            BadChipDataError: it cannot be read.
        """
        selected = self.send(_select(file))
        if selected.sw in (Sw.NOT_FOUND, Sw.NOT_ALLOWED):
            return None
        _expect(selected, "SELECT")
        return self._read_rest(0, count)

    def update(self, offset: int, data: bytes) -> Response:
        """Write into the file selected last; the caller looks at the status.

        Raises:
            StoppedError: the chip is gone.
        """
        return self.send(Command(0, Ins.UPDATE_BINARY, offset >> 8, offset & 0xFF, data))

    def send(self, command: Command) -> Response:
        """One command, protected once the chip is open.

        Raises:
            StoppedError: the chip is gone, silent, or the caller has withdrawn.
            BadChipDataError: the answer is broken.
        """
        if self._cancel.is_set() and not self._committed:
            raise StoppedError(ChipTrouble.WITHDRAWN)
        whole = self._secure.protect(command) if self._secure else command
        answer = self._channel.transmit(whole.encode())
        if isinstance(answer, ChipTrouble):
            raise StoppedError(answer)
        response = decode_response(answer)
        return self._secure.open_answer(response) if self._secure else response

    def _pace_protocol(self) -> PaceProtocol | None:
        """What EF.CardAccess offers; None sends us to basic access control."""
        if not self.send(_select(FileId.CARD_ACCESS)).fine:
            return None
        whole = read_head(self._read_binary(0, _HEAD_BYTES)).whole_bytes
        return next(iter(pace.parse_card_access(self._read_rest(0, whole))), None)

    def _open_with_pace(self, protocol: PaceProtocol, keys: Sequence[AccessKey]) -> bool:
        for key in keys:
            if self._agree(protocol, key):
                self._select_application()
                return True
        return False

    def _open_with_bac(self, keys: Sequence[AccessKey]) -> bool:
        self._select_application()
        return any(self._prove(key) for key in keys)

    def _agree(self, protocol: PaceProtocol, key: AccessKey) -> bool:
        data = pace.mechanism(protocol)
        head = _AUTHENTICATION_TEMPLATE
        _expect(self.send(Command(0, Ins.MANAGE_SECURITY_ENVIRONMENT, *head, data)), "MSE:Set AT")
        sealed = self._general(pace.DYNAMIC_EMPTY, 0x80)
        nonce = pace.open_nonce(key, protocol.suite, sealed)
        order = protocol.curve.order
        made_up = pace.PaceSecrets(_below(order), _below(order))
        end = pace.PaceEnd(protocol, nonce, made_up)
        chip_mapping = self._general(pace.step(0x81, end.mapping_point()), 0x82)
        ours = end.key_point(chip_mapping)
        chip_key = self._general(pace.step(0x83, ours), 0x84)
        session = end.session_keys(chip_key)
        proof = pace.step(0x85, pace.token(session, protocol, chip_key))
        answer = self.send(Command(0, Ins.GENERAL_AUTHENTICATE, 0, 0, proof, 256))
        if _refused(answer):
            return False
        _expect(answer, "GENERAL AUTHENTICATE")
        if pace.step_value(answer.data, 0x86) != pace.token(session, protocol, ours):
            raise BadChipDataError("the chip's token is wrong")
        self._secure = SecureMessaging(session)
        return True

    def _general(self, data: bytes, wanted: int) -> bytes:
        answer = self.send(Command(_CHAINED, Ins.GENERAL_AUTHENTICATE, 0, 0, data, 256))
        _expect(answer, "GENERAL AUTHENTICATE")
        return pace.step_value(answer.data, wanted)

    def _prove(self, key: AccessKey) -> bool:
        challenge = self.send(Command(0, Ins.GET_CHALLENGE, 0, 0, expect=bac.NONCE_BYTES))
        _expect(challenge, "GET CHALLENGE")
        if len(challenge.data) != bac.NONCE_BYTES:
            raise BadChipDataError("a challenge of another length")
        keys = bac.access_keys(key)
        nonces = bac.Nonces(challenge.data, secrets.token_bytes(bac.NONCE_BYTES))
        share = secrets.token_bytes(bac.SHARE_BYTES)
        proof = bac.sealed(keys, nonces.reader, nonces.chip, share)
        answer = self.send(Command(0, Ins.EXTERNAL_AUTHENTICATE, 0, 0, proof, len(proof)))
        if _refused(answer):
            return False
        _expect(answer, "EXTERNAL AUTHENTICATE")
        plain = bac.opened(keys, answer.data, nonces.chip, nonces.reader)
        self._secure = bac.session(nonces, share, plain[2 * bac.NONCE_BYTES :])
        return True

    def _select_application(self) -> None:
        selected = self.send(Command(0, Ins.SELECT, _BY_NAME, _NO_ANSWER, APPLICATION))
        if not selected.fine:
            log.info("no travel-document application, status %04X", selected.sw)
            raise StoppedError(ChipTrouble.NOT_A_DOCUMENT)

    def _select_file(self, file: int) -> None:
        _expect(self.send(_select(file)), f"SELECT {file:04X}")

    def _read_rest(self, offset: int, end: int) -> bytes:
        found = bytearray()
        while offset + len(found) < end:
            at = offset + len(found)
            found += self._read_binary(at, min(self._chunk_bytes, end - at))
        return bytes(found)

    def _read_binary(self, offset: int, count: int) -> bytes:
        answer = self.send(Command(0, Ins.READ_BINARY, offset >> 8, offset & 0xFF, expect=count))
        if answer.sw not in (Sw.SUCCESS, Sw.END_OF_FILE) or not 0 < len(answer.data) <= count:
            raise BadChipDataError(f"READ BINARY at {offset}: status {answer.sw:04X}")
        return answer.data


def _select(file: int) -> Command:
    return Command(0, Ins.SELECT, _BY_FILE, _NO_ANSWER, file.to_bytes(2, "big"))


def _refused(answer: Response) -> bool:
    return answer.sw in _WRONG_KEY or answer.sw & 0xFFF0 == 0x63C0


def _expect(answer: Response, what: str) -> None:
    if not answer.fine:
        raise BadChipDataError(f"{what}: status {answer.sw:04X}")


def _below(order: int) -> int:
    return 1 + secrets.randbelow(order - 1)
