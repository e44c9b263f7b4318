"""Numbers in bulk: many takers in two processes over one database, every number counted.

Once on SQLite and once on PostgreSQL: a million by eight takers, then a tenth of that by 32. A
million takes a quarter of an hour on a quiet machine; `--quick` takes as many as the test suite.
"""

import tempfile
from pathlib import Path
from time import perf_counter

from scripts.benches.figure import Figure, at_most
from tests.kit.number_takers import IN_THE_SUITE, MANY_IN_THE_SUITE, account, take_in_two
from tests.kit.postgres import running_postgres
from tests.kit.queue_hall import open_hall

TICKETS = 1_000_000
FEW, MANY = 8, 32
_RUNS = ((FEW, TICKETS, IN_THE_SUITE), (MANY, TICKETS // 10, MANY_IN_THE_SUITE))
"""takers, their tickets, and those of a quick run"""


def measure(*, quick: bool) -> list[Figure]:
    """Take them all, then count what was said and what was kept."""
    figures = []
    with tempfile.TemporaryDirectory(prefix="numbers-bench-") as folder:
        for takers, whole, small in _RUNS:
            database = str(Path(folder) / f"central-{takers}.db")
            figures += _counted("sqlite", database, small if quick else whole, takers)
    with running_postgres() as postgres:
        for takers, whole, small in _RUNS:
            database = postgres.new_database()
            figures += _counted("postgresql", database, small if quick else whole, takers)
    return figures


def _counted(engine: str, database: str, wanted: int, takers: int) -> list[Figure]:
    hall = open_hall(database)
    began = perf_counter()
    numbers = take_in_two(database, wanted, takers)
    took_s = perf_counter() - began
    kept, given = account(hall)
    hall.office.database.close()
    name = f"numbers.{engine}.takers_{takers}"
    return [
        Figure(f"{name}.tickets", len(numbers), "tickets"),
        Figure(f"{name}.rate", round(len(numbers) / took_s, 1), "per s"),
        at_most(f"{name}.duplicates", len(numbers) - len(set(numbers)), "numbers", 0),
        at_most(f"{name}.lost", abs(len(numbers) - kept) + abs(given - kept), "tickets", 0),
    ]
