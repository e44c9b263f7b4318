"""A ticket printer that speaks ESC/POS: own text, own status, and an honest outcome.

    status ── trouble? ──▶ NotPrinted, nothing was sent
      │
    chunks ── link lost, trouble, silence ──▶ Doubtful
      │
    GS r 1 ── answered ──▶ DLE EOT again ── well ──▶ Printed

Only the answer to GS r counts as printed: after a peer has closed, the first write still succeeds
and is lost. It does not see whether somebody took the paper.
"""

from collections.abc import Callable

from hardware.codecs import escpos
from hardware.codecs.escpos import PrinterStatus
from hardware.drivers.escpos.printer_link import link_for
from hardware.drivers.escpos.raster import draw
from hardware.drivers.life_cycle import status_behind
from hardware.errors import NoAnswerError, NotConnectedError, RefusedError
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.interfaces.ticket_printer import (
    Doubtful,
    NotPrinted,
    Paper,
    PaperTrouble,
    Printed,
    PrintOutcome,
)
from hardware.settings import Options
from hardware.status import DeviceState, DeviceStatus, Media, Supply
from hardware.timing import Deadline, monotonic_s

MOST_NOISE = 8
"""Bytes that are skipped before an answer; a line with more noise is as good as silent."""
_LOST = (NotConnectedError, NoAnswerError)
_DETAILS = {
    PaperTrouble.COVER_OPEN: "coverOpen",
    PaperTrouble.JAMMED: "jammed",
    PaperTrouble.HARDWARE: "hardwareError",
}


class EscPosTicketPrinter:
    """Implements `TicketPrinter`.

    Args:
        name: of the device in the configuration.
        options: see `printer_link.link_for`; also `width_dots` and `confirm_timeout_s`.
        monotonic: the clock for deadlines.
    """

    def __init__(
        self, name: str, options: Options, monotonic: Callable[[], float] = monotonic_s
    ) -> None:
        self._name = name
        self._link = link_for(name, options)
        self._width_dots = int(options.get("width_dots", 576))
        self._confirm_timeout_s = float(options.get("confirm_timeout_s", 8.0))
        self._monotonic = monotonic
        self._leftovers = False

    def open(self) -> None:
        """Take the wire and ask how the printer is.

        Raises:
            NotConnectedError: the wire is not there.
            NoAnswerError: the printer is silent.
        """
        self._link.open()
        self._ask()

    def close(self) -> None:
        """Let go of the wire."""
        self._link.close()

    def identity(self) -> DeviceIdentity:
        """The protocol; models differ too much in how they name themselves."""
        return DeviceIdentity("ESC/POS ticket printer")

    def status(self) -> DeviceStatus:
        """Ask with DLE EOT 1 to 4; a silent printer is offline, a lost wire has no device."""
        try:
            if not self._link.is_open:
                self._link.open()
            return _in_words(self._ask())
        except _LOST as error:
            return status_behind(error)

    def reset(self) -> None:
        """Recover from a jam or cutter error and forget what waits in the printer.

        Raises:
            NotConnectedError: the wire is not there.
            NoAnswerError: the printer is silent.
            RefusedError: it still cannot print.
        """
        if not self._link.is_open:
            self._link.open()
        self._link.write(escpos.RECOVER)
        self._leftovers = False
        trouble = self._ask().trouble
        if trouble:
            raise RefusedError(self._name, f"still {trouble.value} after recovery")

    def print_paper(self, paper: Paper, cancel: Cancel) -> PrintOutcome:
        """Print and cut one piece of paper; see the module for what the outcomes rest on."""
        chunks = tuple(escpos.encode(paper, self._width_dots, draw))
        try:
            trouble = self._trouble_before()
        except _LOST:
            return NotPrinted(PaperTrouble.LINK_LOST)
        if trouble:
            return NotPrinted(trouble)
        outcome = self._send(chunks, cancel)
        self._leftovers = isinstance(outcome, Doubtful)
        return outcome

    def _trouble_before(self) -> PaperTrouble | None:
        if not self._link.is_open:
            self._link.open()
        if self._leftovers:
            # What an interrupted job left in the printer would come out before this one.
            self._link.write(escpos.RECOVER)
        return self._ask().trouble

    def _send(self, chunks: tuple[bytes, ...], cancel: Cancel) -> PrintOutcome:
        try:
            for chunk in chunks:
                if cancel.is_set():
                    return Doubtful(PaperTrouble.LINK_LOST)
                self._link.write(chunk)
            self._link.drop_input()
            self._link.write(escpos.BARRIER)
            return self._confirmed(cancel)
        except _LOST:
            self._link.close()
            return Doubtful(PaperTrouble.LINK_LOST)

    def _confirmed(self, cancel: Cancel) -> PrintOutcome:
        deadline = Deadline(self._confirm_timeout_s, self._monotonic)
        while not deadline.passed and not cancel.is_set():
            strays: list[int] = []
            answer = self._link.read()
            if answer is not None:
                strays.append(answer)
            # A printer that waits for paper still answers this; the barrier may come in between.
            trouble = self._ask(strays).trouble
            if any(_is_barrier(one) for one in strays):
                return Doubtful(trouble) if trouble else Printed()
            if trouble:
                return Doubtful(trouble)
        self._link.close()
        return Doubtful(PaperTrouble.LINK_LOST)

    def _ask(self, strays: list[int] | None = None) -> PrinterStatus:
        """DLE EOT 1 to 4; bytes that are no answer to it go to `strays`."""
        if strays is None:
            self._link.drop_input()
        return PrinterStatus(*(self._ask_one(n, strays) for n in (1, 2, 3, 4)))

    def _ask_one(self, n: int, strays: list[int] | None) -> int:
        self._link.write(escpos.ask_status(n))
        for _ in range(MOST_NOISE):
            answer = self._link.read()
            if answer is None:
                raise NoAnswerError(self._name, f"no answer to DLE EOT {n}")
            if escpos.is_status(answer):
                return answer
            if strays is not None:
                strays.append(answer)
        raise NoAnswerError(self._name, f"only noise after DLE EOT {n}")


def _is_barrier(answer: int) -> bool:
    """GS r answers with bits 4 and 7 clear, a real-time status has bit 4 set."""
    return answer & 0b1001_0000 == 0


def _in_words(status: PrinterStatus) -> DeviceStatus:
    trouble = status.trouble
    paper = Supply.LOW if status.paper_low else Supply.FULL
    if trouble is PaperTrouble.JAMMED:
        paper = Supply.JAMMED
    elif status.paper_out:
        paper = Supply.OUT
    broken = trouble in (PaperTrouble.COVER_OPEN, PaperTrouble.HARDWARE, PaperTrouble.JAMMED)
    return DeviceStatus(
        DeviceState.HARDWARE_ERROR if broken else DeviceState.ONLINE,
        media=Media.JAMMED if trouble is PaperTrouble.JAMMED else Media.UNKNOWN,
        supplies={"paper": paper},
        detail=_DETAILS.get(trouble, "") if trouble else "",
    )
