"""Scanner and slip printer of the world."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.interfaces.code_scanner import ScannedCode, ScanTrouble
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.interfaces.ticket_printer import (
    Doubtful,
    NotPrinted,
    Paper,
    PaperTrouble,
    Printed,
    PrintOutcome,
)
from hardware.status import DeviceState, DeviceStatus
from tests.kit.saga_world.world import World


class _Simple:
    """A device whose life cycle is of no interest."""

    def open(self) -> None:
        """There."""

    def close(self) -> None:
        """Gone."""

    def reset(self) -> None:
        """Nothing moves."""

    def identity(self) -> DeviceIdentity:
        """Nobody's."""
        return DeviceIdentity("world")

    def status(self) -> DeviceStatus:
        """Well."""
        return DeviceStatus(DeviceState.ONLINE)


@dataclass
class WorldScanner(_Simple):
    """Obeys `CodeScanner`.

    Args:
        world: it is part of.
        next_code: what the citizen shows, None when nothing.
    """

    world: World
    next_code: Callable[[], str | None]

    def read_code(self, cancel: Cancel) -> ScannedCode | ScanTrouble | None:
        """What the citizen shows."""
        if self.world.strikes("scanner.garbage"):
            return ScanTrouble.NOT_TEXT
        code = self.next_code()
        return None if code is None or cancel.is_set() else ScannedCode(code)


@dataclass
class WorldSlipPrinter(_Simple):
    """Obeys `TicketPrinter`.

    Args:
        world: it is part of.
        slips: job ids that came out.
    """

    world: World
    slips: list[str] = field(default_factory=list)

    def print_paper(self, paper: Paper, cancel: Cancel) -> PrintOutcome:
        """Print a slip."""
        if self.world.strikes("slip.paper_out"):
            return NotPrinted(PaperTrouble.PAPER_OUT)
        self.world.happened("slip")
        self.slips.append(paper.job_id)
        self.world.point("slip.printed")
        if self.world.strikes("slip.doubtful"):
            return Doubtful(PaperTrouble.LINK_LOST)
        return Printed()
