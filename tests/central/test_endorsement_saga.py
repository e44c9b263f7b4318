"""The whole transaction against the real central: approved, paid by a code, made, confirmed.

The machine's devices are the world's; central, its books and the gateway's stand-in are the
product's, and between them lies a line that can be cut.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.transaction.outcome import Outcome
from kiosk.saga.desk import EndorsementDesk
from kiosk.saga.rows import Step
from tests.kit.central import RunningCentral
from tests.kit.chaos_proxy import ChaosProxy, Fault
from tests.kit.saga_world.at_central import FEE_FEN, HallAtCentral
from tests.kit.saga_world.runs import quick_folder

PAID = {"order1-p1": ("taken", FEE_FEN)}


@pytest.fixture
def place(migrated_file: Path, tmp_path: Path) -> Iterator[tuple[HallAtCentral, ChaosProxy]]:
    database = tmp_path / "central.db"
    database.write_bytes(migrated_file.read_bytes())
    with (
        quick_folder() as folder,
        RunningCentral(str(database)) as server,
        ChaosProxy(server.port, random.Random(1), (Fault.REFUSE,), rate=0.0) as line,
    ):
        yield HallAtCentral(folder, server, line.url), line


@pytest.fixture
def hall(place: tuple[HallAtCentral, ChaosProxy]) -> HallAtCentral:
    return place[0]


@pytest.fixture
def line(place: tuple[HallAtCentral, ChaosProxy]) -> ChaosProxy:
    return place[1]


def pay_debts(desk: EndorsementDesk) -> None:
    desk.recover()
    assert desk.pay_debts()


def test_an_endorsement_is_approved_paid_by_code_made_and_confirmed(hall: HallAtCentral) -> None:
    assert hall.live(hall.serve) == "ended"
    assert (hall.end.outcome, hall.end.case_id) == (Outcome.MADE, "")
    (card,) = hall.path.taken
    assert (card.record, card.face) == ("order1", "order1")
    assert hall.order() == "confirmed"
    assert hall.book() == PAID
    assert hall.end.slip_number == hall.slip_number() != ""
    assert hall.live_rows() == ()


def test_central_goes_between_charge_and_confirmation_and_hears_of_it_later(
    hall: HallAtCentral, line: ChaosProxy
) -> None:
    hall.watched.at_intent[Step.CHIP] = line.block
    assert hall.live(hall.serve) == "ended"
    assert hall.end.outcome is Outcome.MADE
    assert len(hall.path.taken) == 1
    assert hall.order() == "paid"
    assert hall.live_rows() == ("order1",)
    # The machine starts again while central is still away, and owes the same.
    assert hall.live(hall.recover) == "ended"
    assert hall.order() == "paid"
    line.clear()
    assert hall.live(pay_debts) == "ended"
    assert hall.order() == "confirmed"
    assert hall.book() == PAID
    assert hall.live_rows() == ()


def test_a_charge_whose_answers_are_all_lost_is_given_back(
    hall: HallAtCentral, line: ChaosProxy
) -> None:
    def mute() -> None:
        line.upset(1.0, (Fault.DROP_ANSWER,))

    hall.watched.at_intent[Step.PAYMENT] = mute
    assert hall.live(hall.serve) == "ended"
    assert (hall.end.outcome, hall.end.reason) == (Outcome.TURNED_BACK, "payment_unknown")
    assert not hall.path.taken[0].writes
    line.clear()
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


def test_nothing_is_charged_while_central_is_away(hall: HallAtCentral, line: ChaosProxy) -> None:
    hall.when_due = line.block
    assert hall.live(hall.serve) == "ended"
    assert hall.book() == {}
    line.clear()
    assert hall.live(pay_debts) == "ended"
    assert (hall.order(), hall.book()) == ("voided", {})
