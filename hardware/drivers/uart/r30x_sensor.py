"""What a fingerprint module does with a finger and its two feature buffers (hardware facts 6.1)."""

import logging
from collections.abc import Mapping

from hardware.codecs.r30x import (
    BadPacketError,
    Command,
    Confirmation,
    Parameters,
    parse_parameters,
)
from hardware.drivers.uart.r30x_exchange import Answer, R30xExchange
from hardware.errors import ProtocolError, RefusedError
from hardware.interfaces.device import Cancel
from hardware.interfaces.fingerprint_reader import FingerTrouble
from hardware.timing import Deadline

LIVE, REFERENCE = 1, 2
"""The two feature buffers: working memory, not flash."""
USUAL_TEMPLATE_BYTES = 512

_TROUBLES: Mapping[int, FingerTrouble] = {
    Confirmation.TOO_MESSY: FingerTrouble.MESSY,
    Confirmation.TOO_FEW_FEATURES: FingerTrouble.PARTIAL,
    Confirmation.PRINTS_DIFFER: FingerTrouble.DIFFERENT_FINGERS,
}
_NOTHING_YET = (Confirmation.NO_FINGER, Confirmation.CAPTURE_FAILED)

log = logging.getLogger(__name__)


class R30xSensor:
    """Steps that the driver composes.

    Args:
        device: name for errors.
        module: asks it.
        poll_s: between two looks for a finger.
        tries: of a transfer.
    """

    def __init__(self, device: str, module: R30xExchange, poll_s: float, tries: int) -> None:
        self._name = device
        self._module = module
        self._poll_s = poll_s
        self._tries = tries
        self._packet_bytes = 128
        self._template_bytes = USUAL_TEMPLATE_BYTES

    def unlock(self, password: int) -> None:
        """Say hello.

        Raises:
            DeviceError: nobody answers, or the password is wrong.
        """
        self._confirmed(Command.VERIFY_PASSWORD, password.to_bytes(4, "big"))

    def parameters(self) -> Parameters:
        """What the module says of itself.

        Raises:
            DeviceError: nothing usable.
        """
        answer = self._confirmed(Command.READ_PARAMETERS, answer_bytes=16)
        try:
            parameters = parse_parameters(answer.data)
        except BadPacketError as error:
            raise ProtocolError(self._name, str(error)) from None
        self._packet_bytes = parameters.packet_bytes
        return parameters

    def find(self, deadline: Deadline, cancel: Cancel) -> bool:
        """Wait until an image of a finger was taken; False when cancelled or late."""
        while not deadline.passed and not cancel.is_set():
            answer = self._module.ask_patiently(Command.GET_IMAGE)
            if answer.confirmation not in _NOTHING_YET:
                self._expect(Command.GET_IMAGE, answer)
                return True
            cancel.wait(self._poll_s)
        return False

    def extract(self, buffer: int) -> FingerTrouble | None:
        """Put the features of the image into a buffer; the trouble when there are too few."""
        answer = self._module.ask_patiently(Command.EXTRACT_FEATURES, bytes([buffer]))
        if answer.confirmation == Confirmation.NO_IMAGE:
            return FingerTrouble.PARTIAL
        return self._trouble(Command.EXTRACT_FEATURES, answer)

    def wait_for_lift(self, deadline: Deadline, cancel: Cancel) -> bool:
        """Wait until no finger lies there; False when cancelled or late."""
        while not deadline.passed and not cancel.is_set():
            answer = self._module.ask_patiently(Command.GET_IMAGE)
            if answer.confirmation == Confirmation.NO_FINGER:
                return True
            cancel.wait(self._poll_s)
        return False

    def merge(self) -> FingerTrouble | None:
        """Make one template of both buffers, in both; the trouble when they differ."""
        # Not asked again when the answer is lost: the buffers may hold the template already.
        return self._trouble(Command.MAKE_TEMPLATE, self._module.ask(Command.MAKE_TEMPLATE))

    def match(self) -> int | None:
        """Compare both buffers: the score, or None when the module sees no likeness."""
        answer = self._module.ask_patiently(Command.MATCH, answer_bytes=2)
        if answer.confirmation == Confirmation.NO_MATCH:
            return None
        self._expect(Command.MATCH, answer)
        return int.from_bytes(answer.data, "big")

    def load(self, buffer: int, data: bytes) -> bool:
        """Put features into a buffer and read them back: modules do not confirm a transfer."""
        for _ in range(self._tries):
            self._confirmed(Command.DOWNLOAD_FEATURES, bytes([buffer]))
            self._module.send(data, self._packet_bytes)
            if self.upload(buffer) == data:
                self._template_bytes = len(data)
                return True
            log.warning("%s: buffer %d does not hold what was sent", self._name, buffer)
        return False

    def upload(self, buffer: int) -> bytes:
        """What a buffer holds.

        Raises:
            DeviceError: no whole transfer, also when asked again.
        """
        for left in range(self._tries - 1, -1, -1):
            try:
                self._confirmed(Command.UPLOAD_FEATURES, bytes([buffer]))
                return self._module.receive()
            except ProtocolError:
                if not left:
                    raise
        raise AssertionError("the loop ends by return or raise")

    def overwrite(self) -> None:
        """Fill both buffers with zeros and see that it happened.

        Raises:
            DeviceError: the module does not show zeros afterwards.
        """
        for buffer in (LIVE, REFERENCE):
            if not self.load(buffer, bytes(self._template_bytes)):
                raise RefusedError(self._name, f"buffer {buffer} cannot be overwritten")

    def _confirmed(self, code: Command, data: bytes = b"", answer_bytes: int = 0) -> Answer:
        answer = self._module.ask_patiently(code, data, answer_bytes)
        self._expect(code, answer)
        return answer

    def _trouble(self, code: Command, answer: Answer) -> FingerTrouble | None:
        trouble = _TROUBLES.get(answer.confirmation)
        if trouble is None:
            self._expect(code, answer)
        return trouble

    def _expect(self, code: Command, answer: Answer) -> None:
        if answer.confirmation != Confirmation.OK:
            cause = f"{code.name}: confirmation 0x{answer.confirmation:02X}"
            raise RefusedError(self._name, cause)
