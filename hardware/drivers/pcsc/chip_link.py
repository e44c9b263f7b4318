"""One conversation with a chip, protected once it is open.

Troubles travel as an exception inside this folder only, because they may come up under every
single command; the reader turns them into values.
"""

from hardware.codecs.apdu import Command, Ins, Response, Sw, decode_response
from hardware.codecs.secure_messaging import SecureMessaging
from hardware.codecs.tlv import BadChipDataError
from hardware.interfaces.chip_reader import ChipTrouble
from hardware.interfaces.chip_slot import ChipChannel
from hardware.interfaces.device import Cancel

_BY_FILE, _BY_NAME, _NO_ANSWER = 0x02, 0x04, 0x0C


class StoppedError(Exception):
    """The conversation cannot go on."""

    def __init__(self, trouble: ChipTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class ChipLink:
    """A chip that has woken.

    Args:
        channel: to the chip.
        cancel: looked at before every command, until `commit`.
    """

    def __init__(self, channel: ChipChannel, cancel: Cancel) -> None:
        self._channel = channel
        self._cancel = cancel
        self._secure: SecureMessaging | None = None
        self._committed = False

    def commit(self) -> None:
        """From here on a withdrawal is not heeded: half a write helps nobody."""
        self._committed = True

    def protect(self, secure: SecureMessaging) -> None:
        """From here on every command and answer is protected."""
        self._secure = secure

    def send(self, command: Command) -> Response:
        """One command, protected once the chip is open.

        Raises:
            StoppedError: the chip is gone or silent, or the caller has withdrawn.
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

    def select_file(self, file: int) -> Response:
        """Select a file; the caller looks at the status."""
        data = file.to_bytes(2, "big")
        return self.send(Command(0, Ins.SELECT, _BY_FILE, _NO_ANSWER, data))

    def select_application(self, name: bytes) -> Response:
        """Select an application; the caller looks at the status."""
        return self.send(Command(0, Ins.SELECT, _BY_NAME, _NO_ANSWER, name))

    def read_binary(self, offset: int, count: int) -> bytes:
        """A piece of the file selected last, at least one byte of it.

        Raises:
            StoppedError: as `send`.
            BadChipDataError: the chip gives none.
        """
        head = (offset >> 8, offset & 0xFF)
        answer = self.send(Command(0, Ins.READ_BINARY, *head, expect=count))
        if answer.sw not in (Sw.SUCCESS, Sw.END_OF_FILE) or not 0 < len(answer.data) <= count:
            raise BadChipDataError(f"READ BINARY at {offset}: status {answer.sw:04X}")
        return answer.data


def expect(answer: Response, what: str) -> None:
    """Go on only with a chip that did what it was told.

    Raises:
        BadChipDataError: it did not.
    """
    if not answer.fine:
        raise BadChipDataError(f"{what}: status {answer.sw:04X}")
