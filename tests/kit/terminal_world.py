"""Central, the line to it, a clerk at window 1, and the terminals there."""

from dataclasses import dataclass, field
from typing import Any

from kiosk.central.server.ratings import tables
from tests.kit.central import Caller, RunningCentral
from tests.kit.chaos_proxy import ChaosProxy
from tests.kit.fake_clock import FakeClock
from tests.kit.ratings import ClerkAtWindow
from tests.kit.terminal_bed import TerminalBed


@dataclass
class World:
    """Central, the line to it, and a clerk at window 1.

    Args:
        central: the server.
        line: to it.
        clerk: at window 1.
        clock: of the terminals.
        beds: the terminals.
    """

    central: RunningCentral
    line: ChaosProxy
    clerk: ClerkAtWindow
    clock: FakeClock
    beds: list[TerminalBed] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.line.port}"

    def away(self, *, away: bool) -> None:
        """Central goes away, or comes back."""
        if away:
            self.line.block()
        else:
            self.line.clear()

    def next_case(self) -> None:
        """The clerk takes up the next citizen's case."""
        caller = Caller(self.central.port)
        self.clerk.begin(caller, "t-next")
        caller.close()

    def ratings(self) -> list[dict[str, Any]]:
        """What central has."""
        return self.central.rows(tables.rating)
