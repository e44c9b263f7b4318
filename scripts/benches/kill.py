"""Kills the machine with signal 9 at random moments of a visit, central up and down."""

import sys
import tempfile
from pathlib import Path

from scripts.benches.figure import Figure, at_most
from tests.kit.kill_harness import KillReport, kill_series

_KILLS = 200
_KILLS_QUICK = 40
_PER_SERIES = 50
"""One day's numbers are counted in one database; several short days find more than a long one."""


def measure(*, quick: bool) -> list[Figure]:
    """Kill, recover, and compare the books of machine, citizens and central."""
    wanted = _KILLS_QUICK if quick else _KILLS
    reports: list[KillReport] = []
    seed = 1
    while sum(one.kills for one in reports) < wanted:
        kills = min(_PER_SERIES, wanted - sum(one.kills for one in reports))
        with tempfile.TemporaryDirectory(prefix="kiosk-kill-") as folder:
            reports.append(kill_series(Path(folder), kills, seed))
        seed += 1
    books = [one.books for one in reports]
    for book in books:
        for line in (*book.lost, *book.doubled, *book.gaps):
            print(f"kill: {line}", file=sys.stderr)
    kills_survived = sum(one.kills for one in reports)
    return [
        Figure(
            "kill.machine_kills",
            kills_survived,
            "kills",
            goal=f"value >= {wanted}",
            holds=kills_survived >= wanted,
        ),
        Figure("kill.line_faults", sum(one.faults for one in reports), "connections"),
        Figure("kill.visits", sum(one.visits for one in books), "visits"),
        Figure("kill.numbers_told", sum(one.told for one in books), "tickets"),
        Figure("kill.leased", sum(one.leased for one in books), "tickets"),
        Figure("kill.superseded", sum(one.superseded for one in books), "numbers"),
        at_most("kill.lost", sum(len(one.lost) for one in books), "records", 0),
        at_most("kill.doubled", sum(len(one.doubled) for one in books), "records", 0),
        at_most("kill.unexplained_gaps", sum(len(one.gaps) for one in books), "numbers", 0),
    ]
