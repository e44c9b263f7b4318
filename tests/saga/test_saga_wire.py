"""The same transaction over real drivers and their wires: where money is, and where the card is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.domain.payment import Means
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.saga.rows import Step
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.runs import quick_folder
from tests.kit.saga_world.wired_card_path import WiredCardHall
from tests.kit.saga_world.wired_cash import WiredCashHall
from tests.kit.saga_world.wired_terminal import WiredTerminalHall

TERMINAL_WRONGS = (
    "",
    "silent_after_ack",
    "lost_replies",
    "lost_acks",
    "double_charges",
    "garbage_replies",
    "cut_replies",
    "stale_replies",
    "wrong_amounts",
)
CASH_WRONGS = (
    *("rejects", "jams", "stack_jams", "cheats"),
    *("lost_answers", "lost_receipts", "bad_checksums", "naks"),
    *("box_full", "box_removed", "noise"),
)
MESSAGES = 36
"""Fewer than any two notes take from the first greeting on."""


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as one:
        yield one


def end_of(hall: WiredCardHall | WiredCashHall) -> Ended:
    ended = hall.citizen.heard[-1]
    assert isinstance(ended, Ended)
    return ended


def at_terminal(folder: Path, wrong: str, kill_at: int | None = None) -> WiredTerminalHall:
    hall = WiredTerminalHall(folder, WorldCitizen("a", means=(Means.BANK_CARD,)))
    if wrong:
        setattr(hall.peer.misbehaviour, wrong, 1)
    hall.live_through(kill_at)
    assert hall.found == [], "\n".join(hall.world.trace)
    assert hall.peer.book.taken_fen in (0, hall.central.fee_fen)
    return hall


def test_with_nothing_wrong_the_card_is_made(folder: Path) -> None:
    hall = at_terminal(folder, "")
    assert hall.path.taken[0].writes == ["order1"]
    assert hall.peer.book.taken_fen == hall.central.fee_fen


@pytest.mark.parametrize("wrong", TERMINAL_WRONGS)
def test_whatever_the_terminal_does_no_law_is_broken(folder: Path, wrong: str) -> None:
    at_terminal(folder, wrong)


@pytest.mark.parametrize("wrong", ["", "lost_replies"])
@pytest.mark.parametrize("kill_at", [38, 39, 40, 41, 42, 43, 44, 46, 50])
def test_a_machine_that_dies_over_the_sale_breaks_no_law(
    folder: Path, wrong: str, kill_at: int
) -> None:
    assert at_terminal(folder, wrong, kill_at).deaths == 1


# Notes.


def with_notes(folder: Path) -> WiredCashHall:
    return WiredCashHall(folder, WorldCitizen("a", means=(Means.CASH, Means.CODE)))


def test_two_notes_go_through_the_line_into_the_box_once(folder: Path) -> None:
    hall = with_notes(folder)
    hall.live_through()
    assert hall.found == []
    assert hall.cash.box == [("order1-p1", 2000), ("order1-p2", 1000)]
    assert end_of(hall).outcome is Outcome.MADE


@pytest.mark.parametrize("wrong", CASH_WRONGS)
def test_whatever_the_acceptor_does_no_law_is_broken(folder: Path, wrong: str) -> None:
    hall = with_notes(folder)
    is_switch = isinstance(getattr(hall.peer.misbehaviour, wrong), bool)
    setattr(hall.peer.misbehaviour, wrong, True if is_switch else 1)
    hall.live_through()
    assert hall.found == [], "\n".join(hall.world.trace)


@pytest.mark.parametrize("late", [False, True], ids=["unheard", "obeyed"])
def test_a_machine_that_dies_at_any_message_to_the_acceptor_breaks_no_law(late: bool) -> None:
    for message in range(1, MESSAGES + 1):
        with quick_folder() as folder:
            hall = with_notes(folder)
            hall.fuse.at, hall.fuse.late = message, late
            hall.live_through()
        assert hall.deaths == 1, message
        assert hall.found == [], "\n".join([f"message {message}", *hall.world.trace])


def test_a_note_that_falls_unannounced_is_seen(folder: Path) -> None:
    hall = with_notes(folder)
    hall.wire.fell(2000)
    assert hall.world.broken == ["cash.stack without a durable intent"]
    hall.unplug()


# The card's way.

Wrong = Callable[[WiredCardHall], None]


def condition(name: str, value: object) -> Wrong:
    return lambda hall: setattr(hall.peer.machine.condition, name, value)


def link_lost_after(command: str) -> Wrong:
    return lambda hall: setattr(hall.peer.misbehaviour, "lose_link_after", command)


def dies_after(command: str) -> Wrong:
    return lambda hall: hall.dies_after(command)


def dies_within_the_face(more_bytes: int) -> Wrong:
    def plan(hall: WiredCardHall) -> None:
        hall.watched.at_intent[Step.FACE] = lambda: hall.dies_within(more_bytes)

    return plan


def on_its_way(folder: Path, wrong: Wrong, *, takes_card: bool = True) -> WiredCardHall:
    citizen = WorldCitizen("a", means=(Means.CODE,), takes_card=takes_card)
    hall = WiredCardHall(folder, citizen)
    wrong(hall)
    hall.live_through()
    assert hall.found == [], "\n".join(hall.world.trace)
    return hall


def test_the_card_goes_through_the_real_path_and_comes_back_made(folder: Path) -> None:
    hall = on_its_way(folder, lambda _hall: None)
    (card,) = hall.path.taken
    assert (card.writes, card.prints, card.face) == (["order1"], ["order1"], "order1")
    assert hall.peer.machine.jobs_done == 1


@pytest.mark.parametrize(
    ("wrong", "outcome"),
    [
        (condition("jam_at", "mouth"), Outcome.CARD_KEPT),
        (condition("jam_at", "exit"), Outcome.CARD_KEPT),
        (condition("jam_at", "chip"), Outcome.CARD_KEPT),
        (condition("jam_at", "print"), Outcome.CARD_KEPT),
        (condition("job_stops_half", True), Outcome.MADE),
        (condition("garbled", True), Outcome.MADE),
        (link_lost_after("GO"), Outcome.CARD_KEPT),
        (link_lost_after("EJECT"), Outcome.CARD_KEPT),
    ],
    ids=[
        *("jam in the mouth", "jam before it", "jam at the chip", "jam under the head"),
        *("half", "garbled", "print, mute", "eject, mute"),
    ],
)
def test_whatever_happens_on_the_cards_way_no_law_is_broken(
    folder: Path, wrong: Wrong, outcome: Outcome
) -> None:
    end = end_of(on_its_way(folder, wrong))
    assert end.outcome is outcome
    assert bool(end.case_id) is (outcome is Outcome.CARD_KEPT)


@pytest.mark.parametrize(
    ("death", "takes_card"),
    [
        (dies_after("FEED_FROM_FRONT"), True),
        (dies_after("MOVE_TO_CHIP"), True),
        (dies_within_the_face(40), True),
        (dies_within_the_face(1500), True),
        (dies_after("GO"), True),
        (dies_after("EJECT"), True),
        (dies_after("RETAIN"), False),
    ],
    ids=["drawn in", "to the chip", "face begun", "face half sent", "print", "eject", "kept"],
)
def test_a_machine_that_dies_when_the_path_has_just_obeyed_breaks_no_law(
    folder: Path, death: Wrong, takes_card: bool
) -> None:
    hall = on_its_way(folder, death, takes_card=takes_card)
    assert hall.deaths == 1
    assert hall.world.count("face.print", "order1") <= 1
