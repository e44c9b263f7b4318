"""A window's terminal as it is built, without its screen, against the real central."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.bootstrap import build
from kiosk.central.server.ratings import tables
from kiosk.config import BenchConfig, load
from kiosk.domain.rating import Level
from kiosk.flows.evaluator.states import Greeting, Paused, Resting
from kiosk.flows.rating import states
from kiosk.flows.rating.events import LevelChosen, RatingGiven, ReasonToggled
from kiosk.flows.session import Touched
from tests.kit.patience import until
from tests.kit.ratings import finish
from tests.kit.terminal_world import World
from tests.kit.windowless import PATIENCE_S, Windowless

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def person(world: World, tmp_path: Path) -> Iterator[Windowless]:
    shipped = load(ROOT / "config.toml", "evaluator")
    own = shipped.machine.model_copy(update={"data_folder": tmp_path / "machine"})
    central = shipped.central.model_copy(update={"url": world.url})
    place = shipped.place.model_copy(update={"window": "1"})
    changed = {"machine": own, "central": central, "place": place}
    quiet = {**changed, "bench": BenchConfig(enabled=False), "devices": {}}
    machine = build(shipped.model_copy(update=quiet))
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
