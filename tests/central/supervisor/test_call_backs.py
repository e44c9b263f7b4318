"""Ten served citizens a day: who may be drawn, how often, and when."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.central.contract.queue import TicketMove
from kiosk.central.server.ratings import call_backs, tables
from kiosk.central.server.ratings.day_turn import DayTurn
from kiosk.central.server.staff.tables import staff_record
from kiosk.central.server.tables import ticket
from tests.kit.central import Caller, RunningCentral, WallClock, application_request, ticket_request
from tests.kit.pages import Browser
from tests.kit.permits_on_file import LI, MachineAt, permit_on_file, put_on_file
from tests.kit.ratings import ClerkAtWindow, finish, hello, later

PRINTED = {"outcome": "printed", "at": "2026-11-24T09:30:00+08:00"}
PHONE = "13900000000"


@pytest.fixture
def clerk(central: RunningCentral) -> ClerkAtWindow:
    """At window 1, which has no terminal: nobody is asked to rate."""
    return ClerkAtWindow(central)


def served(
    central: RunningCentral, clerk: ClerkAtWindow, caller: Caller, ticket_id: str, **changes: Any
) -> None:
    """Somebody takes a number at a kiosk and is served at the window."""
    caller.post("/v1/tickets", ticket_request(ticket_id, **changes))
    caller.post(f"/v1/tickets/{ticket_id}/paper", PRINTED)
    clerk.move(clerk.call(), TicketMove.BEGIN)
    clerk.move(ticket_id, TicketMove.FINISH)
    later(central, seconds=30)


def applied(caller: Caller, application_id: str, number: str = "") -> None:
    """Somebody has filled a form."""
    document = {"kind": "passport", "fields": {"lxdh": PHONE}}
    sent = application_request(application_id, documents=[document])
    if number:
        sent["identity"]["number"] = number
    assert caller.post("/v1/applications", sent).status == 201


def endorsed(central: RunningCentral, caller: Caller) -> None:
    """Li gets an endorsement from the machine."""
    put_on_file(central, permit_on_file())
    machine = MachineAt(caller)
    machine.orders("o-1", ("MAC", "3m1"))
    machine.pays("o-1", "cash", 1500)
    assert machine.confirms("o-1").status == 200


def day_turns(central: RunningCentral) -> list[dict[str, Any]]:
    """It gets past midnight while nobody opens a page; what was drawn."""
    turn = DayTurn(central.office)
    turn.look()
    assert central.rows(tables.call_back) == []
    later(central, days=1)
    turn.look()
    return central.rows(tables.call_back)


def cases(central: RunningCentral, drawn: list[dict[str, Any]]) -> set[str]:
    """The cases behind a list."""
    known = {one["served_id"]: one["case_id"] for one in central.rows(tables.served_case)}
    return {known[one["served_id"]] for one in drawn}


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ([("s-1", None, "t-1"), ("s-2", None, "t-2")], ["s-1", "s-2"]),
        ([("s-1", None, "t-1"), ("s-2", None, "t-1")], ["s-1"]),  # two services of a visit
        ([("s-1", "li", "t-1"), ("s-2", "li", "o-1")], ["s-1"]),  # two visits of a person
        ([("s-1", None, "t-1"), ("s-2", "li", "t-1"), ("s-3", "li", "o-1")], ["s-1"]),
        ([("s-1", None, "t-1"), ("s-2", "li", "o-1"), ("s-3", "li", "t-1")], ["s-1"]),
        ([("s-1", "li", "t-1"), ("s-2", "wu", "t-2"), ("s-3", "wu", "t-3")], ["s-1", "s-2"]),
        ([("s-1", "t-2", "t-1"), ("s-2", None, "t-2")], ["s-1", "s-2"]),  # a key is no ticket
        ([], []),
    ],
)
def test_a_citizen_stands_once_by_their_first_case(
    rows: list[tuple[str, str | None, str]], first: list[str]
) -> None:
    assert call_backs.each_once(rows) == first


def test_whoever_was_served_can_be_drawn_and_nobody_else(
    central: RunningCentral, caller: Caller, clerk: ClerkAtWindow
) -> None:
    served(central, clerk, caller, "t-window")
    caller.post("/v1/tickets", ticket_request("t-never-came"))
    clerk.move(clerk.call(), TicketMove.VOID)
    caller.post("/v1/tickets", ticket_request("t-kiosk-alone", services=["enquiry"]))
    caller.post("/v1/tickets/t-kiosk-alone/paper", PRINTED)
    caller.post("/v1/tickets", ticket_request("t-no-paper", services=["enquiry"]))
    caller.post("/v1/tickets/t-no-paper/paper", {**PRINTED, "outcome": "voided"})
    endorsed(central, caller)
    drawn = day_turns(central)
    assert cases(central, drawn) == {"t-window", "t-kiosk-alone", "o-1"}
    (kept,) = [one for one in central.rows(tables.call_back_draw) if one["served"]]
    assert kept["served"] == len(drawn) == 3


def test_one_citizen_with_several_services_is_drawn_once(
    central: RunningCentral, caller: Caller, clerk: ClerkAtWindow
) -> None:
    applied(caller, "a-1", LI)
    served(central, clerk, caller, "t-form", application_id="a-1", services=["passport", "enquiry"])
    served(central, clerk, caller, "t-card", holder_number=LI)
    endorsed(central, caller)
    served(central, clerk, caller, "t-somebody-else")
    assert len(central.rows(tables.served_case)) == 7
    drawn = day_turns(central)
    assert cases(central, drawn) == {"t-form", "t-somebody-else"}


def test_nothing_that_joins_tickets_holds_a_number(
    central: RunningCentral, caller: Caller, clerk: ClerkAtWindow
) -> None:
    served(central, clerk, caller, "t-card", holder_number=LI)
    (row,) = central.rows(ticket)
    known = {one["person"] for one in central.rows(tables.served_case)}
    assert known == {row["person"]}
    assert LI not in str(row)
    assert row["person"] != row["holder"]


def test_a_day_nobody_opens_has_its_list_and_an_empty_day_too(
    central: RunningCentral, caller: Caller, clerk: ClerkAtWindow, supervisor: Browser
) -> None:
    for number in range(12):
        served(central, clerk, caller, f"t-{number}")
    day = central.clock.today()
    drawn = day_turns(central)
    assert len(drawn) == 10
    DayTurn(central.office).look()
    later(central, days=1)
    turn = DayTurn(central.office)
    later(central, days=1)
    turn.look()
    lists = {one["day"]: one["served"] for one in central.rows(tables.call_back_draw)}
    assert lists[day] == 12
    assert lists[day + timedelta(days=2)] == 0
    assert central.rows(tables.call_back) == drawn
    supervisor.sign_in("supervisor")
    page = supervisor.get(f"/staff/call-backs?day={day + timedelta(days=1)}").text
    assert "Nobody was served that day" in page  # between two looks: drawn when it is opened


def test_a_server_that_was_down_at_midnight_draws_when_it_starts(tmp_path: Path) -> None:
    address, clock = str(tmp_path / "down.db"), WallClock()
    with RunningCentral(address, clock) as central:
        for number in range(3):
            finish(central, f"t-{number}", "5")
    day = clock.today()
    clock.moment += timedelta(days=4)
    with RunningCentral(address, clock) as central:
        lists = {one["day"]: one["served"] for one in central.rows(tables.call_back_draw)}
        assert (lists[day], lists[day + timedelta(days=3)]) == (3, 0)
        assert len(central.rows(tables.call_back)) == 3


def test_what_is_reported_late_changes_no_list(
    central: RunningCentral, caller: Caller, clerk: ClerkAtWindow
) -> None:
    served(central, clerk, caller, "t-1")
    caller.post("/v1/tickets", ticket_request("t-late", services=["enquiry"]))
    drawn = day_turns(central)
    assert cases(central, drawn) == {"t-1"}
    caller.post("/v1/tickets/t-late/paper", PRINTED)
    late = [one for one in central.rows(tables.served_case) if one["case_id"] == "t-late"]
    (list_of_day,) = [one for one in central.rows(tables.call_back_draw) if one["served"]]
    assert late[0]["day"] == list_of_day["day"]
    assert late[0]["counted_at"] >= list_of_day["drawn_at"]
    with central.office.database.transaction() as connection:
        call_backs.draw_due(connection, central.office)
    assert central.rows(tables.call_back) == drawn


def test_a_clock_set_back_before_the_draw_leaves_a_list_that_anybody_draws_again(
    central: RunningCentral, caller: Caller, clerk: ClerkAtWindow
) -> None:
    served(central, clerk, caller, "t-1")
    caller.post("/v1/tickets", ticket_request("t-late", services=["enquiry"]))
    later(central, days=1)
    caller.post("/v1/tickets/t-late/paper", PRINTED)
    later(central, minutes=-10)
    with central.office.database.transaction() as connection:
        call_backs.draw_due(connection, central.office)
    (kept,) = [one for one in central.rows(tables.call_back_draw) if one["served"]]
    rows = central.rows(tables.served_case)
    known = sorted(rows, key=lambda one: (one["served_at"], one["served_id"]))
    citizens = call_backs.each_once(
        (one["served_id"], one["person"], one["case_id"])
        for one in known
        if one["day"] == kept["day"] and one["counted_at"] <= kept["drawn_at"]
    )
    drawn = [one["served_id"] for one in central.rows(tables.call_back)]
    assert drawn == call_backs.drawn(kept["seed"], citizens, 10)
    assert kept["served"] == len(citizens) == 1


def test_a_kiosks_citizen_can_be_called_by_the_number_in_the_form(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    hello(caller)
    applied(caller, "a-1")
    caller.post("/v1/tickets", ticket_request("t-1", application_id="a-1"))
    caller.post("/v1/tickets/t-1/paper", PRINTED)
    day = central.clock.today()
    day_turns(central)
    supervisor.sign_in("supervisor")
    page = supervisor.get("/staff/call-backs").text
    assert PHONE not in page
    assert "t-1" not in page
    assert PHONE in supervisor.post(f"/staff/call-backs/{day}/1/phone", {}).text
    reads = [one for one in central.rows(staff_record) if one["reason"] == "call_back"]
    assert {one["subject_table"] for one in reads} == {"application", "application_field"}
    assert supervisor.post(f"/staff/call-backs/{day}/2/phone", {}).status == 404
