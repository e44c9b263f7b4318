"""One CCNET command, one answer, on a line that may lose, cut or garble either."""

import logging

from hardware.codecs.ccnet import BadFrameError, Command, FrameParser, Reply, State, request
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import NoAnswerError, ProtocolError, RefusedError
from hardware.timing import Deadline

_LONGEST_ANSWERS = 4
"""Answer times after which bytes that keep coming are noise."""

log = logging.getLogger(__name__)


class CcnetExchange:
    """Asks a validator.

    Args:
        device: name for errors.
        line: the port.
        answer_s: longest wait for an answer.
        tries: of a question; a NAK and a damaged answer count as one.
    """

    def __init__(self, device: str, line: SerialLine, answer_s: float, tries: int) -> None:
        self._device = device
        self._line = line
        self._answer_s = answer_s
        self._tries = tries

    def poll(self) -> Reply:
        """How the validator is. It tells of a note again and again until `ack`.

        Raises:
            NotConnectedError: the port is gone.
            NoAnswerError: silence, also when asked again.
            ProtocolError: unusable answers, also when asked again.
        """
        return self._ask(request(Command.POLL), "poll")

    def ack(self) -> None:
        """Tell the validator that its last answer was taken in.

        Raises:
            NotConnectedError: the port is gone.
        """
        self._line.send(request(Command.ACK))

    def read(self, command: Command) -> bytes:
        """Data that a command asks for.

        Raises:
            DeviceError: as `poll`, or the validator refuses.
        """
        reply = self._ask(request(command), command.name)
        if reply.state == State.ILLEGAL_COMMAND and not reply.data:
            raise RefusedError(self._device, f"{command.name} is not known")
        self.ack()
        return bytes([reply.state]) + reply.data

    def tell(self, whole: bytes) -> bool:
        """Give an order once; what came of it is seen by the next poll.

        Args:
            whole: the frame.

        Returns:
            Whether the validator said that it obeys; it may obey all the same.

        Raises:
            NotConnectedError: the port is gone.
        """
        self._line.write(whole)
        reply = self._answer()
        return isinstance(reply, Reply) and reply.state == State.ACK

    def _ask(self, whole: bytes, what: str) -> Reply:
        heard = False
        for _ in range(self._tries):
            self._line.write(whole)
            reply = self._answer()
            # An ACK to a question is a late answer to an earlier order.
            if isinstance(reply, Reply) and reply.state not in (State.NAK, State.ACK):
                return reply
            heard = heard or reply is not None
            log.info("%s: %s: no usable answer", self._device, what)
        if heard:
            raise ProtocolError(self._device, f"{what}: no usable answer in {self._tries} tries")
        raise NoAnswerError(self._device, f"{what}: silence")

    def _answer(self) -> Reply | bool | None:
        """An answer; True for a damaged one, None for silence."""
        parser, damaged = FrameParser(), False
        limit, silence = Deadline(_LONGEST_ANSWERS * self._answer_s), Deadline(self._answer_s)
        while not (silence.passed or limit.passed):
            data = self._line.read(max(1, parser.missing))
            if data:
                # A bill table takes its time at 9600 bit/s.
                silence, damaged = Deadline(self._answer_s), True
            parser.feed(data)
            try:
                body = parser.next_body()
            except BadFrameError:
                continue
            if body:
                return Reply(body[0], body[1:])
        return damaged or None
