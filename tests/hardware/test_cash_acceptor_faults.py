"""What goes wrong between driver and cash acceptor, fault by fault, and what is booked then."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from hardware.codecs.ccnet import Command, FrameParser, Reply, State, encode_reply
from hardware.drivers.uart.ccnet_cash_acceptor import CcnetCashAcceptor
from hardware.errors import (
    NoAnswerError,
    NotConnectedError,
    ProtocolError,
    RefusedError,
    SettingsError,
)
from hardware.interfaces.cash_acceptor import (
    CashEnd,
    CashIn,
    NoteFate,
    NoteRefusal,
    UnfinishedNote,
)
from hardware.simulators.cash_acceptor import CashAcceptorSimulator
from hardware.simulators.ccnet_machine import CcnetMachine
from hardware.simulators.wire import PtyPeer
from hardware.status import DeviceState
from tests.kit.cash_bed import QUICK, CashBed, Desk, ccnet_bed
from tests.kit.patience import until

NEVER = threading.Event()


@pytest.fixture
def bed() -> Iterator[CashBed]:
    bed = ccnet_bed()
    yield bed
    bed.close()


def test_a_receipt_that_was_lost_books_no_note_twice(bed: CashBed) -> None:
    bed.accept(4_000)
    # Three states of a note are receipted before it is stacked; then the receipts vanish.
    bed.desk.on_stacked = lambda _value: setattr(bed.peer.misbehaviour, "lost_receipts", 3)
    bed.peer.insert(20)
    until(lambda: bed.desk.booked)
    bed.desk.on_stacked = lambda _value: None
    bed.peer.insert(20)
    assert bed.ended() == CashIn(CashEnd.COMPLETE, 4_000)
    assert bed.peer.box.total_fen == 4_000


@pytest.mark.parametrize("fault", ["lost_answers", "bad_checksums", "naks"])
def test_a_few_bad_answers_do_no_harm_and_a_storm_ends_it(bed: CashBed, fault: str) -> None:
    bed.accept(10_000)
    setattr(bed.peer.misbehaviour, fault, 3)
    bed.peer.insert(50)
    until(lambda: bed.desk.booked == [5_000])
    setattr(bed.peer.misbehaviour, fault, 100_000)
    assert bed.ended().end is CashEnd.LINK_LOST
    silent = fault == "lost_answers"
    expected = DeviceState.OFFLINE if silent else DeviceState.HARDWARE_ERROR
    assert bed.acceptor.status().state is expected
    with pytest.raises(NoAnswerError if silent else ProtocolError):
        bed.acceptor.open()
    setattr(bed.peer.misbehaviour, fault, 0)
    bed.restart()
    assert bed.acceptor.status().state is DeviceState.ONLINE
    assert bed.peer.box.total_fen == 5_000


def test_a_note_the_acceptor_gives_back_by_itself_is_too_late(bed: CashBed) -> None:
    bed.peer.misbehaviour.escrow_limit_s = 0.0

    def wants(_value: int) -> bool:
        # It has waited too long by the time the desk has decided.
        bed.peer._machine._path.look()
        return True

    bed.desk = Desk(wants=wants)
    bed.accept(10_000)
    bed.peer.insert(20)
    until(lambda: bed.desk.refusals == [NoteRefusal.TOO_LATE])
    assert bed.withdrawn() == CashIn(CashEnd.WITHDRAWN, 0)
    assert bed.peer.box.returned == [2_000]


class Scripted:
    """A validator that answers polls from a list and obeys everything else."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.receipts = 0
        self._machine = CcnetMachine(CashAcceptorSimulator("x", {}, CcnetMachine).box, _go, _drop)
        self._parser = FrameParser()

    def __call__(self, data: bytes) -> bytes:
        self._parser.feed(data)
        answers = b""
        while (body := self._parser.next_body()) is not None:
            if body[0] == Command.POLL:
                last = len(self.replies) == 1
                answers += encode_reply(self.replies[0] if last else self.replies.pop(0))
            elif body[0] == Command.ACK:
                self.receipts += 1
            elif body[0] in (Command.IDENTIFICATION, Command.GET_BILL_TABLE):
                answers += encode_reply(self._machine._reply(body[0], body[1:]))
            else:
                answers += encode_reply(Reply(State.ACK))
        return answers


def _go(_seconds: float) -> bool:
    return True


def _drop(_data: bytes) -> None:
    """Nobody hears it."""


@pytest.mark.parametrize(
    "told",
    [
        [Reply(State.STACKED, b"\x05")],
        [Reply(State.ESCROW, b"\x03"), Reply(State.STACKING), Reply(State.STACKED, b"\x05")],
    ],
    ids=["without a note of ours", "another note than ours"],
)
def test_money_that_was_not_decided_on_is_never_booked_nor_forgotten(told: list[Reply]) -> None:
    with ExitStack() as stack:
        script = Scripted(Reply(State.DISABLED), Reply(State.IDLING), Reply(State.IDLING), *told)
        wire = PtyPeer(script, name="scripted")
        stack.callback(wire.stop)
        acceptor = CcnetCashAcceptor("cash", {**QUICK, "port": wire.start()})
        stack.callback(acceptor.close)
        acceptor.open()
        desk = Desk()
        assert acceptor.accept_cash(10_000, desk, NEVER).end is CashEnd.FAILURE
        assert desk.booked == []
        receipts = script.receipts
        assert acceptor.unfinished_note(NEVER) == UnfinishedNote(NoteFate.STACKED, 10_000)
        assert script.receipts == receipts


def test_an_acceptor_without_our_currency_is_refused() -> None:
    peer = CashAcceptorSimulator("cash", {}, CcnetMachine, paced=False)
    acceptor = CcnetCashAcceptor("cash", {**QUICK, **peer.start(), "currency": "USA"})
    with pytest.raises(RefusedError, match="USA"):
        acceptor.open()
    peer.stop()


def test_every_wrong_option_is_named() -> None:
    options = {"baudrate": 300, "tries": 0, "currency": "Yuan", "prot": "x"}
    with pytest.raises(SettingsError) as caught:
        CcnetCashAcceptor("cash", options)
    paths = {mistake.split(":")[0] for mistake in caught.value.mistakes}
    assert paths == {f"devices.cash.{key}" for key in ("port", *options)}


def test_a_port_that_is_not_there_is_not_connected() -> None:
    acceptor = CcnetCashAcceptor("cash", {"port": "/nonexistent/port"})
    with pytest.raises(NotConnectedError):
        acceptor.open()
    assert acceptor.status().state is DeviceState.NO_DEVICE
