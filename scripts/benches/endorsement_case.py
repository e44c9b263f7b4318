"""How long journal, central and the steps between them take for one endorsement.

Devices and citizen of the simulated world take no time at all, and they are the world's: its chip
is opened by no key, and its face and slip are a bare key without a drawing. What is measured is
every row of the journal on a real disk, every question to a real central over HTTP, and the work
between them, from the open mouth to the closed transaction. Left out are the chip's cryptography
(`endorsement_chip`) and composing the face and the slip.
"""

import statistics
import tempfile
from pathlib import Path

from hardware.timing import monotonic_s
from kiosk.domain.transaction.outcome import Outcome
from scripts.benches.figure import Figure, at_most
from tests.kit.central import RunningCentral
from tests.kit.saga_world.at_central import HallAtCentral

_ROUNDS, _ROUNDS_QUICK = 15, 5
_LIMIT_MS = 1000.0


def measure(*, quick: bool) -> list[Figure]:
    """A case at a fresh machine and central, again and again.

    Args:
        quick: fewer rounds.
    """
    took_ms = [_case() for _ in range(_ROUNDS_QUICK if quick else _ROUNDS)]
    median_ms = round(statistics.median(took_ms), 1)
    longest_ms = round(max(took_ms), 1)
    return [
        at_most("endorsement.software_time", median_ms, "ms", _LIMIT_MS),
        at_most("endorsement.software_time_longest", longest_ms, "ms", _LIMIT_MS),
    ]


def _case() -> float:
    with tempfile.TemporaryDirectory(prefix="kiosk-case-") as name:
        folder = Path(name)
        with RunningCentral(str(folder / "central.db")) as server:
            hall = HallAtCentral(folder, server, server.url)
            began_s = monotonic_s()
            ended = hall.live(hall.serve)
            took_s = monotonic_s() - began_s
            assert (ended, hall.end.outcome, hall.order()) == ("ended", Outcome.MADE, "confirmed")
    return took_s * 1000
