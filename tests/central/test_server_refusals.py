"""Every no is a `Problem`, whatever arrives, on both engines."""

import json
import socket
from typing import Any

import pytest

from kiosk.central.contract import Problem
from tests.kit.central import HALL, Caller, RunningCentral, application_request, ticket_request
from tests.kit.patience import PATIENCE_S

JSON = {"Content-Type": "application/json", "Idempotency-Key": "a-good-key"}


def refused(reply: Any, status: int, code: str) -> None:
    assert reply.status == status
    assert reply.headers["content-type"] == "application/json"
    assert Problem.model_validate_json(reply.raw).code == code


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"ticket_id": "t\x00"}', b"[" * 5000])
def test_a_body_that_is_no_json_is_refused(caller: Caller, body: bytes) -> None:
    reply = caller.send("POST", "/v1/tickets", body, JSON)
    assert reply.status in (400, 422)
    assert reply.code == "bad_request"


@pytest.mark.parametrize(
    "text", ["a\x00b", "\ud800", "a\udfffb", "\n"], ids=["NUL", "lone high", "lone low", "newline"]
)
@pytest.mark.parametrize("place", ["id", "name", "field", "field name", "language"])
def test_strings_no_database_holds_are_refused(caller: Caller, text: str, place: str) -> None:
    sent = application_request()
    if place == "id":
        sent["application_id"] = f"a{text}"
    elif place == "name":
        sent["identity"]["name"] = text
    elif place == "language":
        sent["language"] = text
    else:
        field = ("phone", text) if place == "field" else (text, "1")
        sent["documents"] = [{"kind": "passport", "fields": dict([field])}]
    refused(caller.post("/v1/applications", sent), 422, "bad_request")


@pytest.mark.parametrize("path", ["/v1/tickets/a%00b", "/v1/tickets/%ED%A0%80", "/v1/tickets/%FF"])
def test_paths_no_database_holds_are_refused(caller: Caller, path: str) -> None:
    refused(caller.get(path), 422, "bad_request")


@pytest.mark.parametrize(
    "changes",
    [
        {"taken_at": "0001-01-01T00:00:00+23:59"},
        {"taken_at": "9999-12-31T23:59:59-23:59"},
        {"taken_at": "2026-11-24T09:30:00"},
        {"services": []},
        {"services": ["passport"] * 11},
        {"leased": {"lease_id": "x", "n": 10**30}},
        {"unknown": 1},
        {"ticket_id": "x" * 65},
    ],
    ids=str,
)
def test_impossible_values_are_refused(caller: Caller, changes: dict[str, Any]) -> None:
    refused(caller.post("/v1/tickets", ticket_request(**changes)), 422, "bad_request")


def test_a_refusal_never_repeats_what_was_sent(caller: Caller) -> None:
    sent = application_request()
    sent["identity"]["number"] = "42029919900307-secret"
    reply = caller.post("/v1/applications", sent)
    refused(reply, 422, "bad_request")
    assert b"secret" not in reply.raw
    assert "identity.number" in reply.body["detail"]


def test_unknown_paths_and_methods_are_refused(caller: Caller) -> None:
    refused(caller.get("/v1/nothing"), 404, "not_found")
    reply = caller.send("DELETE", "/v1/tickets", None, {})
    refused(reply, 405, "method_not_allowed")
    assert reply.headers["allow"] == "POST"


def test_a_body_beyond_the_limit_is_refused_by_its_length(caller: Caller) -> None:
    refused(caller.send("POST", "/v1/tickets", b" " * (256 * 1024 + 1), JSON), 413, "too_large")


def test_a_body_beyond_the_limit_is_refused_without_a_length(central: RunningCentral) -> None:
    with socket.create_connection(("127.0.0.1", central.port), timeout=PATIENCE_S) as line:
        line.sendall(
            b"POST /v1/tickets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/json\r\nIdempotency-Key: a-good-key\r\n\r\n"
        )
        block = b"%x\r\n%s\r\n" % (64 * 1024, b" " * 64 * 1024)
        line.sendall(block * 4 + b"1\r\n \r\n")
        answer = line.recv(4096)
    assert answer.startswith(b"HTTP/1.1 413")


def test_health_names_the_engine(central: RunningCentral, caller: Caller) -> None:
    found = caller.get("/v1/health")
    assert (found.status, found.body["status"]) == (200, "ok")
    assert found.body["database"] == central.office.database.name


def test_a_heartbeat_needs_no_key_and_the_newest_replaces_the_last(caller: Caller) -> None:
    beat = {"machine_id": "k", "hall_id": HALL, "epoch": 1, "state": "ready", "outbox_waiting": 0}
    device = {"name": "ticket_printer", "state": "online"}
    for waiting in (3, 2):
        reply = caller.post(
            "/v1/heartbeats", {**beat, "outbox_waiting": waiting, "devices": [device]}, key=None
        )
        assert reply.status == 200
    assert set(reply.body) == {"server_time", "business_day", "catalogue_version"}


def test_a_machine_of_an_unknown_hall_is_refused(caller: Caller) -> None:
    boot = {"machine_id": "k", "hall_id": "nowhere", "software": "1"}
    refused(caller.post("/v1/boots", boot), 422, "unknown_hall")
    refused(
        caller.post("/v1/applications", application_request(hall_id="nowhere")), 422, "unknown_hall"
    )


def test_the_interface_description_covers_every_refusal(caller: Caller) -> None:
    described = caller.get("/v1/openapi.json").body
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            problems = {s for s in operation["responses"] if s[0] in "45"}
            keyed = any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", ()))
            wanted = {"405", "422", "500", "503"}
            wanted |= {"400", "413"} if method == "post" else set()
            wanted |= {"409"} if keyed else set()
            assert wanted <= problems, path
            for status in problems:
                schema = operation["responses"][status]["content"]["application/json"]["schema"]
                assert schema["$ref"].endswith("/Problem")
    assert "HTTPValidationError" not in json.dumps(described)
