"""Many book at once at two servers over one database: no place is given twice."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.bookings import BookingIn
from kiosk.central.server import keys
from kiosk.central.server.bookings import books
from kiosk.central.server.bookings.tables import booking, booking_slot
from kiosk.central.server.keys import Delivery
from kiosk.central.server.problems import RefusalError
from tests.kit.bookings import booking_request, holder, today_at
from tests.kit.central import new_id
from tests.kit.queue_hall import Hall, open_hall

PLACES = 6


@pytest.fixture
def servers(ready_database: str) -> Iterator[tuple[Hall, Hall]]:
    halls = (open_hall(ready_database), open_hall(ready_database))
    yield halls
    for one in halls:
        one.office.database.close()


def book(hall: Hall, number: str, hour: int) -> str:
    """One request as the server does it; what became of it."""
    wanted = BookingIn.model_validate(booking_request(today_at(hour), number))
    delivery = Delivery(new_id("key"), b"", hall.office.clock.now())
    while True:
        try:
            keys.once(
                hall.office.database, delivery, lambda tx: books.book(tx, hall.office, wanted)
            )
        except RefusalError as refused:
            if refused.code is not ErrorCode.BUSY:
                return refused.code
        except OperationalError:
            continue  # SQLite's lock was held for longer than one waits; 503 over HTTP
        else:
            return "booked"


@pytest.mark.parametrize("clients", [8, 32])
def test_a_slot_is_never_overbooked(servers: tuple[Hall, Hall], clients: int) -> None:
    def client(n: int) -> list[str]:
        return [book(servers[n % 2], holder(n), hour) for hour in (10, 11)]

    with ThreadPoolExecutor(clients) as pool:
        said = Counter(one for found in pool.map(client, range(clients)) for one in found)
    rows = servers[0].do(lambda tx, _o: tx.execute(select(booking.c.starts_at)).scalars().all())
    assert max(Counter(rows).values()) == PLACES
    # Whoever had a place at ten may have no second one that day, so eleven fills with the rest.
    assert said["booked"] == len(rows) == min(clients, 2 * PLACES)
    taken = servers[0].do(lambda tx, _o: tx.execute(select(booking_slot.c.taken)).scalars().all())
    assert sum(taken) == len(rows)


def test_one_person_at_many_browsers_gets_one_place(servers: tuple[Hall, Hall]) -> None:
    with ThreadPoolExecutor(8) as pool:
        said = Counter(pool.map(lambda n: book(servers[n % 2], holder(1), 10 + n % 2), range(8)))
    assert said == {"booked": 1, "already_booked": 7}
