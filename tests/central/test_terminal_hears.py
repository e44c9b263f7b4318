"""A window's terminal hears of what concerns it at once, and looks by the clock when it cannot."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kiosk.central.contract.events import Event, EventKind
from kiosk.central.contract.ratings import TerminalState
from kiosk.central.terminal_ear import TerminalEar, Wakes
from kiosk.central.window_terminal import LOOK_EVERY_S, LOOK_HEARING_S
from tests.kit.central import HALL
from tests.kit.patience import until
from tests.kit.ratings import finish
from tests.kit.terminal_bed import TerminalBed
from tests.kit.terminal_world import World

PATIENCE_S = 30.0


@pytest.fixture
def bed(world: World, beds: Callable[..., TerminalBed]) -> TerminalBed:
    """A terminal that runs by itself; its clock stands still, so only events can wake it."""
    one = beds()
    one.run()
    until(lambda: one.ear.hears and one.told, PATIENCE_S)
    return one


def titles(world: World, bed: TerminalBed, *, away: bool = False) -> list[str]:
    shown = bed.notices.board(world.clock.today(), away=away).notices
    return [one.title("zh_CN") for one in shown]


def test_a_question_is_there_at_once_when_a_clerk_finishes_a_case(
    world: World, bed: TerminalBed
) -> None:
    request_id = finish(world.central)
    until(lambda: bed.told[-1].question, PATIENCE_S)
    question = bed.told[-1].question
    assert question is not None
    assert question.request_id == request_id


def test_a_question_goes_at_once_when_the_next_case_begins(world: World, bed: TerminalBed) -> None:
    finish(world.central)
    until(lambda: bed.told[-1].question, PATIENCE_S)
    world.next_case()
    until(lambda: bed.told[-1].state is TerminalState.SERVING, PATIENCE_S)
    assert bed.told[-1].question is None


def test_without_the_stream_the_clock_has_the_window_looked_at(
    world: World, bed: TerminalBed
) -> None:
    assert bed.terminal.look() == LOOK_HEARING_S
    bed.stream.close()
    assert not bed.ear.hears
    assert bed.terminal.look() == LOOK_EVERY_S
    request_id = finish(world.central)

    def a_second_passes() -> bool:
        world.clock.advance(LOOK_EVERY_S)
        return bed.told[-1].question is not None

    until(a_second_passes, PATIENCE_S)
    question = bed.told[-1].question
    assert question is not None
    assert question.request_id == request_id


def test_the_stream_is_sought_again_and_what_was_missed_is_looked_at(
    world: World, bed: TerminalBed
) -> None:
    world.away(away=True)
    until(lambda: not bed.ear.hears, PATIENCE_S)
    finish(world.central)
    world.away(away=False)
    until(lambda: bed.told[-1].question, PATIENCE_S)


def test_a_new_notice_is_there_at_once(world: World, bed: TerminalBed) -> None:
    world.write_notice("元旦放假")
    until(lambda: titles(world, bed) == ["元旦放假"], PATIENCE_S)


def test_the_last_notices_stay_with_their_date_while_central_is_away(
    world: World, beds: Callable[..., TerminalBed]
) -> None:
    world.write_notice("一直有效")
    world.write_notice("只有今天", days=0)
    bed = beds()
    bed.notices.keep()
    told_at = world.central.clock.now()
    world.away(away=True)
    bed.restart()
    bed.notices.keep()
    assert set(titles(world, bed, away=True)) == {"只有今天", "一直有效"}
    assert bed.notices.board(world.clock.today(), away=True).as_of == told_at
    assert bed.notices.board(world.clock.today(), away=False).as_of is None
    world.clock.advance(24 * 3600)
    assert titles(world, bed, away=True) == ["一直有效"]


def test_before_the_first_notices_nothing_is_told(
    world: World, beds: Callable[..., TerminalBed]
) -> None:
    world.away(away=True)
    bed = beds()
    bed.notices.keep()
    assert titles(world, bed, away=True) == []
    assert bed.notices.board(world.clock.today(), away=True).as_of is None


def happened(kind: EventKind, subject: str, **facts: str) -> Event:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    return Event(event_id=1, kind=kind, hall_id=HALL, subject=subject, at=at, facts=facts)


@pytest.mark.parametrize(
    ("event", "woken"),
    [
        (happened(EventKind.RATING_ASKED, "r-1", window="3"), ["look"]),
        (happened(EventKind.TICKET_MOVED, "t-1", window="3", state="serving"), ["look"]),
        (happened(EventKind.WINDOW_CHANGED, "3", state="closed"), ["look"]),
        (happened(EventKind.RATING_ASKED, "r-1", window="4"), []),
        (happened(EventKind.WINDOW_CHANGED, "33", state="closed"), []),
        (happened(EventKind.NOTICE_CHANGED, "n-1"), ["read"]),
        (happened(EventKind.EVENTS_LOST, HALL), ["look", "read"]),
    ],
)
def test_only_what_concerns_the_window_wakes_its_terminal(event: Event, woken: list[str]) -> None:
    heard: list[str] = []
    ear = TerminalEar("3", Wakes(lambda: heard.append("look"), lambda: heard.append("read")))
    ear.happened(event)
    assert heard == woken
