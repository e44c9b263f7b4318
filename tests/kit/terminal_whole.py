"""A window's terminal as it is built, without its screen; and one that dies where it is told.

`python -m tests.kit.terminal_whole FOLDER URL POINT` prints `asked` when somebody is asked, answers
when a line comes, and is killed with signal 9 at the point: the name of a state that is shown, or
`written`, when the answer is on the disk and nobody has been told.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from kiosk.bootstrap import build
from kiosk.central.rating_book import RatingBook
from kiosk.central.rating_messages import Answer
from kiosk.config import BenchConfig, Config, load
from kiosk.domain.rating import Level
from kiosk.flows.rating import states
from kiosk.flows.rating.events import LevelChosen, RatingGiven, ReasonToggled
from kiosk.runtime.machine import Machine
from kiosk.runtime.view import View
from tests.kit.windowless import Windowless

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = "written"


def terminal_config(folder: Path, url: str, *devices: str) -> Config:
    """The shipped terminal, at window 1 of another central.

    Args:
        folder: for its records.
        url: of central.
        devices: that it has.
    """
    shipped = load(ROOT / "config.toml", "evaluator")
    machine = shipped.machine.model_copy(update={"data_folder": folder})
    central = shipped.central.model_copy(update={"url": url})
    place = shipped.place.model_copy(update={"window": "1"})
    changed: dict[str, Any] = {"machine": machine, "central": central, "place": place}
    changed["bench"] = BenchConfig(enabled=False)
    changed["devices"] = {name: shipped.devices[name] for name in devices}
    return shipped.model_copy(update=changed)


def main(folder: str, url: str, point: str) -> None:
    """Be asked, answer, and die."""
    if point == WRITTEN:
        _die_when_written()
    someone = _Doomed(build(terminal_config(Path(folder), url)), point)
    with someone.machine:
        someone.sees(states.ChoosingLevel)
        sys.stdout.write("asked\n")
        sys.stdout.flush()
        sys.stdin.readline()
        someone.does(LevelChosen(Level.DISSATISFIED), ReasonToggled("efficiency"), RatingGiven())
        someone.sees(states.ThankingForRating)


class _Doomed(Windowless):
    """Stands at a terminal that dies as soon as a state is shown."""

    def __init__(self, machine: Machine, point: str) -> None:
        self._point = point
        super().__init__(machine)

    def _take(self, view: View) -> None:
        if type(view.state).__name__ == self._point:
            _die()
        super()._take(view)


def _die_when_written() -> None:
    keep = RatingBook.keep

    def keep_and_die(book: RatingBook, answer: Answer) -> bool:
        keep(book, answer)
        _die()
        return False

    setattr(RatingBook, "keep", keep_and_die)  # noqa: B010 - a plain assignment is a type error


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
