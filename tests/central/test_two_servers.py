"""Two server processes on one PostgreSQL database: many clients meet one hall, not two."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.central.server.staff.first import make_demo_staff
from kiosk.central.server.tables import ticket
from tests.kit.central import (
    FIELD_KEY,
    HALL,
    Caller,
    CentralProcess,
    central_process,
    new_id,
    ticket_request,
)
from tests.kit.event_reader import reading
from tests.kit.keypad import Keypad
from tests.kit.number_takers import account
from tests.kit.pages import PASSWORD
from tests.kit.postgres import Postgres
from tests.kit.queue_hall import Hall, open_hall

TAKERS, EACH = 32, 10
WINDOWS, CALLS = (("clerk1", "1"), ("clerk2", "2")), 20

pytestmark = pytest.mark.postgres


@pytest.fixture
def database(postgres: Postgres, migrated_postgres: str) -> str:
    return postgres.new_database(migrated_postgres)


@pytest.fixture
def hall(database: str) -> Iterator[Hall]:
    opened = open_hall(database)
    make_demo_staff(opened.office, HALL, PASSWORD)
    yield opened
    opened.office.database.close()


@pytest.fixture
def servers(hall: Hall, database: str, tmp_path: Path) -> Iterator[tuple[CentralProcess, ...]]:
    (tmp_path / "field.key").write_text(FIELD_KEY.hex() + "\n")
    with (
        central_process(database, tmp_path) as one,
        central_process(database, tmp_path) as other,
    ):
        yield one, other


def take(port: int) -> list[str]:
    """A machine takes tickets, asking again with the same key while central is busy."""
    caller = Caller(port)
    numbers: list[str] = []
    while len(numbers) < EACH:
        request, key = ticket_request(), new_id("key")
        reply = caller.post("/v1/tickets", request, key)
        while reply.status in (409, 503) and reply.code == "busy":
            reply = caller.post("/v1/tickets", request, key)
        numbers.append(str(reply.body["number"]))
    caller.close()
    return numbers


def call(port: int, login: str, window: str) -> list[str]:
    """A window calls and serves, from before the first person has come."""
    keypad = Keypad(port, login, window)
    called: list[str] = []
    while len(called) < CALLS:
        try:
            called.append(keypad.do("next"))
        except RuntimeError as refused:
            if "nobody_waits" not in str(refused):
                raise
            continue
        keypad.serve(called[-1])
    keypad.close()
    return called


def test_two_servers_of_one_database_number_call_and_tell_as_one(
    servers: tuple[CentralProcess, ...], hall: Hall
) -> None:
    near, far = servers
    with (
        reading(near.port, "&kind=ticket_called") as here,
        reading(far.port, "&kind=ticket_called") as there,
        ThreadPoolExecutor(TAKERS + len(WINDOWS)) as pool,
    ):
        taking = [pool.submit(take, servers[n % 2].port) for n in range(TAKERS)]
        calling = [pool.submit(call, servers[n].port, *one) for n, one in enumerate(WINDOWS)]
        numbers = [number for one in taking for number in one.result()]
        called = [ticket_id for one in calling for ticket_id in one.result()]
        heard = here.wait(len(called))
        assert there.wait(len(called)) == heard
    tickets = TAKERS * EACH
    assert (len(numbers), len(set(numbers))) == (tickets, tickets)
    assert account(hall) == (tickets, tickets)
    assert len(set(called)) == len(called)
    assert sorted(one["subject"] for one in heard) == sorted(called)
    states = hall.do(lambda tx, _o: Counter(tx.execute(select(ticket.c.queue_state)).scalars()))
    assert states == {"finished": len(called), "waiting": tickets - len(called)}
