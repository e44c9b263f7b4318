"""A window's terminal and what can go wrong around it, against the real central."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.central.contract.ratings import CaseKind, TerminalState
from kiosk.central.rating_messages import OwnCase
from kiosk.central.server.ratings import tables
from kiosk.domain.rating import Level
from tests.kit.fake_clock import FakeClock
from tests.kit.ratings import counted, finish, later, reopen
from tests.kit.terminal_bed import TerminalBed
from tests.kit.terminal_world import World

PHONE = "13800000001"


def test_a_finished_case_is_asked_about_and_the_answer_arrives_once(
    world: World, bed: TerminalBed
) -> None:
    assert bed.look().state is TerminalState.IDLE
    finish(world.central)
    question = bed.asked()
    world.clock.advance(4)
    assert bed.answer(question, Level.VERY_DISSATISFIED, PHONE)
    assert bed.send() == 0
    (kept,) = world.ratings()
    assert (kept["level"], kept["after_ms"]) == ("very_dissatisfied", 4000)
    assert len(world.central.rows(tables.follow_up)) == 1


def test_what_waits_for_central_cannot_be_read_on_the_disk(world: World, bed: TerminalBed) -> None:
    question = world.question_at(bed)
    world.away(away=True)
    assert bed.answer(question, Level.VERY_DISSATISFIED, PHONE)
    assert bed.send() == 1
    on_disk = bed.on_disk()
    assert PHONE.encode() not in on_disk
    assert b'"token"' not in on_disk
    world.away(away=False)
    world.clock.advance(60)
    assert bed.send() == 0
    assert [one["level"] for one in world.ratings()] == ["very_dissatisfied"]


def test_central_away_changes_nothing_that_is_shown(world: World, bed: TerminalBed) -> None:
    bed.look()
    world.away(away=True)
    assert bed.look() is None
    assert bed.side.link.away
    bed.terminal.again()
    assert bed.look().state is TerminalState.IDLE
    world.away(away=False)
    finish(world.central)
    bed.asked()


def test_a_terminal_restarted_before_the_answer_asks_again(world: World, bed: TerminalBed) -> None:
    first = world.question_at(bed)
    bed.book.touched(first.request_id)
    bed.restart()
    again = bed.asked()
    assert again.request_id == first.request_id
    bed.answer(again, Level.SATISFIED)
    bed.send()
    assert len(world.ratings()) == 1


def test_a_terminal_restarted_after_the_answer_asks_no_more(world: World, bed: TerminalBed) -> None:
    question = world.question_at(bed)
    world.away(away=True)
    bed.answer(question, Level.DISSATISFIED)
    bed.restart()
    world.away(away=False)
    assert bed.look().question is None
    assert bed.send() == 0
    assert [one["level"] for one in world.ratings()] == ["dissatisfied"]


def test_an_answer_is_kept_once_however_often_it_is_handed_in(
    world: World, bed: TerminalBed
) -> None:
    question = world.question_at(bed)
    for level in (Level.SATISFIED, Level.VERY_DISSATISFIED, Level.SATISFIED):
        assert bed.answer(question, level)
    assert bed.side.outbox.waiting() == 1
    bed.send()
    assert [one["level"] for one in world.ratings()] == ["satisfied"]


def test_a_case_taken_up_again_is_no_longer_asked_about(world: World, bed: TerminalBed) -> None:
    question = world.question_at(bed)
    reopen(world.central)
    now = bed.look()
    assert (now.state, now.question) == (TerminalState.IDLE, None)
    world.clock.advance(8)
    # The touch that fell in between is not lost silently: central's no is kept for staff.
    assert bed.answer(question, Level.SATISFIED)
    bed.send()
    assert world.ratings() == []
    assert [one.reason for one in bed.dead] == ["409 rating_closed"]
    finish(world.central)
    assert bed.asked().request_id != question.request_id


def test_the_newest_of_two_terminals_at_a_window_is_asked(
    world: World, beds: Callable[..., TerminalBed]
) -> None:
    old = beds("e-1")
    old.look()
    new = beds("e-2")
    new.look()
    assert old.look().state is TerminalState.PAUSED
    finish(world.central)
    assert old.look() is None
    new.asked()
    # Only a start takes a place; two terminals never take it from each other in turns.
    assert (old.look(), new.look()) == (None, None)


def test_nobody_else_can_take_a_terminals_name(
    world: World, beds: Callable[..., TerminalBed], tmp_path: Path
) -> None:
    beds("e-1").look()
    other = tmp_path / "other"
    other.mkdir()
    false_one = TerminalBed(other, world.url, world.clock, "e-1")
    assert false_one.look().state is TerminalState.PAUSED
    false_one.stop()


def test_a_question_once_put_is_not_put_again_to_the_next_person(
    world: World, bed: TerminalBed
) -> None:
    world.question_at(bed)
    bed.terminal.again()
    now = bed.look()
    assert (now.state, now.question) == (TerminalState.IDLE, None)


@pytest.mark.parametrize("year", [1970, 2035, 2150])
def test_a_wrong_wall_clock_loses_no_answer(world: World, tmp_path: Path, year: int) -> None:
    folder = tmp_path / "terminal"
    folder.mkdir()
    clock = FakeClock(datetime(year, 6, 1, 9, 30, tzinfo=UTC))
    bed = TerminalBed(folder, world.url, clock)
    question = world.question_at(bed)
    clock.advance(3)
    later(world.central, seconds=3)
    assert bed.answer(question, Level.SATISFIED)
    assert bed.send() == 0
    (kept,) = world.ratings()
    assert kept["after_ms"] == 3000
    bed.stop()


@pytest.mark.parametrize("days", [-400, -1, 1, 3650])
def test_a_clock_that_jumps_between_question_touch_and_delivery_loses_no_answer(
    world: World, bed: TerminalBed, days: int
) -> None:
    question = world.question_at(bed)
    world.clock.advance(2)
    world.clock.jump(days)
    world.clock.advance(2)
    world.away(away=True)
    assert bed.answer(question, Level.DISSATISFIED)
    assert bed.send() == 1
    world.clock.jump(-2 * days)
    bed.restart()
    world.away(away=False)
    world.clock.advance(60)
    assert bed.send() == 0
    assert bed.dead == []
    (kept,) = world.ratings()
    assert (kept["level"], kept["after_ms"]) == ("dissatisfied", 4000)
    assert kept["day"] == world.central.office.clock.today()


def test_silence_stays_silence(world: World, bed: TerminalBed) -> None:
    world.question_at(bed)
    later(world.central, seconds=60)
    bed.look()
    assert bed.side.outbox.waiting() == 0
    assert counted(world.central) == {"served": 1, "asked": 1, "silent": 1}


def test_a_machine_asks_about_its_own_case_once_even_while_central_is_away(
    world: World, bed: TerminalBed
) -> None:
    bed.options.keep()
    world.away(away=True)
    case = OwnCase(CaseKind.APPLICATION, "visit-1", ("passport",))
    question = bed.book.own_question(case)
    assert question is not None
    assert bed.book.own_question(case).request_id == question.request_id
    assert bed.answer(question, Level.SATISFIED)
    assert bed.book.own_question(case) is None
    bed.restart()
    assert bed.book.own_question(case) is None
    world.away(away=False)
    world.clock.advance(60)
    assert bed.send() == 0
    (kept,) = world.ratings()
    assert (kept["case_kind"], kept["case_id"]) == ("application", "visit-1")


def test_without_a_list_of_levels_nobody_is_asked(world: World, bed: TerminalBed) -> None:
    assert bed.book.own_question(OwnCase(CaseKind.APPLICATION, "visit-1")) is None
    assert bed.side.outbox.waiting() == 0
