"""One record there, one record back, with receipts both ways, on a line that may lose either.

A record is sent once and never again from here: whether it may be repeated is decided by who knows
what it does. Records hold card numbers: nothing here logs bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from hardware.codecs.ecr_frame import BadFrameError, Control, EcrParser, frame
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import NoAnswerError
from hardware.interfaces.device import Cancel
from hardware.timing import Deadline


class Miss(StrEnum):
    """Why there is no answer."""

    REFUSED = "refused"
    """the terminal says that it did not get the record whole"""
    UNHEARD = "unheard"
    """no receipt: it may have the record all the same"""
    SILENT = "silent"
    """the receipt came, the answer did not"""
    WITHDRAWN = "withdrawn"


class _Pause(StrEnum):
    """What is heard when nothing whole is."""

    DEADLINE = "deadline"
    DAMAGE = "damage"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class EcrPatience:
    """How long to wait.

    Args:
        receipt_s: for the receipt of a record, and for the answer to "are you there".
        gap_s: of silence after damaged bytes, before they are asked for again.
        tries: how often a damaged answer is asked for again.
    """

    receipt_s: float
    gap_s: float
    tries: int


class EcrExchange:
    """Asks a terminal.

    Args:
        device: name for errors.
        line: the port.
        patience: how long to wait.
    """

    def __init__(self, device: str, line: SerialLine, patience: EcrPatience) -> None:
        self._device = device
        self._line = line
        self._patience = patience

    def is_ready(self) -> bool:
        """Ask whether the terminal is there; False when it is busy with something.

        Raises:
            NotConnectedError: the port is gone.
            NoAnswerError: silence, also when asked again.
        """
        for _ in range(self._patience.tries):
            self._line.write(bytes([Control.ENQ]))
            ears = _Ears(self._line, self._patience.gap_s)
            deadline = Deadline(self._patience.receipt_s)
            while (heard := ears.next(deadline)) is not _Pause.DEADLINE:
                if heard in (Control.ACK, Control.NAK):
                    return heard is Control.ACK
        raise NoAnswerError(self._device, "it does not say that it is there")

    def ask(
        self, record: bytes, fits: Callable[[bytes], bool], limit_s: float, cancel: Cancel
    ) -> bytes | Miss:
        """Send a record once and wait for its answer.

        Args:
            record: to send.
            fits: whether a record that came is the answer to this one; any other is a late answer
                to an earlier one, taken off the line and dropped.
            limit_s: for the answer, after the receipt.
            cancel: ends the wait.

        Raises:
            NotConnectedError: the port is gone.
        """
        self._line.write(frame(record))
        ears = _Ears(self._line, self._patience.gap_s, cancel)
        receipt = self._receipt(ears, fits)
        if not isinstance(receipt, Control):
            return receipt
        ears.calm()
        deadline, left = Deadline(limit_s), self._patience.tries
        while True:
            heard = ears.next(deadline)
            if heard is _Pause.DAMAGE and left:
                left -= 1
                self._line.send(bytes([Control.NAK]))
            elif heard is _Pause.WITHDRAWN:
                return Miss.WITHDRAWN
            elif isinstance(heard, _Pause):
                return Miss.SILENT
            elif isinstance(heard, bytes) and self._taken(heard, fits):
                return heard

    def _receipt(self, ears: "_Ears", fits: Callable[[bytes], bool]) -> Control | bytes | Miss:
        deadline = Deadline(self._patience.receipt_s)
        while True:
            heard = ears.next(deadline)
            if heard is Control.ACK:
                return heard
            if heard is Control.NAK:
                return Miss.REFUSED
            if heard is _Pause.DEADLINE:
                return Miss.UNHEARD
            if heard is _Pause.WITHDRAWN:
                return Miss.WITHDRAWN
            # The receipt was lost, the answer was not.
            if isinstance(heard, bytes) and self._taken(heard, fits):
                return heard

    def _taken(self, record: bytes, fits: Callable[[bytes], bool]) -> bool:
        self._line.send(bytes([Control.ACK]))
        return fits(record)


class _Ears:
    """Hears what comes in, piece by piece."""

    def __init__(self, line: SerialLine, gap_s: float, cancel: Cancel | None = None) -> None:
        self._line = line
        self._gap_s = gap_s
        self._cancel = cancel
        self._parser = EcrParser()
        self._quiet = Deadline(gap_s)

    def calm(self) -> None:
        """Forgive the noise so far."""
        self._parser.calm()

    def next(self, deadline: Deadline) -> Control | bytes | _Pause:
        """The next whole thing, or why there is none."""
        while True:
            whole = self._whole()
            if whole is not None:
                return whole
            if self._cancel and self._cancel.is_set():
                return _Pause.WITHDRAWN
            if deadline.passed:
                return _Pause.DEADLINE
            data = self._line.read(max(1, self._parser.missing))
            if data:
                self._quiet = Deadline(self._gap_s)
                self._parser.feed(data)
            elif self._parser.damaged and self._quiet.passed:
                self._parser.clear()
                return _Pause.DAMAGE

    def _whole(self) -> Control | bytes | None:
        while True:
            try:
                return self._parser.next()
            except BadFrameError:
                # What follows it may be whole; the silence after it tells that nothing was.
                continue
