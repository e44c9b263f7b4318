"""Questions to a card printer, each with its deadline; no move and no print begins here.

A status is one byte without number or check. It is believed when it came alone: what comes with
other bytes is noise or a late answer, and is asked for again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from hardware.codecs.easyprinter import Command
from hardware.codecs.easyprinter_answers import (
    CARRIAGE_RETURN,
    LINE_FEED,
    BadAnswerError,
    PathState,
    Report,
    ShortStatus,
    decode_direction,
    decode_report,
    decode_state,
    decode_status,
)
from hardware.errors import NoAnswerError, ProtocolError
from hardware.timing import Deadline

LONGEST_ANSWER = 64

T = TypeVar("T")

log = logging.getLogger(__name__)


class Line(Protocol):
    """A wire to the printer."""

    @property
    def is_open(self) -> bool:
        """Whether it is held."""

    def open(self) -> None:
        """Take it."""

    def close(self) -> None:
        """Let go."""

    def write(self, data: bytes) -> None:
        """Drop what came in unasked, then send."""

    def read(self, most: int) -> bytes:
        """What came within a moment."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for answers.

    Args:
        answer_s: for the first byte.
        gap_s: of silence that ends an answer.
        tries: of a question.
    """

    answer_s: float
    gap_s: float
    tries: int


class PrinterExchange:
    """Asks a printer; opens the wire when it is not open.

    Args:
        device: name for errors.
        line: the wire.
        patience: how long to wait.
    """

    def __init__(self, device: str, line: Line, patience: Patience) -> None:
        self._device = device
        self._line = line
        self._patience = patience

    def send(self, data: bytes) -> None:
        """Send something that has no answer.

        Raises:
            NotConnectedError: the wire is gone.
        """
        if not self._line.is_open:
            self._line.open()
        self._line.write(data)

    def short_status(self) -> ShortStatus:
        """The sensors.

        Raises:
            NotConnectedError: the wire is gone.
            NoAnswerError: silence, also when asked again.
            ProtocolError: unusable answers, also when asked again.
        """

        def read(answer: bytes) -> ShortStatus:
            if len(answer) != 1:
                raise BadAnswerError(f"a status of {len(answer)} bytes")
            return decode_status(answer[0])

        return self._ask(Command.SHORT_STATUS, read)

    def path_state(self) -> PathState:
        """The sensor that sees a card between two stations; raises like `short_status`."""
        return self._ask(Command.STATE, decode_state)

    def report(self) -> Report:
        """Supplies and the cause of an error; raises like `short_status`."""
        return self._ask(Command.REPORT, decode_report)

    def right_way_round(self) -> bool:
        """How the card inside lies; raises like `short_status`."""
        return self._ask(Command.DIRECTION, decode_direction)

    def text(self, command: Command) -> str:
        """A line of ASCII; raises like `short_status`."""

        def read(answer: bytes) -> str:
            if not answer.isascii() or answer[-1] not in (CARRIAGE_RETURN, LINE_FEED):
                raise BadAnswerError(f"a text of {len(answer)} bytes without its end")
            return answer.decode("ascii").strip()

        return self._ask(command, read)

    def _ask(self, command: Command, read: Callable[[bytes], T]) -> T:
        silent = True
        for _ in range(self._patience.tries):
            self.send(command.value)
            answer = self._answer(whole_at_end=command is not Command.SHORT_STATUS)
            if not answer:
                continue
            silent = False
            try:
                return read(answer)
            except BadAnswerError as error:
                log.info("%s: %s: %s", self._device, command.name, error)
        tries = self._patience.tries
        if silent:
            raise NoAnswerError(self._device, f"{command.name}: silence in {tries} tries")
        raise ProtocolError(self._device, f"{command.name}: no usable answer in {tries} tries")

    def _answer(self, *, whole_at_end: bool) -> bytes:
        """What comes until the wire falls silent, or until a line has its end."""
        answer, end = b"", Deadline(self._patience.answer_s)
        while not end.passed and len(answer) < LONGEST_ANSWER:
            data = self._line.read(LONGEST_ANSWER)
            if data:
                answer, end = answer + data, Deadline(self._patience.gap_s)
            if whole_at_end and answer and answer[-1] in (CARRIAGE_RETURN, LINE_FEED):
                break
        return answer
