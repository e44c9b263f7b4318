"""Numbers in bulk: eight takers in two processes over one database, every number counted.

Once on SQLite and once on PostgreSQL. A million takes a quarter of an hour on a quiet machine for
each; `--quick` takes as many as the test suite does.
"""

import tempfile
from pathlib import Path
from time import perf_counter

from scripts.benches.figure import Figure, at_most
from tests.kit.number_takers import IN_THE_SUITE, account, take_in_two
from tests.kit.postgres import running_postgres
from tests.kit.queue_hall import open_hall

TICKETS = 1_000_000
_TAKERS = 8


def measure(*, quick: bool) -> list[Figure]:
    """Take them all, then count what was said and what was kept."""
    wanted = IN_THE_SUITE if quick else TICKETS
    with tempfile.TemporaryDirectory(prefix="numbers-bench-") as folder:
        figures = _counted("sqlite", str(Path(folder) / "central.db"), wanted)
    with running_postgres() as postgres:
        return figures + _counted("postgresql", postgres.new_database(), wanted)


def _counted(engine: str, database: str, wanted: int) -> list[Figure]:
    hall = open_hall(database)
    began = perf_counter()
    numbers = take_in_two(database, wanted, _TAKERS)
    took_s = perf_counter() - began
    kept, given = account(hall)
    hall.office.database.close()
    name = f"numbers.{engine}"
    return [
        Figure(f"{name}.tickets", len(numbers), "tickets"),
        Figure(f"{name}.rate", round(len(numbers) / took_s, 1), "per s"),
        at_most(f"{name}.duplicates", len(numbers) - len(set(numbers)), "numbers", 0),
        at_most(f"{name}.lost", abs(len(numbers) - kept) + abs(given - kept), "tickets", 0),
    ]
