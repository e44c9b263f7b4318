"""The inside of the simulated card path: sensors, and the head that erases and prints.

What the printer only remembers, rows that wait and that a job ended, is gone when the power goes.
Not modelled: a face printed askew, a head that fades, the time a restart takes.
"""

from dataclasses import dataclass, field

from hardware.codecs.easyprinter_answers import Fault, PathState, Report, ShortStatus
from hardware.interfaces.card_printer import CardPosition
from hardware.simulators import card_face
from hardware.simulators.card_mechanics import CardMechanics
from hardware.timing import Monotonic, monotonic_s


@dataclass
class Job:
    """Rows that wait for their release.

    Args:
        erase: parameters of the erase command.
        rows: by number.
        row: number of the next row.
        turned: the card was rotated.
    """

    erase: bytes = b""
    rows: dict[int, bytes] = field(default_factory=dict)
    row: int = 0
    turned: bool = False

    def add(self, dots: bytes) -> None:
        """One more row."""
        self.rows[self.row] = dots
        self.row += 1


class CardPathMachine(CardMechanics):
    """One machine.

    Args:
        monotonic: the clock of its moves and jobs.
    """

    def __init__(self, monotonic: Monotonic = monotonic_s) -> None:
        super().__init__(monotonic)
        self.job = Job()
        self.jobs_done = 0

    def short_status(self) -> ShortStatus:
        """The sensors as the printer sends them."""
        with self._lock:
            self.settle()
            here = self._position
            return ShortStatus(
                at_print_sensor=here is CardPosition.PRINT,
                at_front=here is CardPosition.ENTRY,
                in_print_position=here is CardPosition.PRINT,
                printing=self._printing,
                printed=self._printed,
                in_chip_position=here is CardPosition.CHIP,
                error=self.report().fault is not Fault.NONE,
            )

    def path_state(self) -> PathState:
        """The sensor between the stations."""
        here = self.position
        return PathState(here is CardPosition.PRINT, here.inside, here is CardPosition.ENTRY)

    def report(self) -> Report:
        """Supplies and the cause of an error."""
        with self._lock:
            fault = Fault.HARDWARE if self.condition.broken else self._refused
            if self._jammed:
                fault = Fault.JAMMED
            return Report(fault, len(self.bin), self.condition.head_percent)

    def release(self) -> None:
        """Erase and print; without a card the rows are dropped, as the maker's manual says."""
        with self._lock:
            self.settle()
            if self._position is not CardPosition.PRINT or self._jammed:
                self.job = Job()
                return
            self._printing, self._printed = True, False
            self._later(self.condition.print_ms / 1000, self._finish)

    def restart(self) -> None:
        """Power or firmware starts anew, in the middle of whatever went on."""
        with self._lock:
            self.settle()
            self._due = None
            if self._printing:
                self._burn(half=True)
            self._feeding = self._printing = self._printed = False
            self._refused = Fault.NONE
            self.job = Job()

    def _finish(self) -> None:
        half = self.condition.job_stops_half or self.condition.jam_at == "print"
        self._jammed = self.condition.jam_at == "print"
        if self.condition.job_stops_half:
            self.condition.job_stops_half = False
            self._refused = Fault.HARDWARE
        self._burn(half=half)
        self._printing, self._printed = False, not half
        self.jobs_done += not half
        self.job = Job()

    def _burn(self, *, half: bool) -> None:
        job, held = self.job, self._held
        if held is None or held.card is None:
            return
        if job.erase:
            held.card.face = card_face.erased(held.card.face, job.erase, turned=job.turned)
        rows = dict(sorted(job.rows.items())[: len(job.rows) // 2 if half else None])
        if self.condition.garbled and rows:
            self.condition.garbled = False
            middle = sorted(rows)[len(rows) // 2]
            for number in range(middle, min(middle + 6, max(rows) + 1)):
                rows[number] = bytes(13) + b"\xff" * 40
        held.card.face = card_face.printed(held.card.face, rows, turned=job.turned)
