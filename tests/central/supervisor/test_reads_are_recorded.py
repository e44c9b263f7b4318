"""Whatever page shows who a citizen is has recorded who looked, before it shows it."""

from datetime import timedelta

import pytest

from kiosk.central.server.ratings import tables
from kiosk.central.server.staff.tables import staff_record
from tests.kit.central import Caller, RunningCentral, application_request, ticket_request
from tests.kit.pages import Page, signed_in
from tests.kit.ratings import asked, hello, later, rate

IN_FORM, TO_CALL, SUGGESTED = "13900000001", "13900000002", "13900000003"
IDENTITY = application_request()["identity"]
PERSONAL = (IN_FORM, TO_CALL, SUGGESTED, IDENTITY["name"], IDENTITY["number"], "太慢了")
LISTS = (
    "",
    "/window",
    "/window/1",
    "/applications",
    "/ratings",
    "/follow-ups",
    "/follow-ups?closed=true",
    "/call-backs",
    "/suggestions",
    "/machines",
    "/notices",
    "/accounts",
    "/admission",
    "/records",
    "/windows.csv",
    "/me",
)


@pytest.fixture
def follow_up(central: RunningCentral, caller: Caller) -> str:
    """A citizen with a form was served, was dissatisfied, wants a call and left a suggestion."""
    hello(caller)
    document = {"kind": "passport", "fields": {"lxdh": IN_FORM}}
    sent = application_request("a-1", documents=[document])
    assert caller.post("/v1/applications", sent).status == 201
    caller.post("/v1/tickets", ticket_request("t-1", application_id="a-1"))
    answer = asked(central, caller).answer("dissatisfied", call_back_phone=TO_CALL)
    assert rate(caller, answer).status == 201
    said = {"suggestion_id": "s-1", "machine_id": "kiosk-1", "hall_id": sent["hall_id"]}
    said |= {"text": "太慢了", "phone": SUGGESTED, "language": "zh_CN"}
    said["made_at"] = sent["made_at"]
    kept = caller.post("/v1/suggestions", said)
    assert kept.status == 201, kept.body
    (row,) = central.rows(tables.follow_up)
    which: str = row["follow_up_id"]
    return which


def reads(central: RunningCentral) -> list[str]:
    """Why personal data was read, one after another."""
    read = [one for one in central.rows(staff_record) if one["action"] == "personal_read"]
    return [one["reason"] for one in read]


def said_in(page: Page) -> set[str]:
    assert page.status == 200, page.text
    return {one for one in PERSONAL if one in page.text}


def test_lists_say_of_nobody_who_they_are(central: RunningCentral, follow_up: str) -> None:
    later(central, days=1)
    with signed_in(central, "administrator") as chief:
        for path in LISTS:
            assert said_in(chief.get(f"/staff{path}")) == set(), path
        assert follow_up in chief.get("/staff/follow-ups").text
    assert reads(central) == []


def test_each_page_that_says_who_somebody_is_has_recorded_the_look(
    central: RunningCentral, follow_up: str
) -> None:
    later(central, days=1)
    yesterday = central.clock.today() - timedelta(days=1)
    with signed_in(central, "administrator") as chief:
        chief.get("/staff/call-backs")
        shown = {
            f"/follow-ups/{follow_up}/phone": ({TO_CALL}, ["asked_for_call", "follow_up"]),
            f"/call-backs/{yesterday}/1/phone": ({IN_FORM, IDENTITY["name"]}, ["call_back"] * 2),
        }
        for path, (wanted, recorded) in shown.items():
            before = len(reads(central))
            assert said_in(chief.post(f"/staff{path}", {})) == wanted
            assert reads(central)[before:] == recorded
        before = len(reads(central))
        assert said_in(chief.get("/staff/suggestions/s-1")) == {SUGGESTED, "太慢了"}
        assert chief.get("/staff/applications/a-1").status == 200
        assert reads(central)[before:] == ["suggestion", "progress"]
