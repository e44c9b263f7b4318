"""Tickets taken and called in two processes over one database, as by two servers; all counted.

    python -m tests.kit.number_takers ACT DATABASE COUNT THREADS FIRST

is one of them: says "ready", waits for a line, takes or calls its share, and says what it got.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import OperationalError

from kiosk.central.contract import ErrorCode, TicketIn, TicketOut
from kiosk.central.server import tickets
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.tables import counter, ticket
from tests.kit.central import HALL, MORNING, new_id
from tests.kit.queue_hall import Hall, open_hall

T = TypeVar("T")
IN_THE_SUITE = 20_000
"""tickets that the test takes on each engine, and `scripts/bench --quick numbers` as well"""
MANY_IN_THE_SUITE = 3_200
"""the same by 32 clients"""
CALLS_IN_THE_SUITE = 480
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
    return _in_two("take", database, wanted, clients)


def call_in_two(database: str, wanted: int, clients: int) -> list[str]:
    """Have tickets called and served at as many windows, which all call every line.

    Args:
        database: with more tickets waiting than are wanted.
        wanted: calls; a multiple of the clients.
        clients: windows of both processes together; at most the catalogue's eight.

    Returns:
        Id of the ticket of each call.
    """
    return _in_two("call", database, wanted, clients)


def _in_two(act: str, database: str, wanted: int, clients: int) -> list[str]:
    share, threads = str(wanted // PROCESSES), clients // PROCESSES
    program = [sys.executable, "-m", "tests.kit.number_takers", act, database, share, str(threads)]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    pipe = subprocess.PIPE
    workers = [
        subprocess.Popen(
            [*program, str(n * threads)],
            cwd=_ROOT,
            env=environment,
            stdin=pipe,
            stdout=pipe,
            text=True,
        )
        for n in range(PROCESSES)
    ]
    for one in workers:
        assert one.stdout is not None, "asked for above"
        assert one.stdout.readline() == "ready\n", "a process did not start"
    for one in workers:
        assert one.stdin is not None, "asked for above"
        one.stdin.write("\n")
        one.stdin.flush()
    said = [word for one in workers for word in one.communicate()[0].split()]
    assert all(one.returncode == 0 for one in workers), "a process failed"
    return said


def account(hall: Hall) -> tuple[int, int]:
    """How many tickets the database holds, and how many numbers its counters gave."""

    def count(connection: Connection) -> tuple[int, int]:
        kept = connection.execute(select(func.count(ticket.c.id))).scalar_one()
        given = connection.execute(select(func.sum(counter.c.n))).scalar_one()
        return int(kept), int(given or 0)

    return hall.do(lambda tx, _office: count(tx))


def main() -> None:
    """One of the processes."""
    act, database = sys.argv[1:3]
    count, threads, first = (int(one) for one in sys.argv[3:])
    hall = open_hall(database)
    work = {"take": _take, "call": _call}[act]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with ThreadPoolExecutor(threads) as pool:
        said = pool.map(lambda n: work(hall, count // threads, first + n), range(threads))
        sys.stdout.write(" ".join(word for some in said for word in some))
    hall.office.database.close()


def _take(hall: Hall, count: int, client: int) -> list[str]:
    numbers: list[str] = []
    while len(numbers) < count:
        more = min(_TOGETHER, count - len(numbers))
        # Clients of both processes meet at each service; one service a transaction, for a lock
        # of two could meet another's crosswise.
        service = _SERVICES[(client + len(numbers) // _TOGETHER) % len(_SERVICES)]
        some = partial(_some, count=more, service=service)
        numbers += _until_done(partial(hall.do, some))
    return numbers


def _call(hall: Hall, count: int, client: int) -> list[str]:
    window = _until_done(lambda: hall.window(str(client + 1), *_SERVICES))
    called: list[str] = []
    while len(called) < count:
        called.append(_until_done(window.next))
        for move in ("begin", "finish"):
            _until_done(partial(window.act, called[-1], move))
    return called


def _until_done(work: Callable[[], T]) -> T:
    """Again and again while another holds the lock for too long; over HTTP it is 503 or 409."""
    while True:
        try:
            return work()
        except OperationalError:
            continue
        except RefusalError as refused:
            if refused.code is not ErrorCode.BUSY:
                raise


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
