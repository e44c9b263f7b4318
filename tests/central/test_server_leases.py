"""Numbers for machines that are cut off, on both engines."""

from datetime import timedelta
from typing import Any

import pytest

from kiosk.central.server import lines, tables
from kiosk.domain.queueing import Need
from tests.kit.bookings import HOLDER, booking_request, today_at
from tests.kit.central import HALL, MORNING, Caller, RunningCentral, ticket_request
from tests.kit.queue_hall import Hall

PAPER = {"at": MORNING.isoformat(), "prints": 1}


def boot(caller: Caller, machine_id: str = "kiosk-1") -> int:
    body = {"machine_id": machine_id, "hall_id": HALL, "software": "1"}
    return int(caller.post("/v1/boots", body).body["epoch"])


def lease(caller: Caller, epoch: int, machine_id: str = "kiosk-1", **changes: Any) -> Any:
    base = {"machine_id": machine_id, "hall_id": HALL, "epoch": epoch, "service_id": "passport"}
    return caller.post("/v1/leases", {**base, "count": 20, **changes}).body


def leased(given: dict[str, Any], n: int, ticket_id: str = "", **changes: Any) -> dict[str, Any]:
    return ticket_request(ticket_id, leased={"lease_id": given["lease_id"], "n": n}, **changes)


def test_a_lease_takes_its_numbers_from_the_same_counter(caller: Caller) -> None:
    caller.post("/v1/tickets", ticket_request())
    given = lease(caller, boot(caller))
    assert (given["prefix"], given["first"], given["last"]) == ("A", 2, 21)
    assert given["day"] == "2026-11-24"
    after = caller.post("/v1/tickets", ticket_request()).body
    assert (after["number"], after["ahead"]) == ("A022", 1)


def test_each_start_of_a_machine_is_a_new_epoch(caller: Caller) -> None:
    assert [boot(caller), boot(caller), boot(caller, "kiosk-2")] == [1, 2, 1]


@pytest.mark.parametrize("epoch", [0, 1, 3])
def test_only_the_present_epoch_gets_a_lease(caller: Caller, epoch: int) -> None:
    boot(caller)
    boot(caller)
    assert lease(caller, epoch)["code"] == "lease_invalid"


def test_a_machine_that_never_started_gets_no_lease(caller: Caller) -> None:
    assert lease(caller, 1)["code"] == "lease_invalid"


def test_a_ticket_given_while_cut_off_keeps_its_number_and_its_place(
    central: RunningCentral, caller: Caller
) -> None:
    given = lease(caller, boot(caller))
    central.clock.moment += timedelta(minutes=10)
    caller.post("/v1/tickets", ticket_request("online"))
    central.clock.moment += timedelta(minutes=10)
    reported = caller.post("/v1/tickets", leased(given, 1, "offline"))
    assert (reported.status, reported.body["number"], reported.body["ahead"]) == (201, "A001", 0)
    assert caller.get("/v1/tickets/online").body["ahead"] == 1
    third = caller.post("/v1/tickets", ticket_request()).body
    assert third["ahead"] == 2


def test_a_clock_that_runs_ahead_does_not_move_a_ticket_into_the_future(
    central: RunningCentral, caller: Caller
) -> None:
    given = lease(caller, boot(caller))
    ahead = (MORNING + timedelta(hours=1)).isoformat()
    reported = caller.post("/v1/tickets", leased(given, 1, taken_at=ahead)).body
    assert reported["taken_at"] == central.clock.moment.isoformat()


def test_a_late_report_is_stored_on_its_own_day(central: RunningCentral, caller: Caller) -> None:
    given = lease(caller, boot(caller))
    central.clock.moment += timedelta(days=2)
    reported = caller.post("/v1/tickets", leased(given, 5))
    assert (reported.status, reported.body["day"]) == (201, "2026-11-24")
    assert caller.post("/v1/tickets", ticket_request()).body["number"] == "A001"


def test_a_ticket_printed_before_a_restart_and_reported_late_counts(caller: Caller) -> None:
    given = lease(caller, boot(caller))
    boot(caller)
    assert caller.post("/v1/tickets", leased(given, 1)).status == 201


def test_the_same_report_under_another_key_changes_nothing(caller: Caller) -> None:
    given = lease(caller, boot(caller))
    first = caller.post("/v1/tickets", leased(given, 1, "t-1"))
    again = caller.post("/v1/tickets", leased(given, 1, "t-1"))
    assert (again.status, again.body) == (200, first.body)


def test_two_tickets_cannot_claim_one_number(caller: Caller) -> None:
    """How a disk restored from an image shows itself."""
    given = lease(caller, boot(caller))
    assert caller.post("/v1/tickets", leased(given, 1, "t-1")).status == 201
    refused = caller.post("/v1/tickets", leased(given, 1, "t-2"))
    assert (refused.status, refused.code) == (409, "lease_number_used")


def test_one_ticket_cannot_claim_two_numbers(caller: Caller) -> None:
    given = lease(caller, boot(caller))
    caller.post("/v1/tickets", leased(given, 1, "t-1"))
    refused = caller.post("/v1/tickets", leased(given, 2, "t-1"))
    assert (refused.status, refused.code) == (409, "already_exists")


@pytest.mark.parametrize(
    ("n", "changes"),
    [
        (21, {}),
        (1, {"machine_id": "kiosk-2"}),
        (1, {"services": ["taiwan_permit"]}),
        (1, {"taken_at": (MORNING + timedelta(days=1)).isoformat()}),
        (1, {"leased": {"lease_id": "never-given", "n": 1}}),
    ],
    ids=["outside", "other machine", "other service", "other day", "never given"],
)
def test_a_number_that_was_never_leased_so_is_refused(
    caller: Caller, n: int, changes: dict[str, Any]
) -> None:
    given = lease(caller, boot(caller))
    refused = caller.post("/v1/tickets", {**leased(given, n), **changes})
    assert (refused.status, refused.code) == (409, "lease_invalid")


def test_a_refused_report_does_not_burn_its_key(caller: Caller) -> None:
    given = lease(caller, boot(caller))
    key = "kiosk-1:the-same-key"
    assert caller.post("/v1/tickets", leased(given, 99), key).status == 409
    assert caller.post("/v1/tickets", leased(given, 1), key).status == 201


@pytest.mark.parametrize("outcome", [None, "printed", "voided"])
def test_the_number_on_paper_supersedes_the_one_whose_answer_was_lost(
    central: RunningCentral, caller: Caller, outcome: str | None
) -> None:
    """Central numbered the visit; the machine never heard, and printed a leased number."""
    given = lease(caller, boot(caller))
    assert caller.post("/v1/tickets", ticket_request("t-1")).body["number"] == "A021"
    if outcome is not None:  # the paper report overtook the ticket's
        caller.post("/v1/tickets/t-1/paper", {**PAPER, "outcome": outcome})
    reported = caller.post("/v1/tickets", leased(given, 1, "t-1"))
    assert (reported.status, reported.body["number"]) == (200, "A001")
    state = {None: "numbered", "printed": "issued", "voided": "voided"}[outcome]
    assert caller.get("/v1/tickets/t-1").body["state"] == state
    lost = central.rows(tables.superseded_number)
    assert [(row["prefix"], row["n"], row["ticket_id"]) for row in lost] == [("A", 21, "t-1")]
    last = central.rows(tables.ticket_change)[-1]
    assert last["reason"] == "number A021 superseded by paper"
    waiting = caller.post("/v1/tickets", ticket_request("t-2")).body
    assert (waiting["number"], waiting["ahead"]) == ("A022", 0 if outcome == "voided" else 1)
    assert caller.get("/v1/tickets/t-2").body["ahead"] == waiting["ahead"]


def minutes_ahead(central: RunningCentral) -> float:
    """Of the only ticket: by how much it stands in line as if taken earlier."""
    (row,) = central.rows(tables.ticket)
    return float((lines.moment_ms(row["taken_at"]) - row["due_ms"]) / 60_000)


def test_who_had_booked_keeps_the_head_start_when_the_answer_was_lost(
    central: RunningCentral, caller: Caller
) -> None:
    given = lease(caller, boot(caller))
    assert caller.post("/v1/bookings", booking_request(today_at(10))).status == 201
    caller.post("/v1/tickets", ticket_request("t-1", holder_number=HOLDER))
    central.clock.moment += timedelta(minutes=3)
    reported = caller.post("/v1/tickets", leased(given, 1, "t-1", holder_number=HOLDER))
    assert (reported.body["number"], reported.body["ticket_class"]) == ("A001", "booked")
    assert minutes_ahead(central) == 90


def test_a_proof_seen_before_the_report_came_still_counts(
    central: RunningCentral, caller: Caller
) -> None:
    given = lease(caller, boot(caller))
    caller.post("/v1/tickets", ticket_request("t-1"))
    hall = Hall(central.office, central.clock)
    hall.window("1").regrade("t-1", Need.PREGNANT)
    reported = caller.post("/v1/tickets", leased(given, 1, "t-1"))
    assert reported.body["ticket_class"] == "priority"
    assert minutes_ahead(central) == 60


def test_a_paper_for_another_service_moves_the_ticket_to_its_line(
    central: RunningCentral, caller: Caller
) -> None:
    given = lease(caller, boot(caller))
    caller.post("/v1/tickets", ticket_request("t-1", services=["hk_macao_permit"]))
    assert caller.post("/v1/tickets", leased(given, 1, "t-1")).body["number"] == "A001"
    hall = Hall(central.office, central.clock)
    moved = hall.changes("t-1")[-1]
    assert (moved["line"], moved["from_state"], moved["to_state"]) == (
        "place",
        "waiting",
        "waiting",
    )
    assert (moved["service_id"], moved["actor"]) == ("passport", "kiosk-1")
    waiting = {one.service_id: one.waiting for one in hall.now().services}
    assert (waiting["passport"], waiting["hk_macao_permit"]) == (1, 0)


def test_a_ticket_that_a_clerk_has_sent_elsewhere_stays_there(
    central: RunningCentral, caller: Caller
) -> None:
    given = lease(caller, boot(caller))
    caller.post("/v1/tickets", ticket_request("t-1"))
    hall = Hall(central.office, central.clock)
    hall.window("1").transfer("t-1", "enquiry")
    assert caller.post("/v1/tickets", leased(given, 1, "t-1")).body["number"] == "A001"
    place = hall.place("t-1")
    assert (place.state, place.service_id, place.services_left) == ("transferred", "enquiry", ())


def test_an_online_request_that_arrives_after_its_leased_report_gives_no_number(
    caller: Caller,
) -> None:
    given = lease(caller, boot(caller))
    caller.post("/v1/tickets", leased(given, 1, "t-1"))
    late = caller.post("/v1/tickets", ticket_request("t-1"))
    assert (late.status, late.body["number"]) == (200, "A001")
    assert caller.post("/v1/tickets", ticket_request()).body["number"] == "A021"
