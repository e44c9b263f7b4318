"""A terminal dies between touch and thanks while central is away; then both come back."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.bootstrap import build
from kiosk.central.server.ratings import tables
from kiosk.domain.rating import Level
from kiosk.flows.evaluator.states import Greeting
from kiosk.flows.rating import states
from kiosk.flows.rating.events import LevelChosen, RatingGiven
from tests.kit.patience import PATIENCE_S, until
from tests.kit.ratings import counted, finish
from tests.kit.terminal_whole import ROOT, WRITTEN, terminal_config
from tests.kit.terminal_world import World
from tests.kit.windowless import Windowless


def dies_unheard(world: World, folder: Path, point: str) -> None:
    """One life of the terminal: asked, central goes away, answered, dead."""
    command = [sys.executable, "-m", "tests.kit.terminal_whole", str(folder), world.url, point]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as life:
        assert life.stdin is not None
        assert life.stdout is not None
        until(lambda: world.central.rows(tables.terminal), PATIENCE_S)
        finish(world.central)
        assert life.stdout.readline() == "asked\n"
        world.away(away=True)
        life.stdin.write("\n")
        life.stdin.close()
        assert life.wait(PATIENCE_S) == -signal.SIGKILL
    assert world.ratings() == []


def lives_again(world: World, folder: Path, do: Callable[[World, Windowless], None]) -> None:
    """One more life, with central there."""
    world.away(away=False)
    someone = Windowless(build(terminal_config(folder, world.url)))
    with someone.machine:
        do(world, someone)
        until(world.ratings, PATIENCE_S)


def asks_nobody(world: World, someone: Windowless) -> None:
    """Whoever was thanked is not asked again; the next citizen is greeted."""
    until(world.ratings, PATIENCE_S)
    world.next_case()
    someone.sees(Greeting)
    assert "ChoosingLevel" not in someone.trail()


def is_asked_once_more(_world: World, someone: Windowless) -> None:
    """Whoever was not thanked can still answer."""
    someone.sees(states.ChoosingLevel)
    someone.does(LevelChosen(Level.DISSATISFIED), RatingGiven())
    someone.sees(states.ThankingForRating)


@pytest.mark.parametrize(
    ("point", "then", "reasons"),
    [
        ("ChoosingReasons", is_asked_once_more, []),
        (WRITTEN, asks_nobody, ["efficiency"]),
        ("ThankingForRating", asks_nobody, ["efficiency"]),
    ],
    ids=["touched", "on the disk", "thanked"],
)
def test_the_answer_arrives_once_wherever_it_dies(
    world: World,
    tmp_path: Path,
    point: str,
    then: Callable[[World, Windowless], None],
    reasons: list[str],
) -> None:
    folder = tmp_path / "machine"
    dies_unheard(world, folder, point)
    lives_again(world, folder, then)
    (kept,) = world.ratings()
    assert (kept["level"], kept["reasons"]) == ("dissatisfied", reasons)
    counts = counted(world.central)
    assert (counts["asked"], counts["stars_2"]) == (1, 1)
