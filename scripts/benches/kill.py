"""Kills with signal 9: the machine at random moments of a visit, the server under load."""

import sys
import tempfile
from pathlib import Path

from scripts.benches.figure import Figure, at_most
from tests.kit.central import central_process
from tests.kit.central_load import kill_under_load
from tests.kit.kill_harness import KillReport, kill_series
from tests.kit.postgres import running_postgres

_KILLS = 200
_KILLS_QUICK = 40
_SERVER_KILLS = 50
_SERVER_KILLS_QUICK = 5
_SERVER_CLIENTS = 8
_PER_SERIES = 50
"""One day's numbers are counted in one database; several short days find more than a long one."""


def measure(*, quick: bool) -> list[Figure]:
    """Kill, recover, and compare the books of machine, citizens and central.

    Args:
        quick: fewer kills.
    """
    server_kills = _SERVER_KILLS_QUICK if quick else _SERVER_KILLS
    figures = _machine(_KILLS_QUICK if quick else _KILLS)
    with tempfile.TemporaryDirectory(prefix="kiosk-kill-") as folder:
        figures += _server("sqlite", f"{folder}/central.sqlite", folder, server_kills)
        with running_postgres() as postgres:
            figures += _server("postgresql", postgres.new_database(), folder, server_kills)
    return figures


def _server(engine: str, database: str, folder: str, kills: int) -> list[Figure]:
    """Kill the server while clients take tickets and repeat what was not answered."""
    with central_process(database, Path(folder)) as central:
        books = kill_under_load(central, database, kills, _SERVER_CLIENTS)
    name = f"kill.server.{engine}"
    holds = books.kills >= kills
    return [
        Figure(f"{name}.kills", books.kills, "kills", None, f"value >= {kills}", holds),
        Figure(f"{name}.acknowledged", books.acknowledged, "tickets"),
        Figure(f"{name}.retried", books.retried, "deliveries"),
        at_most(f"{name}.lost", books.lost, "tickets", 0),
        at_most(f"{name}.doubled", books.doubled, "tickets", 0),
        at_most(f"{name}.gaps", books.gaps, "numbers", 0),
    ]


def _machine(wanted: int) -> list[Figure]:
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
