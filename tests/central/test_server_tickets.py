"""Numbers and tickets over HTTP, on both engines."""

from datetime import timedelta

import pytest

from kiosk.central.server import tables
from tests.kit.central import HALL, MORNING, Caller, RunningCentral, new_id, ticket_request


def test_a_visit_gets_the_next_number_and_knows_who_waits_before_it(caller: Caller) -> None:
    first = caller.post("/v1/tickets", ticket_request())
    second = caller.post("/v1/tickets", ticket_request())
    assert (first.status, second.status) == (201, 201)
    assert (first.body["number"], first.body["ahead"]) == ("A001", 0)
    assert (second.body["number"], second.body["ahead"]) == ("A002", 1)
    # one before it, 8 minutes a visit, three windows
    assert (second.body["estimate_min"], second.body["windows"]) == (3, ["1", "2", "3"])


def test_several_documents_are_one_ticket_in_the_order_of_the_catalogue(caller: Caller) -> None:
    wanted = ["taiwan_permit", "hk_macao_permit", "taiwan_permit"]
    ticket = caller.post("/v1/tickets", ticket_request(services=wanted)).body
    assert ticket["number"] == "B001"
    assert ticket["services"] == ["hk_macao_permit", "taiwan_permit"]


def test_a_number_beyond_999_grows_a_digit(central: RunningCentral, caller: Caller) -> None:
    caller.post("/v1/tickets", ticket_request())
    with central.office.database.transaction() as connection:
        connection.execute(tables.counter.update().values(n=999))
    assert caller.post("/v1/tickets", ticket_request()).body["number"] == "A1000"


def test_the_last_number_of_a_day_is_an_answer_not_a_fault(
    central: RunningCentral, caller: Caller
) -> None:
    caller.post("/v1/tickets", ticket_request())
    with central.office.database.transaction() as connection:
        connection.execute(tables.counter.update().values(n=999_999))
    refused = caller.post("/v1/tickets", ticket_request())
    assert (refused.status, refused.code) == (409, "numbers_exhausted")


def test_numbers_start_again_with_the_halls_day(central: RunningCentral, caller: Caller) -> None:
    central.clock.moment = MORNING.replace(hour=23, minute=59)
    assert caller.post("/v1/tickets", ticket_request()).body["day"] == "2026-11-24"
    central.clock.moment += timedelta(minutes=2)
    after = caller.post("/v1/tickets", ticket_request()).body
    assert (after["day"], after["number"], after["ahead"]) == ("2026-11-25", "A001", 0)


def test_asking_again_for_the_same_visit_gives_no_second_number(caller: Caller) -> None:
    request = ticket_request()
    first = caller.post("/v1/tickets", request)
    again = caller.post("/v1/tickets", request)
    assert (again.status, again.body["number"]) == (200, first.body["number"])
    assert caller.post("/v1/tickets", ticket_request()).body["number"] == "A002"


def test_a_ticket_can_be_read_and_an_unknown_one_is_said_to_be(caller: Caller) -> None:
    taken = caller.post("/v1/tickets", ticket_request("t-1", application_id="a-1")).body
    assert caller.get("/v1/tickets/t-1").body == taken
    unknown = caller.get("/v1/tickets/t-2")
    assert (unknown.status, unknown.code) == (404, "unknown_ticket")


@pytest.mark.parametrize(
    ("path", "changes", "code"),
    [
        ("/v1/tickets", {"hall_id": "nowhere"}, "unknown_hall"),
        ("/v1/tickets", {"services": ["visa"]}, "unknown_service"),
    ],
)
def test_what_the_catalogue_lacks_is_refused(
    caller: Caller, path: str, changes: dict[str, object], code: str
) -> None:
    refused = caller.post(path, ticket_request(**changes))
    assert (refused.status, refused.code) == (422, code)


def test_the_catalogue_names_services_in_three_languages(caller: Caller) -> None:
    found = caller.get(f"/v1/catalogue?hall_id={HALL}")
    assert found.status == 200
    prefixes = {one["service_id"]: one["prefix"] for one in found.body["services"]}
    assert prefixes == {
        "passport": "A",
        "hk_macao_permit": "B",
        "taiwan_permit": "C",
        "enquiry": "D",
        "collect": "E",
        "foreigner": "F",
    }
    for one in found.body["services"]:
        assert set(one["names"]) == {"zh_CN", "en", "zh_Hant"}
    unknown = caller.get("/v1/catalogue?hall_id=nowhere")
    assert (unknown.status, unknown.code) == (404, "unknown_hall")


PAPER = {"at": MORNING.isoformat(), "prints": 1}


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        (["printed"], "issued"),
        (["printed", "printed"], "issued"),
        (["shown", "printed"], "issued"),
        (["shown", "voided"], "voided"),
        (["voided", "voided"], "voided"),
    ],
)
def test_paper_moves_a_ticket_on(caller: Caller, outcomes: list[str], state: str) -> None:
    caller.post("/v1/tickets", ticket_request("t-1"))
    for outcome in outcomes:
        reply = caller.post("/v1/tickets/t-1/paper", {**PAPER, "outcome": outcome})
        assert reply.status == 200
    assert caller.get("/v1/tickets/t-1").body["state"] == state


@pytest.mark.parametrize(
    "outcomes", [["printed", "voided"], ["printed", "shown"], ["voided", "printed"]]
)
def test_an_ended_ticket_does_not_end_otherwise(caller: Caller, outcomes: list[str]) -> None:
    caller.post("/v1/tickets", ticket_request("t-1"))
    first, second = ({**PAPER, "outcome": one} for one in outcomes)
    assert caller.post("/v1/tickets/t-1/paper", first).status == 200
    refused = caller.post("/v1/tickets/t-1/paper", second)
    assert (refused.status, refused.code) == (409, "wrong_state")


def test_paper_of_an_unknown_ticket_is_refused(caller: Caller) -> None:
    refused = caller.post("/v1/tickets/t-9/paper", {**PAPER, "outcome": "printed"})
    assert (refused.status, refused.code) == (404, "unknown_ticket")


def test_a_voided_ticket_no_longer_waits_before_others(caller: Caller) -> None:
    caller.post("/v1/tickets", ticket_request("t-1"))
    caller.post("/v1/tickets", ticket_request("t-2"))
    caller.post("/v1/tickets/t-1/paper", {**PAPER, "outcome": "voided"})
    assert caller.get("/v1/tickets/t-2").body["ahead"] == 0
    third = caller.post("/v1/tickets", ticket_request("t-3")).body
    assert (third["ahead"], third["number"]) == (1, "A003")
    assert caller.get("/v1/tickets/t-3").body["ahead"] == 1


def test_every_change_of_a_ticket_is_kept(central: RunningCentral, caller: Caller) -> None:
    caller.post("/v1/tickets", ticket_request("t-1"))
    caller.post("/v1/tickets/t-1/paper", {**PAPER, "outcome": "shown"})
    caller.post("/v1/tickets/t-1/paper", {**PAPER, "outcome": "shown"})
    caller.post("/v1/tickets/t-1/paper", {**PAPER, "outcome": "printed", "prints": 2})
    changes = [(row["from_state"], row["to_state"]) for row in central.rows(tables.ticket_change)]
    assert changes == [("", "numbered"), ("numbered", "shown"), ("shown", "issued")]
    assert central.rows(tables.ticket)[0]["prints"] == 2


def test_the_key_of_a_ticket_is_not_its_id(caller: Caller) -> None:
    key = new_id("key")
    caller.post("/v1/tickets", ticket_request("t-1"), key)
    reused = caller.post("/v1/tickets", ticket_request("t-2"), key)
    assert (reused.status, reused.code) == (422, "key_reused")
