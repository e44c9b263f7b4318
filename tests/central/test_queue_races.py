"""Many at once at two servers over one database: no number twice, nobody called twice."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from kiosk.central.contract import ErrorCode, TicketIn
from kiosk.central.contract.queue import Acted, TicketAct, TicketMove
from kiosk.central.server import catalogue, keys, tickets
from kiosk.central.server.keys import Delivery, Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.queue import acts, calling
from kiosk.central.server.queue.windows import Desk
from kiosk.central.server.settings import EXAMPLE_CATALOGUE
from kiosk.central.server.tables import counter, ticket, ticket_change
from kiosk.domain.queueing import Need
from tests.kit.central import HALL, MORNING, new_id
from tests.kit.number_takers import (
    CALLS_IN_THE_SUITE,
    IN_THE_SUITE,
    MANY_IN_THE_SUITE,
    account,
    call_in_two,
    take_in_two,
)
from tests.kit.queue_hall import Hall, clerk, open_hall

WINDOWS = 32
WINDOWS_OF_THE_EXAMPLE = 8
SERVICES = ("passport", "hk_macao_permit")
NEEDS = (None, None, Need.AGE, Need.SCHOOL_START)


@dataclass(frozen=True, slots=True)
class TwoServers:
    """Two servers' parts, each with its own way into one database."""

    halls: tuple[Hall, Hall]

    def do(self, n: int, effect: Callable[[Connection, Office], Done]) -> Done:
        """One request as the n-th client's server does it: with a key, again when it was busy."""
        office = self.halls[n % 2].office
        delivery = Delivery(new_id("key"), b"", office.clock.now())
        done: list[Done] = []

        def once(connection: Connection) -> Done:
            done.append(effect(connection, office))
            return done[-1]

        while True:
            try:
                keys.once(office.database, delivery, once)
                return done[-1]
            except RefusalError as refused:
                if refused.code is not ErrorCode.BUSY:
                    raise
            except OperationalError:
                continue  # SQLite's lock was held for longer than one waits; 503 over HTTP


@pytest.fixture
def servers(ready_database: str, tmp_path: Path) -> Iterator[TwoServers]:
    names = ", ".join(f'"{n}"' for n in range(1, WINDOWS + 1))
    text = EXAMPLE_CATALOGUE.read_text(encoding="utf-8").replace('["1", "2", "3"]', f"[{names}]")
    wide = tmp_path / "catalogue.toml"
    wide.write_text(text, encoding="utf-8")
    halls = []
    for _ in range(2):
        hall = open_hall(ready_database)
        halls.append(replace(hall, office=replace(hall.office, offers=catalogue.load(wide))))
    yield TwoServers((halls[0], halls[1]))
    for one in halls:
        one.office.database.close()


def take_many(servers: TwoServers, client: int, count: int) -> list[str]:
    numbers = []
    for n in range(count):
        request = TicketIn(
            ticket_id=new_id("t"),
            machine_id=f"kiosk-{client}",
            hall_id=HALL,
            services=(SERVICES[n % 2],),
            taken_at=MORNING,
            need=NEEDS[n % len(NEEDS)],
        )
        done = servers.do(client, lambda tx, office, r=request: tickets.take(tx, office, r))
        numbers.append(done.value.number)
    return numbers


def serve_all(servers: TwoServers, client: int, total: int) -> list[str]:
    """Call and serve until every ticket of the day has been called by somebody."""
    desk = Desk(clerk(f"c{client}"), str(client + 1))
    called: list[str] = []
    while True:
        try:
            value = servers.do(client, lambda tx, office: call(tx, office, desk)).value
        except RefusalError as refused:
            if refused.code is not ErrorCode.NOBODY_WAITS:
                raise
            if called_so_far(servers) >= total:
                return called
            continue
        called.append(value.ticket_id)
        for move in (TicketMove.BEGIN, TicketMove.FINISH):
            wanted = TicketAct(ticket_id=value.ticket_id, move=move)
            servers.do(client, lambda tx, office, w=wanted: act(tx, office, desk, w))


@pytest.mark.parametrize(("clients", "wanted"), [(8, IN_THE_SUITE), (32, MANY_IN_THE_SUITE)])
def test_two_processes_give_no_number_twice_and_lose_none(
    ready_database: str, clients: int, wanted: int
) -> None:
    numbers = take_in_two(ready_database, wanted, clients)
    hall = open_hall(ready_database)
    kept, given = account(hall)
    assert (len(numbers), len(set(numbers))) == (wanted, wanted)
    assert (kept, given) == (wanted, wanted)
    if wanted == IN_THE_SUITE:
        nobody_is_called_twice(ready_database, hall, wanted)
    hall.office.database.close()


def nobody_is_called_twice(database: str, hall: Hall, waiting: int) -> None:
    """Windows in two processes call and serve some of all who wait."""
    calls = CALLS_IN_THE_SUITE
    called = call_in_two(database, calls, WINDOWS_OF_THE_EXAMPLE)
    assert (len(called), len(set(called))) == (calls, calls)
    states = hall.do(lambda tx, _o: Counter(tx.execute(select(ticket.c.queue_state)).scalars()))
    assert states == {"finished": calls, "waiting": waiting - calls}


def call(connection: Connection, office: Office, desk: Desk) -> Done:
    return Done(Acted(ticket_id=calling.call_next(connection, office, desk)))


def act(connection: Connection, office: Office, desk: Desk, wanted: TicketAct) -> Done:
    return Done(Acted(ticket_id=acts.act(connection, office, desk, wanted)))


def called_so_far(servers: TwoServers) -> int:
    query = select(ticket_change.c.ticket_id).where(ticket_change.c.to_state == "called")
    return len(servers.halls[0].do(lambda tx, _office: tx.execute(query).all()))


@pytest.mark.parametrize(("clients", "each"), [(8, 40), (32, 10)])
def test_no_number_is_given_and_nobody_called_twice(
    servers: TwoServers, clients: int, each: int
) -> None:
    for n in range(clients):
        servers.halls[n % 2].window(str(n + 1), *SERVICES, actor=clerk(f"c{n}"))
    total = clients * each
    with ThreadPoolExecutor(2 * clients) as pool:
        taking = [pool.submit(take_many, servers, n, each) for n in range(clients)]
        calling_ = [pool.submit(serve_all, servers, n, total) for n in range(clients)]
        numbers = [number for one in taking for number in one.result()]
        called = [ticket_id for one in calling_ for ticket_id in one.result()]
    assert len(set(numbers)) == len(numbers) == total
    assert len(set(called)) == len(called) == total
    hall = servers.halls[0]
    states = hall.do(lambda tx, _o: Counter(tx.execute(select(ticket.c.queue_state)).scalars()))
    assert states == {"finished": total}
    waiting = hall.do(lambda tx, _o: tx.execute(select(counter.c.n, counter.c.waiting)).all())
    assert sorted(waiting) == [(total // 2, 0), (total // 2, 0)]
