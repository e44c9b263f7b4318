"""Takers of tickets in two processes over one database, as two servers are; every number counted.

    python -m tests.kit.number_takers DATABASE COUNT THREADS

is one of them: says "ready", waits for a line, takes its share, and says the numbers.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import OperationalError

from kiosk.central.contract import TicketIn, TicketOut
from kiosk.central.server import tickets
from kiosk.central.server.office import Office
from kiosk.central.server.tables import counter, ticket
from tests.kit.central import HALL, MORNING, new_id
from tests.kit.queue_hall import Hall, open_hall

IN_THE_SUITE = 20_000
"""tickets that the test takes on each engine, and `scripts/bench --quick numbers` as well"""
PROCESSES = 2
_ROOT = Path(__file__).resolve().parents[2]
_TOGETHER = 10
"""tickets in one transaction, as when many come at one moment"""
_SERVICES = ("passport", "hk_macao_permit", "taiwan_permit", "enquiry")


def take_in_two(database: str, wanted: int, clients: int) -> list[str]:
    """Have tickets taken by clients in two processes at once.

    Args:
        database: with every table; path or URL.
        wanted: tickets; a multiple of the clients.
        clients: threads of both processes together.

    Returns:
        Every number that was told to somebody.
    """
    share, threads = wanted // PROCESSES, clients // PROCESSES
    command = [sys.executable, "-m", "tests.kit.number_takers", database, str(share), str(threads)]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    pipe = subprocess.PIPE
    takers = [
        subprocess.Popen(command, cwd=_ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)
        for _ in range(PROCESSES)
    ]
    for one in takers:
        assert one.stdout is not None, "asked for above"
        assert one.stdout.readline() == "ready\n", "a taker did not start"
    for one in takers:
        assert one.stdin is not None, "asked for above"
        one.stdin.write("\n")
        one.stdin.flush()
    numbers = [number for one in takers for number in one.communicate()[0].split()]
    assert all(one.returncode == 0 for one in takers), "a taker failed"
    return numbers


def account(hall: Hall) -> tuple[int, int]:
    """How many tickets the database holds, and how many numbers its counters gave."""

    def count(connection: Connection) -> tuple[int, int]:
        kept = connection.execute(select(func.count(ticket.c.id))).scalar_one()
        given = connection.execute(select(func.sum(counter.c.n))).scalar_one()
        return int(kept), int(given or 0)

    return hall.do(lambda tx, _office: count(tx))


def main() -> None:
    """One of the takers."""
    database, count, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    hall = open_hall(database)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with ThreadPoolExecutor(threads) as pool:
        told = pool.map(lambda n: _take(hall, count // threads, n), range(threads))
        sys.stdout.write(" ".join(number for some in told for number in some))
    hall.office.database.close()


def _take(hall: Hall, count: int, client: int) -> list[str]:
    numbers: list[str] = []
    while len(numbers) < count:
        more = min(_TOGETHER, count - len(numbers))
        # Clients of both processes meet at each service; one service a transaction, for a lock
        # of two could meet another's crosswise.
        service = _SERVICES[(client + len(numbers) // _TOGETHER) % len(_SERVICES)]
        try:
            numbers += hall.do(partial(_some, count=more, service=service))
        except OperationalError:
            continue  # another held the lock for longer than one waits; 503 over HTTP
    return numbers


def _some(connection: Connection, office: Office, *, count: int, service: str) -> list[str]:
    found = []
    for _ in range(count):
        request = TicketIn(
            ticket_id=new_id("t"),
            machine_id="kiosk-1",
            hall_id=HALL,
            services=(service,),
            taken_at=MORNING,
        )
        out = tickets.take(connection, office, request).value
        assert isinstance(out, TicketOut), "a ticket is what take gives"
        found.append(out.number)
    return found


if __name__ == "__main__":
    main()
