"""One request, one answer, on a line that may lose, cut or garble either.

Frames of card readings hold personal data: nothing here logs bytes, only commands and status.
"""

import logging
from dataclasses import dataclass

from hardware.codecs.samv import (
    BadFrameError,
    Command,
    FrameParser,
    Reply,
    Sw3,
    decode_reply,
    request,
)
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import NoAnswerError, ProtocolError
from hardware.timing import Deadline

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Broken:
    """Something came back, but it is of no use; trying again may help.

    Args:
        fact: for the log.
        sw3: the status that said so, 0 when the bytes themselves were bad.
    """

    fact: str
    sw3: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for answers.

    Args:
        answer_s: for any command.
        read_s: for a card reading; real readers take one to two seconds.
        gap_s: of silence inside an answer, after which the rest is not awaited.
        tries: of a command that may be repeated, and of reading one card.
    """

    answer_s: float
    read_s: float
    gap_s: float
    tries: int


class SamVExchange:
    """Asks a reader.

    Args:
        device: name for errors.
        line: the port.
        patience: how long to wait.
    """

    def __init__(self, device: str, line: SerialLine, patience: Patience) -> None:
        self._device = device
        self._line = line
        self._patience = patience

    def ask_patiently(self, command: Command, data: bytes = b"") -> Reply:
        """Ask something that may be asked again.

        Raises:
            NotConnectedError: the port is gone.
            NoAnswerError: silence, also when asked again.
            ProtocolError: unusable answers, also when asked again.
        """
        tries = self._patience.tries
        for left in range(tries - 1, -1, -1):
            try:
                reply = self.ask(command, data)
            except NoAnswerError:
                if not left:
                    raise
                continue
            if isinstance(reply, Reply):
                return reply
            log.info("%s: %s: %s", self._device, command.name, reply.fact)
        raise ProtocolError(self._device, f"{command.name}: no whole answer in {tries} tries")

    def ask(self, command: Command, data: bytes = b"") -> Reply | Broken:
        """Ask once; again only when the reader says that the request itself was garbled.

        Raises:
            NotConnectedError: the port is gone.
            NoAnswerError: not one byte came back in time.
        """
        reading = command in (Command.READ_TEXT_AND_PHOTO, Command.READ_WITH_FINGERPRINTS)
        limit_s = self._patience.read_s if reading else self._patience.answer_s
        for _ in range(self._patience.tries):
            self._line.write(request(command, data))
            reply = self._answer(command, limit_s)
            if isinstance(reply, Broken):
                return reply
            # The reader did not act on a request it could not check, so it is safe to send again.
            if reply.sw3 not in (Sw3.REQUEST_CHECKSUM_WRONG, Sw3.REQUEST_LENGTH_WRONG):
                return reply
            log.warning("%s: %s arrived garbled", self._device, command.name)
        return Broken("the reader cannot read the requests", reply.sw3)

    def _answer(self, command: Command, limit_s: float) -> Reply | Broken:
        parser, bad = FrameParser(), ""
        deadline, gap = Deadline(limit_s), Deadline(limit_s)
        heard = False
        while not deadline.passed and not gap.passed:
            data = self._line.read(max(1, parser.missing))
            if not data:
                continue
            heard, gap = True, Deadline(self._patience.gap_s)
            parser.feed(data)
            try:
                body = parser.next_body()
                if body is not None:
                    return decode_reply(body)
            except BadFrameError as error:
                # Bytes behind a damaged frame may still be on their way: the gap ends the wait,
                # so that they are not taken for the next answer.
                bad = str(error)
        if not heard:
            raise NoAnswerError(self._device, f"{command.name}: silence for {limit_s:g} s")
        return Broken(bad or "the answer was cut off")
