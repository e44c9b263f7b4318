"""Idempotency keys, alone and in a crowd, on both engines."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kiosk.central.server import tables
from tests.kit.central import (
    HALL,
    MORNING,
    Caller,
    Reply,
    RunningCentral,
    application_request,
    new_id,
    ticket_request,
)

WRITES = [
    ("/v1/boots", {"machine_id": "k", "hall_id": HALL, "software": "1"}),
    ("/v1/applications", application_request("a-1")),
    ("/v1/tickets", ticket_request("t-1")),
    (
        "/v1/staff-calls",
        {"machine_id": "k", "hall_id": HALL, "reason": "jam", "at": MORNING.isoformat()},
    ),
]


@pytest.mark.parametrize(("path", "body"), WRITES, ids=[path for path, _ in WRITES])
def test_the_same_delivery_twice_has_one_effect_and_one_answer(
    central: RunningCentral, caller: Caller, path: str, body: dict[str, Any]
) -> None:
    key = new_id("key")
    first, second = (caller.post(path, body, key) for _ in range(2))
    assert (first.status, first.raw) == (second.status, second.raw)
    assert "idempotent-replay" not in first.headers
    assert second.headers["idempotent-replay"] == "true"
    assert len(central.rows(tables.idempotency)) == 1
    assert all(row["epoch"] == 1 for row in central.rows(tables.machine))
    assert len(central.rows(tables.staff_call)) <= 1


@pytest.mark.parametrize(("path", "body"), WRITES, ids=[path for path, _ in WRITES])
@pytest.mark.parametrize("key", [None, "short", "a" * 129, "with space"])
def test_a_write_without_a_good_key_is_refused(
    caller: Caller, path: str, body: dict[str, Any], key: str | None
) -> None:
    refused = caller.post(path, body, key)
    assert (refused.status, refused.code) == (400, "key_missing")


def test_a_key_stands_for_one_path_as_well_as_one_body(caller: Caller) -> None:
    key = new_id("key")
    paper = {"outcome": "printed", "at": MORNING.isoformat()}
    for ticket_id in ("t-1", "t-2"):
        caller.post("/v1/tickets", ticket_request(ticket_id))
    assert caller.post("/v1/tickets/t-1/paper", paper, key).status == 200
    assert caller.post("/v1/tickets/t-2/paper", paper, key).code == "key_reused"


def test_a_refusal_does_not_burn_the_key(caller: Caller) -> None:
    key = new_id("key")
    assert caller.post("/v1/tickets", ticket_request(services=["visa"]), key).status == 422
    assert caller.post("/v1/tickets", ticket_request(services=[]), key).status == 422
    assert caller.post("/v1/tickets", ticket_request(), key).status == 201


def test_the_same_application_under_another_key_is_kept_once(
    central: RunningCentral, caller: Caller
) -> None:
    sent = application_request("a-1")
    first, again = caller.post("/v1/applications", sent), caller.post("/v1/applications", sent)
    assert (first.status, again.status) == (201, 200)
    assert first.body == again.body
    other = caller.post("/v1/applications", {**sent, "language": "en"})
    assert (other.status, other.code) == (409, "already_exists")
    assert len(central.rows(tables.application)) == 1


def at_once(port: int, count: int, send: Any) -> list[Reply]:
    """So many callers, each with its own connection, released together."""
    gate = threading.Barrier(count)

    def one(number: int) -> Reply:
        caller = Caller(port)
        gate.wait(10)
        reply: Reply = send(caller, number)
        caller.close()
        return reply

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def test_sixteen_deliveries_of_one_key_at_once_give_one_number(central: RunningCentral) -> None:
    for round_number in range(1, 6):
        key, request = new_id("key"), ticket_request()
        replies = at_once(
            central.port, 16, lambda c, _, r=request, k=key: c.post(r"/v1/tickets", r, k)
        )
        final = [reply for reply in replies if reply.status != 409]
        assert all(reply.code == "busy" for reply in replies if reply.status == 409)
        assert {reply.body["number"] for reply in final} == {f"A{round_number:03d}"}
        assert sum("idempotent-replay" not in reply.headers for reply in final) == 1


def test_sixteen_keys_for_one_visit_at_once_give_one_number(central: RunningCentral) -> None:
    request = ticket_request()
    replies = at_once(central.port, 16, lambda c, _: c.post("/v1/tickets", request))
    assert {reply.body["number"] for reply in replies if reply.status != 409} == {"A001"}
    assert len(central.rows(tables.ticket)) == 1


def test_eight_machines_at_once_share_the_numbers_without_gap_or_double(
    central: RunningCentral,
) -> None:
    def take_many(caller: Caller, _: int) -> Reply:
        replies = [caller.post("/v1/tickets", ticket_request()) for _ in range(25)]
        assert {reply.status for reply in replies} == {201}
        return replies[-1]

    at_once(central.port, 8, take_many)
    rows = central.rows(tables.ticket)
    assert sorted(row["n"] for row in rows) == list(range(1, 201))
    assert [row["waiting"] for row in central.rows(tables.counter)] == [200]
