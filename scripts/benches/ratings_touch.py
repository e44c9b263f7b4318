"""From the touch that hands in an answer to the drawn thanks, with central up, away and slow.

The whole terminal in its window, touched there, with its flow, runner, book and disk: from the
finger's landing to the first frame that holds the words of thanks. Central is a process of its own,
as in a hall, and its clerk works at the window's page. Beside it: how long after the clerk has
finished the question is drawn.
"""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from kiosk.central.client import CentralClient
from kiosk.central.demo_clerk import DemoClerk, Seat
from kiosk.central.server.staff.first import make_demo_staff
from kiosk.clock import SystemClock
from kiosk.domain.rating import Level
from scripts.benches.figure import Figure, at_most
from tests.kit.central import (
    FIELD_KEY,
    HALL,
    CentralProcess,
    RunningCentral,
    central_process,
    new_id,
)
from tests.kit.chaos_proxy import ChaosProxy, Fault

_WINDOW = "1"
_ROOT = Path(__file__).resolve().parents[2]
_LIMIT_MS = 100.0
_PASSWORD = "bench-" + new_id("p")
_LINES: dict[str, Callable[[ChaosProxy], None]] = {
    "up": lambda line: line.clear(),
    "away": lambda line: line.block(),
    "slow": lambda line: line.upset(1.0, (Fault.LATENCY,)),
}


class _Window:
    """The terminal's window, in its process.

    Args:
        life: of the process.
    """

    def __init__(self, life: subprocess.Popen[str]) -> None:
        self._life = life

    def does(self, *words: str, meanwhile: Callable[[], None] = lambda: None) -> float:
        """Have a command done; milliseconds that the window measured.

        Args:
            words: of the command.
            meanwhile: happens once the command is given.
        """
        assert self._life.stdin is not None
        assert self._life.stdout is not None
        self._life.stdin.write(" ".join(words) + "\n")
        self._life.stdin.flush()
        meanwhile()
        told = self._life.stdout.readline()
        if not told:
            msg = f"the terminal's window ended at: {' '.join(words)}"
            raise RuntimeError(msg)
        return float(told)


def measure(*, quick: bool) -> list[Figure]:
    """All three situations.

    Args:
        quick: fewer touches.
    """
    touches = 10 if quick else 40
    with (
        tempfile.TemporaryDirectory(prefix="ratings-touch-") as name,
        _central(Path(name)) as central,
        ChaosProxy(central.port, random.Random(1), rate=0.0, latency_s=2.0) as line,  # noqa: S311 - the same delays each time
        _terminal(Path(name) / "machine", line.url) as window,
    ):
        seat = Seat(HALL, _WINDOW, "D1")
        url = f"http://127.0.0.1:{central.port}"
        client = CentralClient(url, SystemClock())
        clerk = DemoClerk(url, _PASSWORD, seat, client)
        hall = _Hall(clerk, window)
        hall.open()
        figures: list[Figure] = []
        for kind, change in _LINES.items():
            took = []
            for _ in range(touches):
                line.clear()
                took.append(hall.visit(partial(change, line)))
            figures.append(_p95(f"ratings.touch.{kind}", [one.thanked_ms for one in took]))
            if kind == "up":
                figures.append(_p95("ratings.asked.up", [one.asked_ms for one in took], goal=False))
        clerk.close()
        client.close()
    return figures


@contextmanager
def _central(folder: Path) -> Iterator[CentralProcess]:
    (folder / "field.key").write_text(FIELD_KEY.hex() + "\n", encoding="ascii")
    database = str(folder / "central.db")
    with RunningCentral(database) as first:
        make_demo_staff(first.office, HALL, _PASSWORD)
    with central_process(database, folder) as central:
        yield central


@dataclass(frozen=True, slots=True)
class _Took:
    """Milliseconds of one visit.

    Args:
        asked_ms: from the clerk's touch to the drawn question.
        thanked_ms: from handing in the answer to the drawn thanks.
    """

    asked_ms: float
    thanked_ms: float


class _Hall:
    """A clerk and the terminal at their window."""

    def __init__(self, clerk: DemoClerk, window: _Window) -> None:
        self._clerk = clerk
        self._window = window

    def open(self) -> None:
        """Open the window, and serve a first citizen: everything has run once then."""
        self._clerk.open_window()
        self._window.does("see", "Resting")
        self.visit(lambda: None)

    def visit(self, change: Callable[[], None]) -> _Took:
        """One visit; the line changes when the question is there."""
        self._clerk.serve()
        self._window.does("see", "Greeting")
        began_s = perf_counter()
        self._window.does("see", "ChoosingLevel", meanwhile=self._clerk.finish)
        asked_ms = (perf_counter() - began_s) * 1000
        change()
        self._window.does("tap", Level.SATISFIED.value, "ChoosingReasons")
        thanked_ms = self._window.does("tap", "main", "ThankingForRating")
        self._window.does("leave", "Resting")
        return _Took(asked_ms, thanked_ms)


def _p95(name: str, took_ms: list[float], *, goal: bool = True) -> Figure:
    value = round(quantiles(took_ms, n=20)[-1], 1)
    figure = f"{name}.p95"
    return at_most(figure, value, "ms", _LIMIT_MS) if goal else Figure(figure, value, "ms")


@contextmanager
def _terminal(folder: Path, url: str) -> Iterator[_Window]:
    command = [sys.executable, "-m", "scripts.benches.ratings_window", str(folder), url]
    env = {**os.environ, "SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=_ROOT, env=env, stdin=pipe, stdout=pipe, text=True) as life:
        yield _Window(life)
        assert life.stdin is not None
        life.stdin.close()
