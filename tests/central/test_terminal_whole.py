"""A window's terminal as it is built, without its screen, against the real central."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.codecs.spoken_mandarin import mandarin
from kiosk.bootstrap import build
from kiosk.central.server.ratings import tables
from kiosk.domain.rating import Level
from kiosk.flows.evaluator.states import Greeting, Paused, Resting
from kiosk.flows.rating import states
from kiosk.flows.rating.events import LevelChosen, RatingGiven, ReasonToggled
from kiosk.flows.session import Touched
from tests.kit.patience import until
from tests.kit.ratings import finish
from tests.kit.terminal_whole import terminal_config
from tests.kit.terminal_world import World
from tests.kit.windowless import PATIENCE_S, Windowless


@pytest.fixture
def person(world: World, tmp_path: Path) -> Iterator[Windowless]:
    machine = build(terminal_config(tmp_path / "machine", world.url, "voice"))
    someone = Windowless(machine)
    with machine:
        # A window without a terminal asks nobody.
        until(lambda: world.central.rows(tables.terminal), PATIENCE_S)
        yield someone


def test_a_visit_from_notice_to_thanks(world: World, person: Windowless) -> None:
    person.sees(Resting)
    world.write_notice("元旦放假")
    until(lambda: person.view.machine.notices.notices, PATIENCE_S)
    assert person.view.machine.notices.notices[0].title("zh_CN") == "元旦放假"
    world.next_case()
    person.sees(Greeting)
    finish(world.central)
    person.sees(states.ChoosingLevel)
    person.does(LevelChosen(Level.DISSATISFIED), ReasonToggled("efficiency"), RatingGiven())
    person.sees(states.ThankingForRating)
    until(world.ratings, PATIENCE_S)
    (kept,) = world.ratings()
    assert (kept["level"], kept["reasons"]) == ("dissatisfied", ["efficiency"])
    person.does(Touched())
    person.leaves(states.ThankingForRating)


def test_a_window_that_closes_pauses_its_terminal_at_once(world: World, person: Windowless) -> None:
    person.sees(Resting)
    finish(world.central)
    person.sees(states.ChoosingLevel)
    world.clerk.close()
    person.sees(Paused)
    assert world.ratings() == []


def test_the_question_and_the_thanks_are_said_aloud(world: World, person: Windowless) -> None:
    voice = person.simulator("voice")
    person.sees(Resting)
    finish(world.central)
    until(lambda: len(voice.said()) == 1, PATIENCE_S)
    person.does(LevelChosen(Level.SATISFIED), RatingGiven())
    until(lambda: len(voice.said()) == 2, PATIENCE_S)
    words = ("请您对本次服务进行评价。", "谢谢您的评价。")
    assert [one.words for one in voice.said()] == [mandarin(one) for one in words]
