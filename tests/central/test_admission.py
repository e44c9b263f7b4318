"""Which machines central lets in: codes, keys, and everything that a stranger may try."""

import random
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.central.answer import Answered, Cause, Outcome, Unreachable
from kiosk.central.contract import BootRequest
from kiosk.central.contract.admission import Enrolled, EnrolmentIn
from kiosk.central.machine_key import MachineProof
from kiosk.central.server.admission.tables import admission
from kiosk.central.server.staff.tables import staff_record
from kiosk.central.signing import FRESH_S, Signable
from tests.kit.central import (
    HALL,
    Caller,
    RunningCentral,
    new_id,
    ticket_request,
)
from tests.kit.chaos_proxy import ChaosProxy, Fault
from tests.kit.keyed_machine import Machine
from tests.kit.pages import Browser, signed_in, staffed

OPEN_TO_ALL = (
    "GET /v1/health",
    "GET /v1/catalogue",
    "GET /v1/applications/{application_id}",
    "GET /v1/bookings/slots",
    "GET /v1/bookings/{booking_id}",
    "GET /v1/clerks/{number}/photo",
    "GET /v1/display",
    "GET /v1/events",
    "GET /v1/halls/waiting",
    "GET /v1/notices",
    "GET /v1/queue",
    "GET /v1/queue/place",
    "GET /v1/rating-options",
    "GET /v1/tickets/{ticket_id}/place",
    "POST /v1/enrolments",
)
"""Read by everybody, or proven in a way of its own; nothing of it is personal."""


@pytest.fixture
def hall(ready_database: str) -> Iterator[RunningCentral]:
    with RunningCentral(ready_database, any_machine=False) as running:
        staffed(running)
        yield running


@pytest.fixture
def chief(hall: RunningCentral) -> Iterator[Browser]:
    with signed_in(hall, "administrator", "en") as one:
        yield one


@pytest.fixture
def machine(hall: RunningCentral, tmp_path: Path) -> Iterator[Machine]:
    one = Machine(hall.url, tmp_path)
    yield one
    one.close()


def code_for(chief: Browser, machine_id: str = "kiosk-1") -> str:
    page = chief.post("/staff/admission", {"machine_id": machine_id})
    found = re.search(r'class="code">([A-Z0-9-]+)<', page.text)
    assert found, page.text
    return found.group(1)


def believed(outcome: Outcome[object]) -> bool:
    if isinstance(outcome, Unreachable):
        assert outcome.cause is Cause.NOT_ADMITTED
    return isinstance(outcome, Answered)


def test_a_machine_with_a_code_comes_in_and_a_stranger_does_not(
    hall: RunningCentral, chief: Browser, machine: Machine
) -> None:
    assert not believed(machine.call())
    assert isinstance(machine.come_in(code_for(chief)), Answered)
    assert believed(machine.call())
    caller = Caller(hall.port)
    refused = caller.post("/v1/tickets", ticket_request())
    caller.close()
    assert (refused.status, refused.code) == (401, "not_admitted")


def test_it_is_believed_after_a_restart(
    hall: RunningCentral, chief: Browser, tmp_path: Path
) -> None:
    before = Machine(hall.url, tmp_path)
    before.come_in(code_for(chief))
    before.close()
    after = Machine(hall.url, tmp_path)
    assert believed(after.call())
    after.close()


def test_every_endpoint_asks_for_the_proof_unless_it_is_for_everybody(
    hall: RunningCentral,
) -> None:
    caller = Caller(hall.port)
    paths = caller.get("/v1/openapi.json").body["paths"]
    unproven = {f"{method.upper()} {path}" for path, found in paths.items() for method in found}
    assert set(OPEN_TO_ALL) < unproven
    for one in sorted(unproven - set(OPEN_TO_ALL)):
        method, path = one.split(" ")
        headers = {"Content-Type": "application/json", "Idempotency-Key": new_id("key")}
        refused = caller.send(method, re.sub(r"{\w+}", "x-1", path), b"{}", headers)
        assert (refused.status, refused.code) == (401, "not_admitted"), one
    caller.close()


def test_a_code_is_good_once(
    hall: RunningCentral, chief: Browser, machine: Machine, tmp_path: Path
) -> None:
    code = code_for(chief)
    assert isinstance(machine.come_in(code), Answered)
    thief = Machine(hall.url, tmp_path / "thief")
    assert not isinstance(thief.come_in(code), Answered)
    assert believed(machine.call())
    thief.close()


def test_a_code_is_for_one_machine(hall: RunningCentral, chief: Browser, tmp_path: Path) -> None:
    code = code_for(chief)
    other = Machine(hall.url, tmp_path, machine_id="kiosk-2")
    assert not isinstance(other.come_in(code), Answered)
    other.close()


def test_five_wrong_codes_spoil_the_right_one(chief: Browser, machine: Machine) -> None:
    code = code_for(chief)
    for _ in range(5):
        assert not isinstance(machine.come_in("ABCD-EFGH-JKMN"), Answered)
    assert not isinstance(machine.come_in(code), Answered)
    assert isinstance(machine.come_in(code_for(chief)), Answered)


def test_four_wrong_codes_do_not(chief: Browser, machine: Machine) -> None:
    code = code_for(chief)
    for _ in range(4):
        machine.come_in("ABCD-EFGH-JKMN")
    assert isinstance(machine.come_in(code), Answered)


def test_a_code_lapses(hall: RunningCentral, chief: Browser, machine: Machine) -> None:
    code = code_for(chief)
    hall.clock.moment += timedelta(hours=12)
    machine.clock.moment = hall.clock.moment
    assert not isinstance(machine.come_in(code), Answered)


def test_a_lost_answer_leaves_nobody_outside(
    hall: RunningCentral, chief: Browser, tmp_path: Path
) -> None:
    """Central has taken the key, and the machine does not know it yet."""
    code = code_for(chief)
    with ChaosProxy(hall.port, random.Random(1), rate=0.0) as line:
        machine = Machine(line.url, tmp_path)
        line.upset(1.0, (Fault.DROP_ANSWER,))
        assert isinstance(machine.come_in(code), Unreachable)
        assert [row["public_key"] is not None for row in hall.rows(admission)] == [True]
        line.clear()
        assert isinstance(machine.come_in(code), Answered)
        assert believed(machine.call())
        machine.close()


def test_a_wrong_clock_is_set_by_centrals(chief: Browser, machine: Machine) -> None:
    machine.clock.moment -= timedelta(days=400)
    assert isinstance(machine.come_in(code_for(chief)), Answered)
    machine.clock.moment += timedelta(days=800)
    assert believed(machine.call())


def test_an_old_request_is_worth_nothing(
    hall: RunningCentral, chief: Browser, machine: Machine
) -> None:
    """Whoever has heard one cannot say it again later, not even under its key."""
    machine.come_in(code_for(chief))
    proof = machine.client.transport.proof
    assert proof is not None
    boot = BootRequest(machine_id="kiosk-1", hall_id=HALL, software="1").model_dump_json().encode()
    request = Signable("POST", "/v1/boots", boot, new_id("key"))
    heard = {**proof.headers(request), "Idempotency-Key": request.key}
    heard["Content-Type"] = "application/json"
    caller = Caller(hall.port)
    assert caller.send("POST", request.target, boot, heard).status == 201
    hall.clock.moment += timedelta(seconds=FRESH_S + 1)
    later = caller.send("POST", request.target, boot, heard)
    caller.close()
    assert (later.status, later.code) == (401, "proof_stale")


def test_a_machine_speaks_for_itself_only(chief: Browser, machine: Machine) -> None:
    machine.come_in(code_for(chief))
    code_for(chief, "kiosk-2")
    assert not believed(machine.call("kiosk-2"))
    assert believed(machine.call())


def test_a_machine_that_is_shut_out_is_out_at_once(
    chief: Browser, machine: Machine, hall: RunningCentral
) -> None:
    machine.come_in(code_for(chief))
    assert believed(machine.call())
    assert chief.post("/staff/admission/kiosk-1/shut-out", {}).status == 303
    assert not believed(machine.call())
    assert "Shut out" in chief.get("/staff/admission").text
    assert isinstance(machine.come_in(code_for(chief)), Answered)
    assert believed(machine.call())


def test_a_stolen_name_needs_the_key(
    hall: RunningCentral, chief: Browser, machine: Machine
) -> None:
    machine.come_in(code_for(chief))
    stranger = Ed25519PrivateKey.generate().private_bytes_raw()
    machine.client.transport.proof = MachineProof(
        "kiosk-1", stranger, lambda: machine.clock.now().timestamp()
    )
    assert not believed(machine.call())


def test_a_key_is_taken_from_its_owner_only(
    hall: RunningCentral, chief: Browser, machine: Machine
) -> None:
    """Somebody with a code who offers a key that is not theirs."""
    code = code_for(chief)
    mine, theirs = (Ed25519PrivateKey.generate().private_bytes_raw() for _ in range(2))
    now = machine.clock.now().timestamp
    machine.client.transport.proof = MachineProof("kiosk-1", mine, now)
    offered = MachineProof("kiosk-1", theirs, now).public_key
    asked = EnrolmentIn(machine_id="kiosk-1", code=code, public_key=offered)
    outcome = machine.client.transport.post("/v1/enrolments", asked, None, Enrolled)
    assert not believed(outcome)
    assert [row["public_key"] for row in hall.rows(admission)] == [None]


def test_only_the_administrator_lets_machines_in(hall: RunningCentral) -> None:
    with signed_in(hall, "supervisor") as supervisor:
        assert supervisor.get("/staff/admission").status == 403
        assert supervisor.post("/staff/admission", {"machine_id": "kiosk-9"}).status == 403
    assert hall.rows(admission) == []


def test_another_halls_machine_is_left_alone(
    hall: RunningCentral, chief: Browser, machine: Machine
) -> None:
    machine.come_in(code_for(chief))
    with hall.office.database.transaction() as connection:
        connection.execute(admission.update().values(hall_id="hs-2"))
    assert chief.post("/staff/admission", {"machine_id": "kiosk-1"}).status == 409
    assert chief.post("/staff/admission/kiosk-1/shut-out", {}).status == 404
    assert believed(machine.call())


def test_an_odd_id_is_said(chief: Browser) -> None:
    page = chief.post("/staff/admission", {"machine_id": "K 1'"})
    assert page.status == 422
    assert "letters, digits" in page.text


def test_all_of_it_is_recorded(hall: RunningCentral, chief: Browser, machine: Machine) -> None:
    code = code_for(chief)
    machine.come_in(code)
    chief.post("/staff/admission/kiosk-1/shut-out", {})
    noted = [row for row in hall.rows(staff_record) if row["subject_table"] == "admission"]
    assert [row["action"] for row in noted] == [
        "machine_code_made",
        "machine_enrolled",
        "machine_shut_out",
    ]
    assert code not in str(hall.rows(staff_record))
    assert code.replace("-", "").encode() not in str(hall.rows(admission)).encode()
