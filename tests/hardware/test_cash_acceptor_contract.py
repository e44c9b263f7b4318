"""What every cash acceptor promises, over an ideal, a slow and a faulty line.

The acceptor under test is a driver; what takes the notes is a simulator at the wire, or, with the
marker `hardware`, whatever hangs on the port that KIOSK_CASH_PORT names.
"""

import os
import threading
from collections.abc import Iterator

import pytest

from hardware.drivers.uart.ccnet_cash_acceptor import CcnetCashAcceptor
from hardware.drivers.uart.ict104_cash_acceptor import Ict104CashAcceptor
from hardware.errors import NotConnectedError
from hardware.interfaces.cash_acceptor import CashEnd, CashIn, NoteRefusal
from hardware.settings import Options
from hardware.simulators.cash_acceptor import CashAcceptorSimulator
from hardware.simulators.ccnet_machine import CcnetMachine
from hardware.simulators.ict104_machine import Ict104Machine
from hardware.status import Bin, DeviceState
from tests.kit.cash_bed import CashBed, Desk
from tests.kit.patience import until

DRIVERS = {
    "ccnet": (CcnetCashAcceptor, CcnetMachine),
    "ict104": (Ict104CashAcceptor, Ict104Machine),
}
QUICK: dict[str, Options] = {
    "ccnet": {"answer_timeout_s": 0.1, "poll_interval_s": 0.002, "settle_timeout_s": 3.0},
    "ict104": {"answer_timeout_s": 0.2, "alive_interval_s": 0.2, "settle_timeout_s": 3.0},
}


@pytest.fixture(params=["ideal", "slow and fragmented", "faulty"])
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=DRIVERS)
def bed(request: pytest.FixtureRequest, profile: str) -> Iterator[CashBed]:
    driver, machine = DRIVERS[request.param]
    slow = profile == "slow and fragmented"
    peer = CashAcceptorSimulator("cash", {"baudrate": 19200}, machine, paced=slow)
    peer.misbehaviour.feed_ms = peer.misbehaviour.stack_ms = 0
    options = {**QUICK[request.param], **peer.start()}
    bed = CashBed(lambda: driver("cash", options), peer)
    if slow:
        peer.misbehaviour.feed_ms = peer.misbehaviour.stack_ms = 30
        peer.misbehaviour.fragmented = True
    elif profile == "faulty":
        peer.misbehaviour.noise = True
        peer.misbehaviour.bad_checksums = 1
        peer.misbehaviour.naks = 1
    yield bed
    bed.close()


def test_it_says_who_and_how_it_is_and_which_notes_it_knows(bed: CashBed) -> None:
    assert bed.acceptor.identity().model
    status = bed.acceptor.status()
    assert status.state is DeviceState.ONLINE
    assert status.bins == {"cash_box": Bin.OK}
    assert bed.acceptor.denominations()[-1] == 10_000
    bed.acceptor.reset()


def test_notes_are_booked_when_they_lie_in_the_box_until_the_sum_is_reached(bed: CashBed) -> None:
    bed.accept(12_000)
    bed.peer.insert(100)
    until(lambda: bed.desk.booked == [10_000])
    bed.peer.insert(20)
    assert bed.ended() == CashIn(CashEnd.COMPLETE, 12_000)
    assert bed.desk.booked == bed.desk.intended == [10_000, 2_000]
    assert bed.peer.box.total_fen == 12_000
    assert bed.peer.box.returned == []


def test_after_the_sum_is_reached_no_note_is_taken(bed: CashBed) -> None:
    bed.accept(2_000)
    bed.peer.insert(20)
    assert bed.ended().end is CashEnd.COMPLETE
    until(lambda: not bed.peer.accepting)
    bed.peer.insert(20)
    assert bed.peer.box.total_fen == 2_000
    assert bed.peer.box.returned == [2_000]


def test_a_note_above_the_rest_comes_back(bed: CashBed) -> None:
    bed.accept(2_000)
    bed.peer.insert(100)
    until(lambda: bed.desk.refusals == [NoteRefusal.ABOVE_REST])
    assert bed.peer.box.returned == [10_000]
    bed.peer.insert(20)
    assert bed.ended() == CashIn(CashEnd.COMPLETE, 2_000)
    assert bed.desk.booked == [2_000]


def test_a_note_that_the_desk_does_not_want_comes_back(bed: CashBed) -> None:
    bed.desk = Desk(wants=lambda _value: False)
    bed.accept(10_000)
    bed.peer.insert(20)
    until(lambda: bed.desk.refusals == [NoteRefusal.NOT_WANTED])
    assert bed.withdrawn() == CashIn(CashEnd.WITHDRAWN, 0)
    assert bed.peer.box.returned == [2_000]
    assert bed.desk.booked == []


def test_a_note_that_is_not_recognised_comes_back_and_the_next_is_taken(bed: CashBed) -> None:
    bed.accept(2_000)
    bed.peer.misbehaviour.rejects = 1
    bed.peer.insert(20)
    until(lambda: bed.desk.refusals == [NoteRefusal.NOT_RECOGNISED])
    bed.peer.insert(20)
    assert bed.ended().stacked_fen == 2_000
    assert bed.peer.box.returned == [2_000]


def test_a_withdrawn_wait_takes_nothing(bed: CashBed) -> None:
    bed.accept(2_000)
    assert bed.withdrawn() == CashIn(CashEnd.WITHDRAWN, 0)
    until(lambda: not bed.peer.accepting)
    bed.peer.insert(20)
    assert bed.peer.box.total_fen == 0


def test_a_note_that_is_already_on_its_way_is_waited_for_when_withdrawn(bed: CashBed) -> None:
    bed.peer.misbehaviour.stack_ms = 100
    bed.accept(10_000)
    bed.peer.insert(20)
    until(lambda: bed.desk.intended)
    assert bed.withdrawn() == CashIn(CashEnd.WITHDRAWN, 2_000)
    assert bed.desk.booked == [2_000]
    assert bed.peer.box.total_fen == 2_000


@pytest.mark.parametrize(
    ("knob", "end", "detail"),
    [
        ("box_full", CashEnd.CASH_BOX_FULL, "cashBoxFull"),
        ("box_removed", CashEnd.CASH_BOX_REMOVED, "cashBoxRemoved"),
    ],
)
def test_a_box_that_takes_no_more_ends_it_and_staff_see_why(
    bed: CashBed, knob: str, end: CashEnd, detail: str
) -> None:
    bed.accept(10_000)
    setattr(bed.peer.misbehaviour, knob, True)
    bed.peer.insert(20)
    assert bed.ended().end is end
    status = bed.acceptor.status()
    assert (status.state, status.detail) == (DeviceState.USER_ERROR, detail)
    setattr(bed.peer.misbehaviour, knob, False)
    assert bed.acceptor.status().state is DeviceState.ONLINE
    assert bed.peer.box.total_fen == 0


def test_a_note_stuck_on_its_way_to_the_box_is_in_doubt(bed: CashBed) -> None:
    bed.accept(10_000)
    bed.peer.misbehaviour.stack_jams = 1
    bed.peer.insert(20)
    assert bed.ended() == CashIn(CashEnd.JAMMED, 0, in_doubt_fen=2_000)
    assert bed.acceptor.status().state is DeviceState.USER_ERROR
    assert bed.desk.booked == []
    assert bed.peer.box.stuck == [2_000]


def test_a_note_stuck_before_the_escrow_is_nobodys_money(bed: CashBed) -> None:
    bed.accept(10_000)
    bed.peer.misbehaviour.jams = 1
    bed.peer.insert(20)
    assert bed.ended() == CashIn(CashEnd.JAMMED, 0)
    bed.peer.clear_jam()
    bed.accept(2_000)
    bed.peer.insert(20)
    assert bed.ended().end is CashEnd.COMPLETE


def test_a_note_on_a_string_is_fraud_and_never_booked(bed: CashBed) -> None:
    bed.accept(10_000)
    bed.peer.misbehaviour.cheats = 1
    bed.peer.insert(100)
    result = bed.ended()
    assert result.end is CashEnd.FRAUD_ATTEMPT
    assert bed.desk.booked == []
    assert bed.peer.box.total_fen == 0


def test_a_desk_that_cannot_book_stops_the_acceptor(bed: CashBed) -> None:
    def fails(_value: int) -> None:
        raise RuntimeError("the journal cannot be written")

    bed.desk = Desk(on_stacked=fails)
    bed.accept(10_000)
    bed.peer.insert(20)
    until(lambda: bed.results)
    assert isinstance(bed.results.pop(), RuntimeError)
    until(lambda: not bed.peer.accepting)


def test_the_cable_pulled_while_it_waits(bed: CashBed) -> None:
    bed.accept(10_000)
    bed.peer.unplug()
    assert bed.ended() == CashIn(CashEnd.LINK_LOST, 0)
    assert bed.acceptor.status().state is DeviceState.NO_DEVICE
    with pytest.raises(NotConnectedError):
        bed.acceptor.open()
    assert bed.acceptor.accept_cash(1, bed.desk, threading.Event()).end is CashEnd.LINK_LOST
    bed.peer.plug()
    bed.acceptor.open()
    bed.accept(2_000)
    bed.peer.insert(20)
    assert bed.ended().end is CashEnd.COMPLETE


def test_the_cable_pulled_with_a_note_on_its_way_leaves_it_in_doubt(bed: CashBed) -> None:
    bed.peer.misbehaviour.stack_ms = 200
    bed.accept(10_000)
    bed.peer.insert(20)
    until(lambda: bed.desk.intended)
    bed.peer.unplug()
    assert bed.ended() == CashIn(CashEnd.LINK_LOST, 0, in_doubt_fen=2_000)


@pytest.mark.hardware
@pytest.mark.skipif("KIOSK_CASH_PORT" not in os.environ, reason="KIOSK_CASH_PORT not set")
def test_a_real_acceptor_opens_and_takes_a_note_of_five_yuan() -> None:
    acceptor = CcnetCashAcceptor("cash", {"port": os.environ["KIOSK_CASH_PORT"]})
    acceptor.open()
    assert 500 in acceptor.denominations()
    assert acceptor.accept_cash(500, Desk(), threading.Event()) == CashIn(CashEnd.COMPLETE, 500)
    acceptor.close()
