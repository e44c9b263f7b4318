"""The health of every machine, as the supervisor sees it."""

from sqlalchemy import insert

from kiosk.central.server.admission.tables import admission
from tests.kit.central import HALL, Caller, RunningCentral
from tests.kit.pages import Browser
from tests.kit.ratings import later


def test_machines_that_fall_silent_or_ill_are_seen(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    beat = {"hall_id": HALL, "epoch": 1, "state": "ready", "outbox_waiting": 7}
    ill = {"name": "cash_acceptor", "state": "hardwareError", "detail": "jammed"}
    caller.post("/v1/heartbeats", {**beat, "machine_id": "m-ill", "devices": [ill]}, key=None)
    page = supervisor.get("/staff/machines").text
    for said in ("m-ill", "Cash acceptor", "Hardware error", "jammed", "7 messages waiting"):
        assert said in page
    assert "Cash acceptor" in supervisor.get("/staff").text
    assert "Silent" not in page
    later(central, minutes=2)
    assert "Silent" in supervisor.get("/staff/machines").text


def test_a_machine_that_was_let_in_and_never_reported_is_seen_as_silent(
    central: RunningCentral, supervisor: Browser
) -> None:
    now = central.clock.now()
    by = {"hall_id": HALL, "made_by": "s-boss", "made_at": now, "tries_left": 0}
    came = {**by, "public_key": b"k" * 32, "enrolled_at": now}
    with central.office.database.transaction() as connection:
        for one in (
            {**came, "machine_id": "m-mute"},
            {**came, "machine_id": "m-shut-out", "revoked_at": now},
            {**came, "machine_id": "m-elsewhere", "hall_id": "another"},
            {**by, "machine_id": "m-awaited"},
        ):
            connection.execute(insert(admission), one)
    page = supervisor.get("/staff/machines").text
    assert "Let in, and never heard of." in page
    assert page.count("Silent") == page.count("<section") == 1
    assert "m-mute" in supervisor.get("/staff").text


def test_a_machine_that_calls_says_why_in_words_and_strange_codes_stay(
    caller: Caller, supervisor: Browser
) -> None:
    at = "2026-11-24T09:30:00+08:00"
    for reason in ("session.staff.no_paper", "of_another_maker"):
        call = {"machine_id": "k-1", "hall_id": HALL, "reason": reason, "at": at}
        assert caller.post("/v1/staff-calls", call).status == 201
    page = supervisor.get("/staff").text
    assert "A ticket was not printed." in page
    assert "of_another_maker" in page
