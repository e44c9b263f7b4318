"""A question that waits at a window ends with the next case there, or with the window's work."""

from kiosk.central.contract.ratings import TerminalState
from kiosk.domain.rating import Level
from tests.kit.ratings import counted, later
from tests.kit.terminal_bed import TerminalBed
from tests.kit.terminal_world import World


def test_a_question_left_unanswered_is_silence_when_the_next_case_begins(
    world: World, bed: TerminalBed
) -> None:
    left = world.question_at(bed)
    world.next_case()
    now = bed.look()
    assert (now.state, now.question) == (TerminalState.SERVING, None)
    assert counted(world.central) == {"served": 1, "asked": 1, "silent": 1}
    # Whoever touches a face that a slow line has left on the screen is not heard for somebody else.
    world.clock.advance(8)
    assert bed.answer(left, Level.VERY_SATISFIED)
    bed.send()
    assert world.ratings() == []
    assert [one.reason for one in bed.dead] == ["409 rating_closed"]


def test_a_face_touched_before_the_next_case_began_is_heard(world: World, bed: TerminalBed) -> None:
    question = world.question_at(bed)
    world.clock.advance(9)
    bed.book.touched(question.request_id)
    later(world.central, seconds=9)
    world.next_case()
    world.clock.advance(20)  # choosing reasons
    assert bed.answer(question, Level.DISSATISFIED)
    assert bed.send() == 0
    assert [one["level"] for one in world.ratings()] == ["dissatisfied"]
    assert counted(world.central) == {"served": 1, "asked": 1, "stars_2": 1}


def test_a_window_that_closes_takes_its_question_along(world: World, bed: TerminalBed) -> None:
    world.question_at(bed)
    world.clerk.close()
    now = bed.look()
    assert (now.state, now.question) == (TerminalState.PAUSED, None)
    assert counted(world.central) == {"served": 1, "asked": 1, "silent": 1}
