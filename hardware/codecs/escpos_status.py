"""What the single bytes of an ESC/POS printer say (hardware facts 3.2).

Three kinds of byte share the line. An answer to DLE EOT has bits 1 and 4 set and bits 0 and 7
clear; the answer to the barrier GS r has bits 4 and 7 clear; whatever fits neither is noise.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hardware.interfaces.ticket_printer import PaperTrouble
from hardware.status import DeviceState, DeviceStatus, Media, Supply

PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER = 1, 2, 3, 4
QUESTIONS = (PRINTER, OFFLINE_CAUSE, ERROR_CAUSE, PAPER)


def question(n: int) -> bytes:
    """DLE EOT n, answered at once whatever the printer is doing."""
    return bytes((0x10, 0x04, n))


def is_answer(byte: int) -> bool:
    """Whether a byte can be the answer to DLE EOT."""
    return byte & 0x93 == 0x12


def is_barrier(byte: int) -> bool:
    """Whether a byte can be the answer to GS r 1; flow control (11, 13) and DLE EOT cannot."""
    return byte & 0x90 == 0


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """The printer's state, as far as it was asked.

    Args:
        offline: it takes no data.
        cover_open: the cover.
        paper_stop: it stopped because the paper ended.
        error: some error holds it.
        jammed: a mechanical error that a person can mend.
        cutter: the blade is stuck.
        unrecoverable: switch it off and on, or call service.
        overheated: the head cools down by itself.
        paper_low: near the end of the roll.
        paper_out: no paper under the head.
    """

    offline: bool = False
    cover_open: bool = False
    paper_stop: bool = False
    error: bool = False
    jammed: bool = False
    cutter: bool = False
    unrecoverable: bool = False
    overheated: bool = False
    paper_low: bool = False
    paper_out: bool = False

    @property
    def trouble(self) -> PaperTrouble | None:
        """Why nothing can be printed now; the deepest cause first."""
        if self.unrecoverable or self.cutter or self.overheated:
            return PaperTrouble.HARDWARE
        if self.jammed:
            return PaperTrouble.JAMMED
        if self.cover_open:
            return PaperTrouble.COVER_OPEN
        if self.paper_out or self.paper_stop:
            return PaperTrouble.PAPER_OUT
        return PaperTrouble.HARDWARE if self.error or self.offline else None

    def in_device_words(self) -> DeviceStatus:
        """The same in XFS words."""
        return DeviceStatus(
            self._state(),
            Media.JAMMED if self.jammed else Media.UNKNOWN,
            supplies={"paper": self._paper()},
            detail=self._detail(),
        )

    def _state(self) -> DeviceState:
        if self.unrecoverable or self.cutter or self.jammed or self.overheated:
            return DeviceState.HARDWARE_ERROR
        if self.cover_open:
            return DeviceState.USER_ERROR
        # Out of paper a printer calls itself offline; the word for that is the supply's.
        if self.paper_out or self.paper_stop:
            return DeviceState.ONLINE
        if self.error:
            return DeviceState.HARDWARE_ERROR
        # It answers, so for XFS it is not `offline`: something outside keeps it from printing.
        return DeviceState.USER_ERROR if self.offline else DeviceState.ONLINE

    def _paper(self) -> Supply:
        if self.paper_out or self.paper_stop:
            return Supply.OUT
        return Supply.LOW if self.paper_low else Supply.FULL

    def _detail(self) -> str:
        causes = (
            ("unrecoverable", self.unrecoverable),
            ("cutterError", self.cutter),
            ("headTooHot", self.overheated),
            ("paperJam", self.jammed),
            ("coverOpen", self.cover_open),
            ("paperOut", self.paper_out or self.paper_stop),
            ("error", self.error),
            ("notReady", self.offline),
            ("paperLow", self.paper_low),
        )
        return next((word for word, holds in causes if holds), "")


def decode(answers: Mapping[int, int]) -> PrinterStatus:
    """Read answers to DLE EOT.

    Args:
        answers: byte by question, 1 to 4; what was not asked counts as well.
    """

    def bit(n: int, mask: int) -> bool:
        return bool(answers.get(n, 0) & mask)

    return PrinterStatus(
        offline=bit(PRINTER, 0x08),
        cover_open=bit(OFFLINE_CAUSE, 0x04),
        paper_stop=bit(OFFLINE_CAUSE, 0x20),
        error=bit(OFFLINE_CAUSE, 0x40),
        jammed=bit(ERROR_CAUSE, 0x04),
        cutter=bit(ERROR_CAUSE, 0x08),
        unrecoverable=bit(ERROR_CAUSE, 0x20),
        overheated=bit(ERROR_CAUSE, 0x40),
        paper_low=bit(PAPER, 0x0C),
        paper_out=bit(PAPER, 0x60),
    )


def encode(status: PrinterStatus, n: int) -> int:
    """The answer to DLE EOT n; a simulator's side of `decode`."""
    bits = {
        PRINTER: ((status.offline, 0x08),),
        OFFLINE_CAUSE: (
            (status.cover_open, 0x04),
            (status.paper_stop, 0x20),
            (status.error, 0x40),
        ),
        ERROR_CAUSE: (
            (status.jammed, 0x04),
            (status.cutter, 0x08),
            (status.unrecoverable, 0x20),
            (status.overheated, 0x40),
        ),
        PAPER: ((status.paper_low, 0x0C), (status.paper_out, 0x60)),
    }
    return 0x12 | sum(mask for holds, mask in bits[n] if holds)
