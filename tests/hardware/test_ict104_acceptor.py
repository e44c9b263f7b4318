"""ICT-104: its bytes, and what can and cannot be known of a note that it tells of only once."""

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.codecs.ict104 import CHANNELS, Escrow, Notice, NoticeParser, encode
from hardware.drivers.uart.ict104_cash_acceptor import Ict104CashAcceptor
from hardware.errors import NoAnswerError, NotConnectedError, RefusedError, SettingsError
from hardware.interfaces.cash_acceptor import (
    CashEnd,
    CashIn,
    NoteFate,
    NoteRefusal,
    UnfinishedNote,
)
from hardware.settings import Options
from hardware.simulators.cash_acceptor import CashAcceptorSimulator
from hardware.simulators.ict104_machine import Ict104Machine
from hardware.status import DeviceState
from tests.kit.cash_bed import CashBed, Desk
from tests.kit.patience import until

QUICK: Options = {"answer_timeout_s": 0.1, "alive_interval_s": 0.1, "settle_timeout_s": 0.3}
NEVER = threading.Event()
UNKNOWN = UnfinishedNote(NoteFate.UNKNOWN)
NONE = UnfinishedNote(NoteFate.NONE)

notices = st.sampled_from(Notice) | st.builds(Escrow, st.integers(0, CHANNELS - 1))


def new_bed() -> CashBed:
    peer = CashAcceptorSimulator("cash", {}, Ict104Machine, paced=False)
    peer.misbehaviour.feed_ms = peer.misbehaviour.stack_ms = 0
    options = {**QUICK, **peer.start()}
    return CashBed(lambda: Ict104CashAcceptor("cash", options), peer)


@pytest.fixture
def bed() -> Iterator[CashBed]:
    bed = new_bed()
    yield bed
    bed.close()


def found(parser: NoticeParser) -> list[Notice | Escrow]:
    """Every whole notice the parser has."""
    items = list[Notice | Escrow]()
    while (item := parser.next()) is not None:
        items.append(item)
    return items


@pytest.mark.parametrize(
    ("notice", "known"),
    [
        (Notice.POWER_UP, "80 8F"),
        (Escrow(0), "81 40"),
        (Escrow(4), "81 44"),
        (Notice.STACKED, "10"),
        (Notice.RETURNED, "11"),
        (Notice.ENABLED, "3E"),
        (Notice.INHIBITED, "5E"),
    ],
)
def test_notices_equal_the_published_bytes(notice: Notice | Escrow, known: str) -> None:
    assert encode(notice) == bytes.fromhex(known)


@given(st.lists(notices, max_size=6), st.data())
def test_notices_are_found_however_the_line_cuts_them(
    sent: list[Notice | Escrow], data: st.DataObject
) -> None:
    noise = st.sampled_from([b"", b"\xc1", b"\x00\xff"])
    stream = b"".join(data.draw(noise) + encode(one) for one in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    parser, items = NoticeParser(), list[Notice | Escrow]()
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        parser.feed(stream[start:end])
        items += found(parser)
    assert items == sent


def test_half_a_pair_is_waited_for_and_a_wrong_one_costs_only_its_first_byte() -> None:
    parser = NoticeParser()
    parser.feed(b"\x81")
    assert parser.next() is None
    parser.feed(b"\x10\x80\x81\x42")
    assert found(parser) == [Notice.STACKED, Escrow(2)]


@given(st.binary(max_size=300))
def test_no_bytes_upset_the_parser(noise: bytes) -> None:
    parser = NoticeParser()
    parser.feed(noise)
    for item in found(parser):
        if isinstance(item, Escrow):
            assert 0 <= item.channel < CHANNELS


def test_the_line_has_even_parity() -> None:
    assert Ict104CashAcceptor("cash", {"port": "/dev/null"})._port._parity == "E"


def test_after_a_restart_it_cannot_say_what_became_of_the_last_note(bed: CashBed) -> None:
    assert bed.acceptor.unfinished_note(NEVER) == UNKNOWN
    booked = list[UnfinishedNote]()
    assert bed.acceptor.finish_note(booked.append, NEVER) == UNKNOWN
    assert booked == [UNKNOWN]
    assert bed.acceptor.unfinished_note(NEVER) == NONE


def test_after_a_run_that_ended_well_there_is_nothing_to_finish(bed: CashBed) -> None:
    bed.accept(2_000)
    bed.peer.insert(20)
    assert bed.ended() == CashIn(CashEnd.COMPLETE, 2_000)
    assert bed.acceptor.unfinished_note(NEVER) == NONE


def test_a_note_told_of_too_late_is_still_heard_by_the_same_driver(bed: CashBed) -> None:
    bed.peer.misbehaviour.stack_ms = 600
    bed.accept(10_000)
    bed.peer.insert(20)
    assert bed.ended() == CashIn(CashEnd.FAILURE, 0, in_doubt_fen=2_000)
    assert bed.acceptor.accept_cash(1, bed.desk, NEVER).end is CashEnd.UNFINISHED_NOTE
    assert bed.acceptor.status().detail == "unfinishedNote"
    with pytest.raises(RefusedError):
        bed.acceptor.reset()
    until(lambda: bed.acceptor.unfinished_note(NEVER).fate is NoteFate.STACKED)
    booked = list[UnfinishedNote]()
    bed.acceptor.finish_note(booked.append, NEVER)
    assert booked == [UnfinishedNote(NoteFate.STACKED, 2_000)]
    assert bed.peer.box.total_fen == 2_000
    bed.acceptor.reset()


def test_a_lost_byte_leaves_the_note_unknown_and_never_booked_by_guess(bed: CashBed) -> None:
    bed.accept(10_000)
    bed.desk.wants = lambda _value: setattr(bed.peer.misbehaviour, "bad_checksums", 1) is None
    bed.peer.insert(20)
    assert bed.ended() == CashIn(CashEnd.FAILURE, 0, in_doubt_fen=2_000)
    assert bed.acceptor.unfinished_note(NEVER) == UNKNOWN
    assert bed.desk.booked == []


def test_a_stacked_byte_out_of_nowhere_is_never_money(bed: CashBed) -> None:
    bed.accept(10_000)
    bed.peer._machine._voice.tell(Notice.STACKED)
    assert bed.ended() == CashIn(CashEnd.FAILURE, 0)
    assert bed.desk.booked == []


@pytest.mark.parametrize("stage", ["in the escrow", "on its way"])
def test_power_lost_with_a_note_inside_is_unknown(bed: CashBed, stage: str) -> None:
    decided, go_on = threading.Event(), threading.Event()

    def wants(_value: int) -> bool:
        decided.set()
        return go_on.wait(10)

    bed.peer.misbehaviour.stack_ms = 60_000
    bed.desk = Desk(wants=wants)
    bed.accept(10_000)
    bed.peer.insert(20)
    assert decided.wait(10)
    if stage == "in the escrow":
        bed.peer.cut_power()
        go_on.set()
    else:
        go_on.set()
        until(lambda: bed.peer._machine._life.accepted)
        bed.peer.cut_power()
    result = bed.ended()
    assert (result.end, result.stacked_fen) == (CashEnd.FAILURE, 0)
    assert result.in_doubt_fen == 2_000
    bed.restart()
    assert bed.acceptor.unfinished_note(NEVER) == UNKNOWN
    bed.peer.misbehaviour.stack_ms = 0
    bed.desk = Desk()
    bed.accept(2_000)
    bed.peer.insert(20)
    assert bed.ended().end is CashEnd.COMPLETE


def test_a_note_that_waited_too_long_goes_back(bed: CashBed) -> None:
    bed.peer.misbehaviour.escrow_limit_s = 0.0
    bed.accept(10_000)
    bed.peer.insert(20)
    until(lambda: bed.desk.refusals == [NoteRefusal.TOO_LATE])
    assert bed.withdrawn().stacked_fen == 0
    assert bed.peer.box.returned == [2_000]


def test_an_acceptor_that_falls_silent_ends_it(bed: CashBed) -> None:
    bed.accept(10_000)
    bed.peer.misbehaviour.silent = True
    assert bed.ended() == CashIn(CashEnd.LINK_LOST, 0)
    assert bed.acceptor.status().state is DeviceState.OFFLINE
    with pytest.raises(NoAnswerError):
        bed.acceptor.open()


def test_a_power_up_that_is_heard_is_answered(bed: CashBed) -> None:
    bed.peer.cut_power()
    assert bed.acceptor.status().state is DeviceState.ONLINE


def test_a_port_that_is_not_there_is_not_connected() -> None:
    acceptor = Ict104CashAcceptor("cash", {"port": "/nonexistent/port"})
    with pytest.raises(NotConnectedError):
        acceptor.open()
    assert acceptor.status().state is DeviceState.NO_DEVICE


@pytest.mark.parametrize("channels", ["", "5,x", "5,-1", "1,2,5,10,20,50", "0"])
def test_every_wrong_option_is_named(channels: str) -> None:
    options = {"baudrate": 300, "tries": 0, "channels_yuan": channels, "parity": "odd", "prot": "x"}
    with pytest.raises(SettingsError) as caught:
        Ict104CashAcceptor("cash", options)
    paths = {mistake.split(":")[0] for mistake in caught.value.mistakes}
    assert paths == {f"devices.cash.{key}" for key in ("port", *options)}


@given(
    notes=st.lists(st.sampled_from([10, 20, 50]), min_size=1, max_size=3),
    faults=st.lists(
        st.sampled_from(["rejects", "stack_jams", "cheats", "lost_answers", "bad_checksums"]),
        max_size=2,
    ),
    power_cut=st.booleans(),
)
@settings(max_examples=15)
def test_whatever_goes_wrong_what_is_booked_lies_in_the_box_and_the_rest_is_a_case(
    notes: list[int], faults: list[str], power_cut: bool
) -> None:
    bed = new_bed()
    bed.peer.misbehaviour.escrow_limit_s = 0.2
    try:
        bed.accept(30_000)
        for fault in faults:
            setattr(bed.peer.misbehaviour, fault, 1)
        for yuan in notes:
            bed.peer.insert(yuan)
        if power_cut:
            bed.peer.cut_power()
        else:
            for thread in list(bed.peer._machine._threads):
                thread.join(10)
        result = bed.withdrawn()
        booked_fen, box_fen = sum(bed.desk.booked), bed.peer.box.total_fen
        assert result.stacked_fen == booked_fen
        assert booked_fen <= box_fen <= booked_fen + result.in_doubt_fen
    finally:
        bed.close()
