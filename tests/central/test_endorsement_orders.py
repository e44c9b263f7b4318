"""Central decides on endorsements: what may be had, decided once, and what is issued."""

import pytest

from kiosk.central.server.endorsements import outside, tables
from tests.kit.central import Caller, RunningCentral
from tests.kit.permits_on_file import (
    LI,
    LI_PERMIT,
    PERSON,
    UNUSED,
    WHO,
    MachineAt,
    permit_on_file,
    put_on_file,
)


@pytest.fixture
def machine(central: RunningCentral, caller: Caller) -> MachineAt:
    put_on_file(central, permit_on_file())
    return MachineAt(caller)


def settle(central: RunningCentral) -> None:
    outside.settle(central.office, central.app.state.outside)


def test_the_card_reader_s_number_finds_the_permit(machine: MachineAt) -> None:
    found = machine.caller.post("/v1/permit-queries", {**WHO, "id_number": LI}, None)
    assert found.body["permit_number"] == LI_PERMIT
    assert [one["number"] for one in found.body["endorsements"]] == [UNUSED, "Q25010100002"]
    nobody = {**WHO, "id_number": "420299199001010018"}
    missing = machine.caller.post("/v1/permit-queries", nobody, None)
    assert (missing.status, missing.code) == (404, "unknown_permit")


def test_what_may_be_had_says_what_it_would_end(machine: MachineAt) -> None:
    answer = machine.caller.post("/v1/eligibility-queries", PERSON, None).body
    assert answer["turned"] is None
    assert {(one["destination"], one["grant"], one["fee_fen"]) for one in answer["options"]} == {
        ("HKG", "3m1", 1500),
        ("HKG", "3m2", 3000),
        ("HKG", "1y1", 1500),
        ("HKG", "1y2", 3000),
        ("MAC", "3m1", 1500),
        ("MAC", "1y1", 1500),
    }
    assert all(
        (one["cancels"] == [UNUSED]) == (one["destination"] == "HKG") for one in answer["options"]
    )


def test_another_person_s_permit_is_sent_to_a_window_without_a_word(machine: MachineAt) -> None:
    other = {**PERSON, "id_number": "420299199001010018"}
    answer = machine.caller.post("/v1/eligibility-queries", other, None).body
    assert answer["options"] == []
    assert answer["turned"] == {"guidance": "window", "windows": ["1", "2", "3", "4"]}


def test_whom_only_a_window_may_serve_hears_the_same(
    central: RunningCentral, caller: Caller
) -> None:
    put_on_file(central, permit_on_file(restricted=True))
    answer = caller.post("/v1/eligibility-queries", PERSON, None).body
    assert answer["turned"]["guidance"] == "window"
    refused = MachineAt(caller).orders("o-1", ("HKG", "1y1")).body
    assert (refused["state"], refused["turned"]["guidance"]) == ("refused", "window")


def test_an_order_is_decided_once(machine: MachineAt) -> None:
    first = machine.orders("o-1", ("HKG", "1y2"), ("MAC", "1y1"))
    again = machine.orders("o-1", ("HKG", "1y2"), ("MAC", "1y1"))
    assert (first.status, again.status) == (201, 200)
    assert first.body == again.body
    assert first.body["amount_fen"] == 4500
    assert [one["code"] for one in first.body["fee_items"]] == ["EEP-2", "EEP-1"]
    assert first.body["cancels"] == [UNUSED]
    assert {one["valid_until"] for one in first.body["granted"]} == {"2027-11-23"}
    other = machine.orders("o-1", ("HKG", "1y1"))
    assert (other.status, other.code) == (409, "already_exists")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"accepted_cancels": []}, 409),
        ({"wishes": [{"destination": "HKG", "kind": "G", "grant": "1y1"}]}, 422),
        ({"wishes": [{"destination": "MAC", "kind": "L", "grant": "1y1"}] * 2}, 422),
        ({"permit_number": "C00000012"}, 404),
    ],
    ids=["not warned", "kind not offered", "one place twice", "another permit"],
)
def test_an_order_that_cannot_be_is_refused(
    machine: MachineAt, changes: dict[str, object], status: int
) -> None:
    assert machine.orders("o-1", ("HKG", "1y1"), **changes).status == status
    assert machine.caller.get("/v1/orders/o-1").code == "unknown_order"


def test_a_person_who_proved_too_little_goes_to_a_window(machine: MachineAt) -> None:
    refused = machine.orders("o-1", ("HKG", "1y1"), proofs=["chip", "id_card"]).body
    assert (refused["state"], refused["amount_fen"]) == ("refused", 0)
    assert refused["turned"]["guidance"] == "window"


def test_what_was_made_is_issued_and_ends_the_unused_one(
    machine: MachineAt, central: RunningCentral
) -> None:
    number = machine.orders("o-1", ("HKG", "1y2")).body["granted"][0]["number"]
    assert machine.confirms("o-1").code == "wrong_state"  # not paid
    machine.pays("o-1", "cash", 2000)
    assert machine.order("o-1")["state"] == "approved"
    machine.pays("o-1", "cash", 1000)
    assert machine.order("o-1")["state"] == "paid"
    assert machine.confirms("o-1", chip_verified=False).code == "wrong_state"
    assert machine.confirms("o-1").body["state"] == "confirmed"
    assert machine.confirms("o-1").body["state"] == "confirmed"
    rows = {row["number"]: row for row in central.rows(tables.endorsement)}
    assert rows[number]["order_id"] == "o-1"
    assert (rows[number]["entries_left"], rows[number]["used"]) == (2, False)
    assert rows[UNUSED]["cancelled_by"] == "o-1"
    found = machine.caller.post("/v1/permit-queries", {**WHO, "id_number": LI}, None).body
    assert [one["number"] for one in found["endorsements"]] == [number, "Q25010100002"]
    slips = machine.caller.post("/v1/slip-queries", PERSON, None).body["orders"]
    assert [one["order_id"] for one in slips] == ["o-1"]
    assert machine.voids("o-1").code == "wrong_state"


def test_who_got_one_lately_cannot_have_macao_again(machine: MachineAt) -> None:
    machine.orders("o-1", ("MAC", "1y1"))
    machine.pays("o-1", "cash", 1500)
    machine.confirms("o-1")
    options = machine.caller.post("/v1/eligibility-queries", PERSON, None).body["options"]
    assert {one["destination"] for one in options} == {"HKG"}


def test_an_approval_that_nobody_pays_lapses(machine: MachineAt, central: RunningCentral) -> None:
    machine.orders("o-1", ("HKG", "1y1"))
    machine.orders("o-2", ("HKG", "1y1"))
    machine.pays("o-2", "cash", 1000)
    central.clock.moment = central.clock.moment.replace(hour=10, minute=1)
    settle(central)
    assert machine.order("o-1")["state"] == "voided"
    assert (
        machine.order("o-2")["state"] == "approved"
    )  # money is in it: only the machine may end it


def test_a_case_is_told_again_and_closed_once(machine: MachineAt, central: RunningCentral) -> None:
    case = {**WHO, "case_id": "c-1", "kind": "card_stuck", "card_inside": True}
    at = "2026-11-24T09:40:00+08:00"
    for amount in (0, 1500):
        told = machine.caller.post("/v1/cases", {**case, "amount_fen": amount, "at": at})
        assert told.status == 201
    closed = {"machine_id": "e1", "reason": "card handed over", "operator": "op-7", "at": at}
    assert machine.caller.post("/v1/cases/c-1/closing", closed).status == 200
    later = {**closed, "reason": "again"}
    assert machine.caller.post("/v1/cases/c-1/closing", later).status == 200
    row = central.rows(tables.machine_case)[0]
    assert (row["amount_fen"], row["close_reason"]) == (1500, "card handed over")
    assert machine.caller.post("/v1/cases/c-2/closing", closed).code == "unknown_case"


def test_nothing_on_file_can_be_read_without_the_key(central: RunningCentral) -> None:
    put_on_file(central, permit_on_file())
    row = central.rows(tables.permit)[0]
    held = b"".join(value for value in row.values() if isinstance(value, bytes))
    plain = "".join(str(value) for value in row.values())
    for secret in (LI, LI_PERMIT, "李测试", "1980-05-01"):
        assert secret.encode() not in held
        assert secret not in plain
