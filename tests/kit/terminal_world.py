"""Central, the line to it, a clerk at window 1, and the terminals there."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from kiosk.central.contract.notices import NoticeKind
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.notices import board
from kiosk.central.server.notices.board import Draft
from kiosk.central.server.ratings import tables
from kiosk.domain.rating_question import Question
from tests.kit.central import HALL, Caller, RunningCentral
from tests.kit.chaos_proxy import ChaosProxy
from tests.kit.fake_clock import FakeClock
from tests.kit.ratings import ClerkAtWindow, finish
from tests.kit.terminal_bed import TerminalBed

SUPERVISOR = Actor("s-1", "测试员", "9001", Role.SUPERVISOR, HALL, "token")


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

    def question_at(self, bed: TerminalBed) -> Question:
        """A case ends at the window of an idle terminal, which is asked about it."""
        bed.look()
        finish(self.central)
        return bed.asked()

    def next_case(self) -> None:
        """The clerk takes up the next citizen's case."""
        caller = Caller(self.central.port)
        self.clerk.begin(caller, "t-next")
        caller.close()

    def write_notice(self, title: str, days: int | None = None) -> None:
        """A supervisor writes a notice that holds from today for so many days more."""
        office = self.central.office
        today = office.clock.today()
        ends = None if days is None else today + timedelta(days=days)
        draft = Draft(
            kind=NoticeKind.ANNOUNCEMENT,
            all_halls=False,
            titles={"zh_CN": title},
            texts={},
            priority=5,
            valid_from=today,
            valid_to=ends,
        )
        with office.database.transaction() as connection:
            board.write(connection, office, SUPERVISOR, draft)

    def ratings(self) -> list[dict[str, Any]]:
        """What central has."""
        return self.central.rows(tables.rating)
