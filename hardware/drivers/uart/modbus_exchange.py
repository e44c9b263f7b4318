"""One request, one answer over a Modbus line; every request of this product may be repeated."""

import logging

from hardware.codecs.modbus import (
    BadFrameError,
    Refusal,
    Request,
    decode_reply,
    encode_request,
    frame,
    reply_length,
    unframe,
)
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import NoAnswerError, ProtocolError, RefusedError
from hardware.timing import Deadline

REFUSAL_LENGTH = 5
_PASSING = (Refusal.BUSY, Refusal.ACKNOWLEDGE)

log = logging.getLogger(__name__)


class ModbusExchange:
    """Asks a unit.

    Args:
        device: name for errors.
        line: the port.
        unit: 1 to 247.
        answer_s: longest wait for a whole answer.
        tries: of a request.
    """

    def __init__(
        self, device: str, line: SerialLine, unit: int, answer_s: float, tries: int
    ) -> None:
        self._device = device
        self._line = line
        self._unit = unit
        self._answer_s = answer_s
        self._tries = tries

    def ask(self, request: Request) -> tuple[bool, ...]:
        """Bits that were read, nothing for a write.

        Raises:
            NotConnectedError: the port is gone.
            NoAnswerError: silence, also when asked again.
            ProtocolError: unusable answers, also when asked again.
            RefusedError: the unit does not do this.
        """
        silent = True
        for _ in range(self._tries):
            self._line.write(frame(self._unit, encode_request(request)))
            raw = self._answer(reply_length(request))
            silent = silent and not raw
            try:
                said = decode_reply(request, unframe(raw, self._unit))
            except BadFrameError as error:
                log.info("%s: %s", self._device, error)
                continue
            if not isinstance(said, Refusal):
                return said
            if said not in _PASSING:
                raise RefusedError(self._device, f"modbus: {said.name.lower()}")
        if silent:
            raise NoAnswerError(self._device, f"silence in {self._tries} tries")
        raise ProtocolError(self._device, f"no usable answer in {self._tries} tries")

    def _answer(self, length: int) -> bytes:
        raw, deadline = b"", Deadline(self._answer_s)
        while len(raw) < length and not deadline.passed:
            raw += self._line.read(length - len(raw))
            # A refusal is shorter than most answers, and says so in its second byte.
            if len(raw) >= REFUSAL_LENGTH and raw[1] & 0x80:
                return raw[:REFUSAL_LENGTH]
        return raw
