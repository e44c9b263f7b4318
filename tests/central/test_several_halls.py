"""Several halls of one city at one central: each has its own numbers, lines, windows and calls."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.central.answer import Answered, Timeouts
from kiosk.central.contract import ErrorCode
from kiosk.central.contract.queue import (
    HolderIn,
    TicketAct,
    TicketMove,
    WindowOpening,
    WindowService,
)
from kiosk.central.queue_client import QueueClient
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.queue import acts, calling, windows
from kiosk.central.server.queue.windows import Desk
from kiosk.central.server.tables import counter
from kiosk.central.transport import Transport
from kiosk.clock import SystemClock
from tests.kit.bookings import HOLDER
from tests.kit.central import Caller, RunningCentral, ticket_request
from tests.kit.pages import Browser
from tests.kit.queue_hall import clerk
from tests.kit.several_halls import catalogue_of, name_of

NORTH, SOUTH, CLOSED = HALLS = ("hs-1", "hs-2", "hs-3")
_CHOICE = re.compile(r'href="/book\?hall=([^"]+)"([^>]*)><b>([^<]+)</b><span>([^<]+)</span>')


@pytest.fixture
def city(ready_database: str, tmp_path: Path) -> Iterator[RunningCentral]:
    with RunningCentral(ready_database, catalogue=catalogue_of(HALLS, tmp_path)) as server:
        yield server


@pytest.fixture
def queue(city: RunningCentral) -> Iterator[QueueClient]:
    transport = Transport(city.url, Timeouts(), SystemClock())
    yield QueueClient(transport)
    transport.close()


def take(central: RunningCentral, hall_id: str, ticket_id: str, **others: str) -> str:
    caller = Caller(central.port)
    request = ticket_request(ticket_id, hall_id=hall_id, machine_id=f"kiosk-{hall_id}", **others)
    number = caller.post("/v1/tickets", request).body["number"]
    caller.close()
    return str(number)


def opened(central: RunningCentral, hall_id: str) -> Desk:
    """Window 1 of a hall; every hall has one of that name."""
    desk = Desk(clerk(f"clerk-{hall_id}", hall_id=hall_id), "1")
    opening = WindowOpening(services=(WindowService(service_id="passport"),))
    with central.office.database.transaction() as tx:
        windows.open_window(tx, central.office, desk, opening)
    return desk


def called(central: RunningCentral, desk: Desk) -> str:
    with central.office.database.transaction() as tx:
        return calling.call_next(tx, central.office, desk)


def act(central: RunningCentral, desk: Desk, ticket_id: str, move: TicketMove) -> None:
    with central.office.database.transaction() as tx:
        acts.act(tx, central.office, desk, TicketAct(ticket_id=ticket_id, move=move))


def lines_of(queue: QueueClient, hall_id: str) -> tuple[int, tuple[str, ...], list[str]]:
    """People who wait for a passport, windows that call them, and calls of a hall."""
    seen = queue.now(hall_id)
    assert isinstance(seen, Answered)
    passport = seen.value.services[0]
    return passport.waiting, passport.windows, [one.number for one in seen.value.calls]


def test_the_hall_that_waits_least_comes_first_and_closed_ones_last(
    city: RunningCentral, queue: QueueClient
) -> None:
    take(city, NORTH, "n-1")
    take(city, NORTH, "n-2")
    take(city, SOUTH, "s-1")
    opened(city, NORTH)
    opened(city, SOUTH)
    found = queue.halls("passport")
    assert isinstance(found, Answered)
    assert [
        (one.hall_id, one.waiting, one.wait_min, one.windows_open) for one in found.value.halls
    ] == [
        (SOUTH, 1, 8, 1),
        (NORTH, 2, 16, 1),
        (CLOSED, 0, 0, 0),
    ]


def test_halls_with_one_prefix_number_and_call_only_their_own_people(
    city: RunningCentral, queue: QueueClient
) -> None:
    assert [take(city, NORTH, "n-1"), take(city, SOUTH, "s-1")] == ["A001", "A001"]
    assert take(city, SOUTH, "s-2") == "A002"
    north, south = opened(city, NORTH), opened(city, SOUTH)
    assert called(city, north) == "n-1"
    assert lines_of(queue, NORTH) == (0, ("1",), ["A001"])
    assert lines_of(queue, SOUTH) == (2, ("1",), [])
    assert called(city, south) == "s-1"
    act(city, north, "n-1", TicketMove.BEGIN)
    act(city, north, "n-1", TicketMove.FINISH)
    with pytest.raises(RefusalError) as refused:
        called(city, north)
    assert refused.value.code is ErrorCode.NOBODY_WAITS
    counted = {(row["hall_id"], row["n"], row["waiting"]) for row in city.rows(counter)}
    assert counted == {(NORTH, 1, 0), (SOUTH, 2, 1)}
    assert lines_of(queue, CLOSED) == (0, (), [])


def test_a_clerk_can_do_nothing_to_a_ticket_of_another_hall(city: RunningCentral) -> None:
    take(city, SOUTH, "s-1")
    north = opened(city, NORTH)
    with pytest.raises(RefusalError) as refused:
        act(city, north, "s-1", TicketMove.VOID)
    assert refused.value.code is ErrorCode.UNKNOWN_TICKET


def test_a_number_and_a_card_find_the_ticket_of_the_hall_where_one_asks(
    city: RunningCentral, queue: QueueClient
) -> None:
    take(city, NORTH, "n-1", holder_number=HOLDER)
    take(city, SOUTH, "s-1", holder_number=HOLDER)
    for hall_id, ticket_id in ((NORTH, "n-1"), (SOUTH, "s-1")):
        typed = queue.place_of_number(hall_id, "A001")
        laid = queue.tickets_of(HolderIn(hall_id=hall_id, holder_number=HOLDER))
        assert isinstance(typed, Answered)
        assert isinstance(laid, Answered)
        assert [typed.value.ticket_id, *(one.ticket_id for one in laid.value.tickets)] == [
            ticket_id,
            ticket_id,
        ]


def test_whoever_books_sees_which_hall_waits_least_and_chooses_one(
    migrated_file: Path, tmp_path: Path
) -> None:
    database = str(shutil.copy(migrated_file, tmp_path / "central.db"))
    with RunningCentral(database, catalogue=catalogue_of(HALLS, tmp_path)) as city:
        take(city, NORTH, "n-1")
        opened(city, NORTH)
        opened(city, SOUTH)
        citizen = Browser(city)
        page = citizen.get(f"/book?hall={NORTH}").text
        first, second, third = _CHOICE.findall(page)
        times = citizen.get(f"/book/time?hall={SOUTH}&services=passport").text
        citizen.close()
    assert [(hall_id, name, wait) for hall_id, _chosen, name, wait in (first, second, third)] == [
        (SOUTH, name_of(SOUTH), "现在现场约等 0 分钟"),
        (NORTH, name_of(NORTH), "现在现场约等 8 分钟"),
        (CLOSED, name_of(CLOSED), "现在没有开放的窗口"),
    ]
    assert ["aria-current" in one[1] for one in (first, second, third)] == [False, True, False]
    assert f'name="hall" value="{NORTH}"' in page
    assert f"hall={SOUTH}" in times
