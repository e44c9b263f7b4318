"""Scanner and slip printer of the world."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.interfaces.code_scanner import ScannedCode, ScanTrouble
from hardware.interfaces.device import Cancel
from hardware.interfaces.ticket_printer import (
    Doubtful,
    NotPrinted,
    Paper,
    PaperTrouble,
    Printed,
    PrintOutcome,
)
from tests.kit.saga_world.device import WorldDevice
from tests.kit.saga_world.world import World


@dataclass
class WorldScanner(WorldDevice):
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
class WorldSlipPrinter(WorldDevice):
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
