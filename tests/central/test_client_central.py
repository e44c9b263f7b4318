"""The client and the real server, on both engines."""

from collections.abc import Iterator
from threading import Thread
from typing import TypeVar

import pytest

from kiosk.central import contract
from kiosk.central.client import Answered, CentralClient, Refused
from kiosk.clock import SystemClock
from tests.kit.central import HALL, MORNING, RunningCentral, application_request, new_id

T = TypeVar("T")


@pytest.fixture
def client(central: RunningCentral) -> Iterator[CentralClient]:
    client = CentralClient(central.url, SystemClock())
    yield client
    client.close()


def said(outcome: object, kind: type[T]) -> T:
    assert isinstance(outcome, Answered), outcome
    assert isinstance(outcome.value, kind)
    return outcome.value


def visit(ticket_id: str, leased: contract.LeasedNumber | None = None) -> contract.TicketIn:
    return contract.TicketIn(
        ticket_id=ticket_id,
        machine_id="k",
        hall_id=HALL,
        services=("passport",),
        taken_at=MORNING,
        leased=leased,
    )


def test_a_machines_day(client: CentralClient) -> None:
    catalogue = said(client.catalogue(HALL), contract.Catalogue)
    assert said(client.health(), contract.Health).status == "ok"
    start = contract.BootRequest(machine_id="k", hall_id=HALL, software="1")
    boot = said(client.boot(start, new_id("key")), contract.Boot)
    wish = contract.LeaseRequest(
        machine_id="k", hall_id=HALL, epoch=boot.epoch, service_id="passport", count=5
    )
    lease = said(client.lease(wish, new_id("key")), contract.NumberLease)
    sent = contract.ApplicationIn.model_validate(application_request("a-1"))
    said(client.put_application(sent, new_id("key")), contract.ApplicationReceipt)
    online = said(client.take_ticket(visit("t-1"), new_id("key")), contract.TicketOut)
    given = contract.LeasedNumber(lease_id=lease.lease_id, n=lease.first)
    offline = said(client.take_ticket(visit("t-2", given), new_id("key")), contract.TicketOut)
    assert (online.number, offline.number) == ("A006", "A001")
    paper = contract.PaperReport(outcome=contract.PaperOutcome.PRINTED, at=MORNING)
    issued = said(client.report_paper("t-1", paper, new_id("key")), contract.TicketOut)
    assert issued == said(client.ticket("t-1"), contract.TicketOut)
    assert issued.state is contract.TicketState.ISSUED
    call = contract.StaffCall(machine_id="k", hall_id=HALL, reason="jam", at=MORNING)
    said(client.call_staff(call, new_id("key")), contract.Accepted)
    beat = contract.Heartbeat(
        machine_id="k", hall_id=HALL, epoch=boot.epoch, state="ready", outbox_waiting=0
    )
    heard = said(client.heartbeat(beat), contract.HeartbeatAnswer)
    assert heard.catalogue_version == catalogue.version


def test_the_same_key_again_is_a_replay_and_another_body_is_refused(
    client: CentralClient,
) -> None:
    key = new_id("key")
    first, again = (client.take_ticket(visit("t-1"), key) for _ in range(2))
    assert isinstance(first, Answered)
    assert isinstance(again, Answered)
    assert (first.replayed, again.replayed) == (False, True)
    assert first.value == again.value
    other = client.take_ticket(visit("t-2"), key)
    assert isinstance(other, Refused)
    assert other.problem.code is contract.ErrorCode.KEY_REUSED


def test_bytes_of_the_outbox_hash_like_the_models_own(client: CentralClient) -> None:
    key = new_id("key")
    client.take_ticket(visit("t-1"), key)
    replay = client.post("/v1/tickets", visit("t-1").model_dump_json().encode(), key)
    assert isinstance(replay, Answered)
    assert replay.replayed


def test_threads_share_a_client(client: CentralClient) -> None:
    numbers: list[str] = []

    def take() -> None:
        for _ in range(10):
            outcome = client.take_ticket(visit(new_id("t")), new_id("key"))
            numbers.append(said(outcome, contract.TicketOut).number)

    threads = [Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"A{n:03d}" for n in range(1, 41)]
