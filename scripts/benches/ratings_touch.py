"""From the touch that hands in an answer to the thanks, with central up, away and slow.

The terminal's own flow, runner, book and disk, without a window; what the thanks then need to be
drawn is measured by the bench `ui`.
"""

import random
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from kiosk.bootstrap import build
from kiosk.central.server.ratings import tables
from kiosk.config import BenchConfig, load
from kiosk.domain.rating import Level
from kiosk.flows.evaluator.states import Resting
from kiosk.flows.rating import states
from kiosk.flows.rating.events import LevelChosen, RatingGiven
from kiosk.flows.session import Touched
from kiosk.runtime.machine import Machine
from kiosk.runtime.view import View
from scripts.benches.figure import Figure, at_most
from tests.kit.central import RunningCentral
from tests.kit.chaos_proxy import ChaosProxy, Fault
from tests.kit.ratings import ClerkAtWindow, finish

_ROOT = Path(__file__).resolve().parents[2]
_LIMIT_MS = 100.0
_PATIENCE_S = 20.0
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
    figures: list[Figure] = []
    with (
        tempfile.TemporaryDirectory(prefix="ratings-touch-") as folder,
        RunningCentral(f"{folder}/central.db") as central,
        ChaosProxy(central.port, random.Random(1), rate=0.0, latency_s=2.0) as line,  # noqa: S311 - the same delays each time
        _terminal(Path(folder) / "machine", line.url) as machine,
    ):
        ClerkAtWindow(central)
        seen = _Seen()
        machine.parts.runner.listen(seen.take)
        _until_placed(central)
        for name, change in _LINES.items():
            took_ms = []
            for n in range(touches):
                line.clear()
                case = f"{name}-{n}"
                took_ms.append(_touch(central, machine, seen, case, partial(change, line)))
            p95 = quantiles(took_ms, n=20)[-1]
            figures.append(at_most(f"ratings.touch.{name}.p95", round(p95, 1), "ms", _LIMIT_MS))
    return figures


def _until_placed(central: RunningCentral) -> None:
    """A window without a terminal asks nobody."""
    pause = threading.Event()
    while not central.rows(tables.terminal):
        pause.wait(0.05)


def _terminal(folder: Path, url: str) -> Machine:
    config = load(_ROOT / "config.toml", "evaluator")
    machine = config.machine.model_copy(update={"data_folder": folder})
    central = config.central.model_copy(update={"url": url})
    own = config.model_copy(
        update={"machine": machine, "central": central, "bench": BenchConfig(enabled=False)}
    )
    return build(own)


def _touch(
    central: RunningCentral, machine: Machine, seen: _Seen, case_id: str, change: Callable[[], None]
) -> float:
    """One answer; milliseconds from handing it in to the thanks."""
    report = machine.parts.runner.report
    finish(central, case_id)
    seen.wait(states.ChoosingLevel)
    change()
    report(LevelChosen(Level.SATISFIED))
    seen.wait(states.ChoosingReasons)
    began_s = perf_counter()
    report(RatingGiven())
    seen.wait(states.ThankingForRating)
    took_ms = (perf_counter() - began_s) * 1000
    report(Touched())
    seen.wait(Resting)
    return took_ms
