"""A machine or an acceptor dies with a note inside: the money is booked once, or it is a case."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.codecs.ccnet import State
from hardware.errors import (
    RefusedError,
)
from hardware.interfaces.cash_acceptor import (
    CashEnd,
    CashIn,
    NoteFate,
    UnfinishedNote,
)
from hardware.status import Bin
from tests.kit.cash_bed import CashBed, Desk, ccnet_bed
from tests.kit.patience import until

NEVER = threading.Event()


@pytest.fixture
def bed() -> Iterator[CashBed]:
    bed = ccnet_bed()
    yield bed
    bed.close()


def dies(_value: int) -> bool:
    raise RuntimeError("killed")


def killed(bed: CashBed, desk: Desk, yuan: int = 20) -> None:
    """The machine dies in one of the desk's calls and starts again."""
    bed.desk = desk
    bed.accept(10_000)
    bed.peer.insert(yuan)
    until(lambda: bed.results)
    assert isinstance(bed.results.pop(), RuntimeError)
    bed.restart()


def finish(bed: CashBed) -> list[UnfinishedNote]:
    """Bring the note to its end; what was booked."""
    booked = list[UnfinishedNote]()
    assert bed.acceptor.finish_note(booked.append, NEVER) == booked[-1]
    assert bed.acceptor.unfinished_note(NEVER).fate is NoteFate.NONE
    return booked


def test_without_a_note_there_is_nothing_to_finish(bed: CashBed) -> None:
    bed.accept(10_000)
    bed.withdrawn()
    assert bed.acceptor.unfinished_note(NEVER) == UnfinishedNote(NoteFate.NONE)
    assert finish(bed) == [UnfinishedNote(NoteFate.NONE)]


def test_killed_before_the_note_was_booked_it_is_still_told_of(bed: CashBed) -> None:
    killed(bed, Desk(on_stacked=dies))
    told = UnfinishedNote(NoteFate.STACKED, 2_000)
    assert bed.acceptor.unfinished_note(NEVER) == told
    assert bed.acceptor.unfinished_note(NEVER) == told
    assert bed.acceptor.status().detail == "unfinishedNote"
    assert bed.acceptor.accept_cash(1, bed.desk, NEVER) == CashIn(CashEnd.UNFINISHED_NOTE, 0)
    with pytest.raises(RefusedError, match="not been brought to its end"):
        bed.acceptor.reset()
    assert finish(bed) == [told]
    assert bed.peer.box.total_fen == 2_000


def test_killed_again_while_booking_it_is_told_of_again(bed: CashBed) -> None:
    killed(bed, Desk(on_stacked=dies))

    def dies_too(_note: UnfinishedNote) -> None:
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        bed.acceptor.finish_note(dies_too, NEVER)
    bed.restart()
    assert finish(bed) == [UnfinishedNote(NoteFate.STACKED, 2_000)]


def test_killed_while_the_note_was_in_the_escrow_it_goes_back(bed: CashBed) -> None:
    killed(bed, Desk(wants=dies))
    assert bed.acceptor.unfinished_note(NEVER) == UnfinishedNote(NoteFate.IN_ESCROW, 2_000)
    assert finish(bed) == [UnfinishedNote(NoteFate.RETURNED, 2_000)]
    assert bed.peer.box.returned == [2_000]
    assert bed.peer.box.total_fen == 0


def test_a_note_the_acceptor_gave_back_by_itself_is_told_of(bed: CashBed) -> None:
    bed.peer.misbehaviour.escrow_limit_s = 0.0
    killed(bed, Desk(wants=dies))
    until(lambda: bed.acceptor.unfinished_note(NEVER).fate is NoteFate.RETURNED)
    assert bed.acceptor.accept_cash(2_000, Desk(), _set()) == CashIn(CashEnd.WITHDRAWN, 0)
    assert bed.acceptor.unfinished_note(NEVER).fate is NoteFate.NONE


def _set() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


def test_power_lost_with_a_note_in_the_escrow_it_goes_back(bed: CashBed) -> None:
    killed(bed, Desk(wants=dies))
    bed.peer.cut_power()
    assert bed.acceptor.unfinished_note(NEVER) == UnfinishedNote(NoteFate.IN_ESCROW)
    assert bed.acceptor.accept_cash(1, Desk(), NEVER).end is CashEnd.UNFINISHED_NOTE
    assert finish(bed) == [UnfinishedNote(NoteFate.RETURNED, 2_000)]


@pytest.mark.parametrize(("forgets", "value_fen"), [(False, 2_000), (True, None)])
def test_power_lost_while_stacking_the_note_is_stacked_and_told_of(
    bed: CashBed, forgets: bool, value_fen: int | None
) -> None:
    bed.peer.misbehaviour.stack_ms = 60_000
    bed.peer.misbehaviour.forgets_notes = forgets
    bed.accept(10_000)
    bed.peer.insert(20)
    until(lambda: bed.desk.intended)
    until(lambda: bed.peer._machine._path.state is State.STACKING)
    bed.peer.cut_power()
    bed.peer.misbehaviour.stack_ms = 0
    assert bed.ended() == CashIn(CashEnd.FAILURE, 0, in_doubt_fen=2_000)
    bed.restart()
    assert bed.acceptor.unfinished_note(NEVER) == UnfinishedNote(NoteFate.GOING_IN)
    assert finish(bed) == [UnfinishedNote(NoteFate.STACKED, value_fen)]
    assert bed.peer.box.total_fen == 2_000


def test_power_lost_after_stacking_and_before_booking_is_unknown(bed: CashBed) -> None:
    killed(bed, Desk(on_stacked=dies))
    bed.peer.cut_power()
    unknown = UnfinishedNote(NoteFate.UNKNOWN)
    assert bed.acceptor.unfinished_note(NEVER) == unknown
    booked = list[UnfinishedNote]()
    assert bed.acceptor.finish_note(booked.append, NEVER) == unknown
    assert booked == [unknown]
    # The case is open; the acceptor itself is well and takes the next citizen's notes.
    bed.desk = Desk()
    bed.accept(2_000)
    bed.peer.insert(20)
    assert bed.ended().end is CashEnd.COMPLETE


def test_after_a_power_up_its_full_box_is_told_of_before_anybody_pays(bed: CashBed) -> None:
    """A validator that has just got its power says nothing of its box until it is reset."""
    bed.peer.cut_power()
    bed.peer.misbehaviour.box_full = True
    assert bed.acceptor.status().usable
    bed.acceptor.finish_note(lambda _note: None, NEVER)
    until(lambda: bed.acceptor.status().bins == {"cash_box": Bin.FULL})


def test_a_note_stuck_on_its_way_is_unknown_until_staff_have_looked(bed: CashBed) -> None:
    bed.peer.misbehaviour.stack_jams = 1
    bed.accept(10_000)
    bed.peer.insert(20)
    assert bed.ended().in_doubt_fen == 2_000
    bed.restart()
    assert bed.acceptor.unfinished_note(NEVER).fate is NoteFate.UNKNOWN
    bed.peer.clear_jam()
    assert bed.acceptor.unfinished_note(NEVER).fate is NoteFate.UNKNOWN


def test_finishing_can_be_withdrawn_and_books_nothing_then(bed: CashBed) -> None:
    killed(bed, Desk(wants=dies))
    bed.peer.misbehaviour.feed_ms = 60_000
    booked = list[UnfinishedNote]()
    note = bed.acceptor.finish_note(booked.append, _set())
    assert note.fate is NoteFate.IN_ESCROW
    assert bed.acceptor.finish_note(booked.append, _set()).fate is NoteFate.GOING_OUT
    assert booked == []


faults = st.lists(
    st.sampled_from(
        [
            *("rejects", "stack_jams", "cheats", "lost_answers"),
            *("lost_receipts", "bad_checksums", "naks"),
        ]
    ),
    max_size=3,
)


@given(
    notes=st.lists(st.sampled_from([10, 20, 50, 100]), min_size=1, max_size=3),
    wrong=faults,
    killed_at=st.sampled_from(["never", "offered", "stacked"]),
    power_cut=st.booleans(),
    forgets=st.booleans(),
)
@settings(max_examples=40)
def test_whatever_dies_the_journal_equals_the_box_or_a_case_is_open(
    notes: list[int], wrong: list[str], killed_at: str, power_cut: bool, forgets: bool
) -> None:
    bed = ccnet_bed()
    try:
        for fault in wrong:
            setattr(bed.peer.misbehaviour, fault, 1)
        bed.peer.misbehaviour.forgets_notes = forgets
        never: Callable[[int], bool] = lambda _value: True  # noqa: E731 - a callback as a value
        bed.desk = Desk(
            wants=dies if killed_at == "offered" else never,
            on_stacked=dies if killed_at == "stacked" else never,
        )
        bed.accept(30_000)
        for yuan in notes:
            bed.peer.insert(yuan)
        seen = len(notes)
        with suppress(AssertionError):
            until(lambda: bed.results or len(bed.desk.booked + bed.desk.refusals) == seen, 2)
        if power_cut:
            bed.peer.cut_power()
        bed.cancel.set()
        until(lambda: bed.results)
        booked_fen = sum(bed.desk.booked)
        open_intent = len(bed.desk.intended) > len(bed.desk.booked)
        for fault in wrong:
            setattr(bed.peer.misbehaviour, fault, 0)
        bed.restart()
        end = bed.acceptor.finish_note(lambda _note: None, NEVER)
        if end.fate is NoteFate.STACKED and open_intent:
            booked_fen += end.value_fen or bed.desk.intended[-1]
        if end.fate is not NoteFate.UNKNOWN:
            assert booked_fen == bed.peer.box.total_fen
        else:
            assert booked_fen <= bed.peer.box.total_fen
            assert open_intent or bed.peer.box.total_fen == booked_fen
    finally:
        bed.close()
