"""What machines and displays read of the queue over HTTP, on both engines."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from kiosk.central.answer import Answered, Timeouts
from kiosk.central.contract.queue import HolderIn, WindowOpening, WindowService
from kiosk.central.queue_client import QueueClient
from kiosk.central.server.queue import calling, windows
from kiosk.central.server.queue.windows import Desk
from kiosk.central.transport import Transport
from kiosk.clock import SystemClock
from tests.kit.central import HALL, Caller, RunningCentral, ticket_request
from tests.kit.queue_hall import clerk

DESK = Desk(clerk("c1"), "1")
CARD = "420299199003070023"


@pytest.fixture
def central(ready_database: str) -> Iterator[RunningCentral]:
    with RunningCentral(ready_database) as server:
        yield server


@pytest.fixture
def queue(central: RunningCentral) -> Iterator[QueueClient]:
    transport = Transport(central.url, Timeouts(), SystemClock())
    yield QueueClient(transport)
    transport.close()


def open_window(central: RunningCentral) -> None:
    opening = WindowOpening(services=(WindowService(service_id="passport"),))
    with central.office.database.transaction() as tx:
        windows.open_window(tx, central.office, DESK, opening)


def call(central: RunningCentral) -> None:
    with central.office.database.transaction() as tx:
        calling.call_next(tx, central.office, DESK)


def test_a_display_sees_lines_windows_and_calls_as_they_change(
    central: RunningCentral, caller: Caller, queue: QueueClient
) -> None:
    empty = queue.now(HALL)
    assert isinstance(empty, Answered)
    assert {one.waiting for one in empty.value.services} == {0}
    caller.post("/v1/tickets", ticket_request())
    caller.post("/v1/tickets", ticket_request())
    central.clock.moment += timedelta(minutes=7)
    open_window(central)
    call(central)
    seen = queue.now(HALL)
    assert isinstance(seen, Answered)
    first = seen.value.services[0]
    assert (first.waiting, first.windows, first.wait_min, first.longest_min) == (1, ("1",), 8, 7)
    assert [(one.number, one.window, one.times, one.state) for one in seen.value.calls] == [
        ("A001", "1", 1, "called")
    ]
    assert seen.value.event_id == empty.value.event_id + 2


def test_a_picture_is_as_fresh_as_the_minute(
    central: RunningCentral, caller: Caller, queue: QueueClient
) -> None:
    caller.post("/v1/tickets", ticket_request())
    for minutes in (0, 1, 2):
        seen = queue.now(HALL)
        assert isinstance(seen, Answered)
        assert seen.value.services[0].longest_min == minutes
        assert seen.value.at == central.clock.moment
        central.clock.moment += timedelta(minutes=1)


def test_whoever_types_a_number_or_lays_the_card_down_hears_where_they_stand(
    caller: Caller, queue: QueueClient
) -> None:
    caller.post("/v1/tickets", ticket_request())
    caller.post("/v1/tickets", ticket_request("t-2", holder_number=CARD))
    typed = queue.place_of_number(HALL, "A002")
    laid = queue.tickets_of(HolderIn(hall_id=HALL, holder_number=CARD))
    assert isinstance(typed, Answered)
    assert isinstance(laid, Answered)
    assert laid.value.tickets == (typed.value,)
    assert (typed.value.ticket_id, typed.value.ahead) == ("t-2", 1)
    other = queue.tickets_of(HolderIn(hall_id=HALL, holder_number=CARD[:-1] + "X"))
    assert isinstance(other, Answered)
    assert other.value.tickets == ()


def test_a_hall_says_how_many_wait_for_a_service_and_at_how_many_windows(
    central: RunningCentral, caller: Caller, queue: QueueClient
) -> None:
    caller.post("/v1/tickets", ticket_request())
    for service, waiting, minutes in ((None, 1, 8), ("passport", 1, 8), ("enquiry", 0, 0)):
        found = queue.halls(service)
        assert isinstance(found, Answered)
        here = found.value.halls[0]
        assert (here.waiting, here.wait_min, here.windows_open) == (waiting, minutes, 0)
    open_window(central)
    opened = queue.halls("passport")
    assert isinstance(opened, Answered)
    assert opened.value.halls[0].windows_open == 1


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/queue?hall_id=nowhere", "unknown_hall"),
        ("/v1/tickets/t-9/place", "unknown_ticket"),
        (f"/v1/queue/place?hall_id={HALL}&number=A999", "unknown_ticket"),
    ],
)
def test_what_is_not_there_is_said_to_be_unknown(caller: Caller, path: str, code: str) -> None:
    refused = caller.get(path)
    assert (refused.status, refused.code) == (404, code)
