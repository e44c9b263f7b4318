"""From the touch that hands in an answer to the thanks, with central up, away and slow.

The terminal's own flow, runner, book and disk, without a window; what the thanks then need to be
drawn is measured by the bench `ui`. Central is a process of its own, as in a hall, and its clerk
works at the window's page. Beside it: how long after the clerk has finished the question is there.
"""

import random
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from kiosk.bootstrap import build
from kiosk.central.demo_clerk import DemoClerk
from kiosk.central.server.staff.first import make_demo_staff
from kiosk.config import BenchConfig, load
from kiosk.domain.rating import Level
from kiosk.flows.evaluator.states import Greeting, Resting
from kiosk.flows.rating import states
from kiosk.flows.rating.events import LevelChosen, RatingGiven
from kiosk.flows.session import Touched
from kiosk.runtime.machine import Machine
from kiosk.runtime.view import View
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
_PATIENCE_S = 60.0
_PASSWORD = "bench-" + new_id("p")
_LINES: dict[str, Callable[[ChaosProxy], None]] = {
    "up": lambda line: line.clear(),
    "away": lambda line: line.block(),
    "slow": lambda line: line.upset(1.0, (Fault.LATENCY,)),
}


class _Seen:
    """Waits for states, as the window sees them."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._state: object = None

    def take(self, view: View) -> None:
        """A view came."""
        with self._turn:
            self._state = view.state
            self._turn.notify_all()

    def wait(self, kind: type[object]) -> None:
        """Wait for a state."""
        with self._turn:
            if not self._turn.wait_for(lambda: isinstance(self._state, kind), _PATIENCE_S):
                msg = f"{kind.__name__} did not come; {type(self._state).__name__} is shown"
                raise RuntimeError(msg)


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
        _terminal(Path(name) / "machine", line.url) as machine,
    ):
        clerk = DemoClerk(f"http://127.0.0.1:{central.port}", HALL, _WINDOW, _PASSWORD)
        hall = _Hall(clerk, machine)
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
        asked_ms: from the clerk's touch to the question.
        thanked_ms: from handing in the answer to the thanks.
    """

    asked_ms: float
    thanked_ms: float


class _Hall:
    """A clerk and the terminal at their window."""

    def __init__(self, clerk: DemoClerk, machine: Machine) -> None:
        self._clerk = clerk
        self._report = machine.parts.runner.report
        self._seen = _Seen()
        machine.parts.runner.listen(self._seen.take)

    def open(self) -> None:
        """Open the window, and serve a first citizen: everything has run once then."""
        self._clerk.open_window()
        self._seen.wait(Resting)
        self.visit(lambda: None)

    def visit(self, change: Callable[[], None]) -> _Took:
        """One visit; the line changes when the question is there."""
        self._clerk.serve()
        self._seen.wait(Greeting)
        began_s = perf_counter()
        self._clerk.finish()
        self._seen.wait(states.ChoosingLevel)
        asked_ms = (perf_counter() - began_s) * 1000
        change()
        self._report(LevelChosen(Level.SATISFIED))
        self._seen.wait(states.ChoosingReasons)
        began_s = perf_counter()
        self._report(RatingGiven())
        self._seen.wait(states.ThankingForRating)
        thanked_ms = (perf_counter() - began_s) * 1000
        self._report(Touched())
        self._seen.wait(Resting)
        return _Took(asked_ms, thanked_ms)


def _p95(name: str, took_ms: list[float], *, goal: bool = True) -> Figure:
    value = round(quantiles(took_ms, n=20)[-1], 1)
    figure = f"{name}.p95"
    return at_most(figure, value, "ms", _LIMIT_MS) if goal else Figure(figure, value, "ms")


def _terminal(folder: Path, url: str) -> Machine:
    config = load(_ROOT / "config.toml", "evaluator")
    machine = config.machine.model_copy(update={"data_folder": folder})
    central = config.central.model_copy(update={"url": url})
    changed = {"machine": machine, "central": central, "bench": BenchConfig(enabled=False)}
    place = config.place.model_copy(update={"window": _WINDOW})
    return build(config.model_copy(update={**changed, "place": place}))
