"""The whole transaction against the real central: approved, paid by a code, made, confirmed.

The machine's devices are the world's; central, its books and the gateway's stand-in are the
product's, and between them lies a line that can be cut.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.central.client import CentralClient, Timeouts
from kiosk.central.endorsements_client import EndorsementsClient
from kiosk.central.server.endorsements import tables
from kiosk.clock import SystemClock
from kiosk.domain.payment import Means
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.domain.transaction.progress import AmountDue, Progress
from kiosk.saga.desk import EndorsementDesk
from kiosk.saga.journal import Journal
from kiosk.saga.ports import Parts
from kiosk.saga.rows import Step
from tests.kit.central import HALL, RunningCentral
from tests.kit.chaos_proxy import ChaosProxy, Fault
from tests.kit.permits_on_file import permit_on_file, put_on_file
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall, WorldJournal
from tests.kit.saga_world.runs import quick_folder
from tests.kit.saga_world.wired import WiredWorld

FEE_FEN = 1500
"""Of the first thing that the holder is offered."""
HOLDER = "420299199003077316"
"""Who stands before the world's machine."""


class HallAtCentral(Hall):
    """A hall whose central is a server.

    Args:
        folder: of the journal.
        server: central.
        line: to it.
    """

    def __init__(self, folder: Path, server: RunningCentral, line: ChaosProxy) -> None:
        self.watched = WiredWorld()
        super().__init__(folder, WorldCitizen("a", means=(Means.CODE,)), self.watched)
        self.server = server
        self.line = line
        self.when_due: Callable[[], None] | None = None
        quick = Timeouts(1.0, 2.0, 5.0, tries=2)
        self._client = CentralClient(line.url, SystemClock(), quick, pause=lambda _seconds: None)

    def _tell(self, report: Progress) -> None:
        super()._tell(report)
        if isinstance(report, AmountDue) and self.when_due:
            self.when_due()

    def _parts(self, journal: WorldJournal) -> Parts:
        client = EndorsementsClient(self._client.transport)
        return replace(super()._parts(journal), hall_id=HALL, central=client)

    @property
    def end(self) -> Ended:
        """How it ended for the citizen."""
        ended = self.citizen.heard[-1]
        assert isinstance(ended, Ended), ended
        return ended

    def order(self) -> str:
        """State of the one order in central's books."""
        (row,) = self.server.rows(tables.endorsement_order)
        return str(row["state"])

    def book(self) -> dict[str, tuple[str, int]]:
        """What the gateway holds, by key: state and fen."""
        rows = self.server.rows(tables.gateway_charge)
        return {row["payment_id"]: (str(row["state"]), row["amount_fen"]) for row in rows}

    def live_rows(self) -> tuple[str, ...]:
        """Transactions that still owe something."""
        journal: Journal = self.open_journal()
        try:
            return journal.live()
        finally:
            journal.close()


@pytest.fixture
def hall(migrated_file: Path, tmp_path: Path) -> Iterator[HallAtCentral]:
    database = tmp_path / "central.db"
    database.write_bytes(migrated_file.read_bytes())
    with (
        quick_folder() as folder,
        RunningCentral(str(database)) as server,
        ChaosProxy(server.port, random.Random(1), (Fault.REFUSE,), rate=0.0) as line,
    ):
        put_on_file(server, permit_on_file(id_number=HOLDER))
        yield HallAtCentral(folder, server, line)


def pay_debts(desk: EndorsementDesk) -> None:
    desk.recover()
    assert desk.pay_debts()


def test_an_endorsement_is_approved_paid_by_code_made_and_confirmed(hall: HallAtCentral) -> None:
    assert hall.live(hall.serve) == "ended"
    assert (hall.end.outcome, hall.end.case_id) == (Outcome.MADE, "")
    (card,) = hall.path.taken
    assert (card.record, card.face) == ("order1", "order1")
    assert hall.order() == "confirmed"
    assert hall.book() == {"order1-p1": ("taken", FEE_FEN)}
    (stored,) = hall.server.rows(tables.endorsement_order)
    assert hall.end.slip_number == stored["said"]["slip"] != ""
    assert hall.live_rows() == ()


def test_central_goes_between_charge_and_confirmation_and_hears_of_it_later(
    hall: HallAtCentral,
) -> None:
    hall.watched.at_intent[Step.CHIP] = hall.line.block
    assert hall.live(hall.serve) == "ended"
    assert hall.end.outcome is Outcome.MADE
    assert len(hall.path.taken) == 1
    assert hall.order() == "paid"
    assert hall.live_rows() == ("order1",)
    # The machine starts again while central is still away, and owes the same.
    assert hall.live(hall.recover) == "ended"
    assert hall.order() == "paid"
    hall.line.clear()
    assert hall.live(pay_debts) == "ended"
    assert hall.order() == "confirmed"
    assert hall.book() == {"order1-p1": ("taken", FEE_FEN)}
    assert hall.live_rows() == ()


def test_a_charge_whose_answers_are_all_lost_is_given_back(hall: HallAtCentral) -> None:
    def mute() -> None:
        hall.line.upset(1.0, (Fault.DROP_ANSWER,))

    hall.watched.at_intent[Step.PAYMENT] = mute
    assert hall.live(hall.serve) == "ended"
    assert (hall.end.outcome, hall.end.reason) == (Outcome.TURNED_BACK, "payment_unknown")
    assert not hall.path.taken[0].writes
    hall.line.clear()
    assert hall.live(pay_debts) == "ended"
    assert hall.order() == "voided"
    assert [state for state, _fen in hall.book().values()] == ["refunded"]
    assert hall.live_rows() == ()


def test_a_machine_that_dies_after_the_charge_gives_the_money_back(hall: HallAtCentral) -> None:
    hall.watched.at_intent[Step.CHIP] = lambda: setattr(hall.watched, "severed", True)
    assert hall.live(hall.serve) == "killed"
    hall.watched.severed = False
    assert hall.live(pay_debts) == "ended"
    assert hall.order() == "voided"
    assert [state for state, _fen in hall.book().values()] == ["refunded"]
    assert not hall.path.taken[0].writes


def test_nothing_is_charged_while_central_is_away(hall: HallAtCentral) -> None:
    hall.when_due = hall.line.block
    assert hall.live(hall.serve) == "ended"
    assert hall.book() == {}
    hall.line.clear()
    assert hall.live(pay_debts) == "ended"
    assert (hall.order(), hall.book()) == ("voided", {})
