"""One command, one answer, and data packets, on a line that may lose, cut or garble any of them.

Packets of features are biometric data: nothing here logs bytes, only commands and confirmations.
"""

import logging
from dataclasses import dataclass

from hardware.codecs.r30x import (
    BadPacketError,
    Command,
    Confirmation,
    Kind,
    Packet,
    PacketParser,
    command,
    data_packets,
)
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import NoAnswerError, ProtocolError
from hardware.timing import Deadline

MOST_TRANSFER_BYTES = 4096
"""More than any template of this family; a transfer beyond it never ends by itself."""

_DRAINED_BYTES = 512

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """A module's answer to a command.

    Args:
        confirmation: a plain number where the table has no name for it.
        data: what follows it.
    """

    confirmation: int
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait.

    Args:
        answer_s: for any answer; a module takes up to a second for an image.
        gap_s: of silence inside an answer or transfer, after which the rest is not awaited.
        tries: of a command that may be repeated.
    """

    answer_s: float
    gap_s: float
    tries: int


class R30xExchange:
    """Asks a module.

    Args:
        device: name for errors.
        line: the port.
        patience: how long to wait.
    """

    def __init__(self, device: str, line: SerialLine, patience: Patience) -> None:
        self._device = device
        self._line = line
        self._patience = patience
        self._parser = PacketParser()

    def ask_patiently(self, code: Command, data: bytes = b"", answer_bytes: int = 0) -> Answer:
        """Ask something that may be asked again; see `ask`."""
        for left in range(self._patience.tries - 1, 0, -1):
            try:
                answer = self.ask(code, data, answer_bytes)
            except (NoAnswerError, ProtocolError) as error:
                log.info("%s: %s, %d tries left", self._device, error.fact, left)
                self._let_fall_silent()
                continue
            if answer.confirmation != Confirmation.PACKET_ERROR:
                return answer
        return self.ask(code, data, answer_bytes)

    def ask(self, code: Command, data: bytes = b"", answer_bytes: int = 0) -> Answer:
        """Ask once.

        Args:
            code: of the command.
            data: that follows it.
            answer_bytes: that a good answer carries behind its confirmation; an answer of another
                length belongs to another command.

        Raises:
            NotConnectedError: the port is gone.
            NoAnswerError: not one byte came back in time.
            ProtocolError: what came back is cut, garbled or of another command.
        """
        self._parser = PacketParser()
        self._line.write(command(code, data))
        packet = self._next_packet(code.name)
        if packet.kind != Kind.ANSWER or not packet.data:
            raise ProtocolError(self._device, f"{code.name}: answered by packet {packet.kind}")
        answer = Answer(packet.data[0], packet.data[1:])
        if answer.confirmation == Confirmation.OK and len(answer.data) != answer_bytes:
            raise ProtocolError(self._device, f"{code.name}: answer of {len(answer.data)} bytes")
        return answer

    def receive(self) -> bytes:
        """Data packets that follow an answer, up to the one marked as last.

        Raises:
            NotConnectedError: the port is gone.
            NoAnswerError: none came.
            ProtocolError: one is cut, garbled or not a data packet.
        """
        received = bytearray()
        while len(received) <= MOST_TRANSFER_BYTES:
            packet = self._next_packet("transfer")
            if packet.kind not in (Kind.DATA, Kind.LAST_DATA):
                raise ProtocolError(self._device, f"transfer: packet {packet.kind} inside")
            received += packet.data
            if packet.kind == Kind.LAST_DATA:
                return bytes(received)
        raise ProtocolError(self._device, "transfer: it does not end")

    def send(self, data: bytes, packet_bytes: int) -> None:
        """Data packets that follow an answer; modules do not confirm them.

        Raises:
            NotConnectedError: the port is gone.
        """
        for packet in data_packets(data, packet_bytes):
            self._line.write(packet)

    def _next_packet(self, what: str) -> Packet:
        deadline = gap = Deadline(self._patience.answer_s)
        heard, bad = False, ""
        while not gap.passed and not (deadline.passed and not heard):
            try:
                packet = self._parser.next_packet()
            except BadPacketError as error:
                # Bytes behind a damaged packet may still be on their way: the gap ends the wait,
                # so that they are not taken for the next answer.
                bad = str(error)
                continue
            if packet is not None and not bad:
                return packet
            data = self._line.read(max(1, self._parser.missing))
            if data:
                heard, gap = True, Deadline(self._patience.gap_s)
                self._parser.feed(data)
        if not heard:
            raise NoAnswerError(self._device, f"{what}: silence for {self._patience.answer_s:g} s")
        raise ProtocolError(self._device, f"{what}: {bad or 'cut off'}")

    def _let_fall_silent(self) -> None:
        """Wait until nothing comes any more: a late answer is not one to the next command."""
        limit, gap = Deadline(self._patience.answer_s), Deadline(self._patience.gap_s)
        while not gap.passed and not limit.passed:
            if self._line.read(_DRAINED_BYTES):
                gap = Deadline(self._patience.gap_s)
