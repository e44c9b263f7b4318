"""Numbers in bulk: eight takers at two servers' ways into one database, every number counted.

A million takes a quarter of an hour on a quiet machine; `--quick` takes 20,000.
"""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import OperationalError

from kiosk.central.contract import TicketIn, TicketOut
from kiosk.central.server import tickets
from kiosk.central.server.tables import ticket
from scripts.benches.figure import Figure, at_most
from tests.kit.central import HALL, MORNING, new_id
from tests.kit.queue_hall import Hall, open_hall

TICKETS = 1_000_000
TICKETS_QUICK = 20_000
_TAKERS = 8
_TOGETHER = 10
"""tickets in one transaction, as when many come at one moment"""
_SERVICES = ("passport", "hk_macao_permit", "taiwan_permit", "enquiry")


def measure(*, quick: bool) -> list[Figure]:
    """Take them all, then count what was said and what was kept."""
    wanted = TICKETS_QUICK if quick else TICKETS
    with tempfile.TemporaryDirectory(prefix="numbers-bench-") as folder:
        database = str(Path(folder) / "central.db")
        halls = [open_hall(database) for _ in range(2)]
        began = perf_counter()
        with ThreadPoolExecutor(_TAKERS) as pool:
            each = wanted // _TAKERS
            told = pool.map(lambda n: _take(halls[n % 2], each), range(_TAKERS))
            numbers = [number for some in told for number in some]
        took_s = perf_counter() - began
        kept = halls[0].do(lambda tx, _office: tx.execute(select(func.count(ticket.c.id))).scalar())
        for one in halls:
            one.office.database.close()
    return [
        Figure("numbers.tickets", len(numbers), "tickets"),
        Figure("numbers.rate", round(len(numbers) / took_s, 1), "per s"),
        at_most("numbers.duplicates", len(numbers) - len(set(numbers)), "numbers", 0),
        at_most("numbers.lost", abs(len(numbers) - (kept or 0)), "tickets", 0),
    ]


def _take(hall: Hall, count: int) -> list[str]:
    numbers: list[str] = []
    while len(numbers) < count:
        more = min(_TOGETHER, count - len(numbers))
        try:
            numbers += hall.do(lambda tx, _office, more=more: _some(tx, hall, more))
        except OperationalError:
            continue  # the other server held SQLite's lock for longer than one waits; 503 over HTTP
    return numbers


def _some(connection: Connection, hall: Hall, count: int) -> list[str]:
    found = []
    for n in range(count):
        request = TicketIn(
            ticket_id=new_id("t"),
            machine_id="kiosk-1",
            hall_id=HALL,
            services=(_SERVICES[n % len(_SERVICES)],),
            taken_at=MORNING,
        )
        out = tickets.take(connection, hall.office, request).value
        assert isinstance(out, TicketOut), "a ticket is what take gives"
        found.append(out.number)
    return found
