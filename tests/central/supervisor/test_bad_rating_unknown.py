"""Nothing that staff can open leads from a bad rating to the ticket of who gave it."""

import csv
import io
from collections.abc import Iterator

import pytest

from kiosk.central.contract.queue import TicketMove
from kiosk.central.server.events.tables import event
from kiosk.central.server.pages.page import LINKS
from kiosk.central.server.ratings import tables
from tests.kit.central import Caller, RunningCentral, ticket_request
from tests.kit.pages import Browser, signed_in
from tests.kit.ratings import Asked, ClerkAtWindow, hello, later, look, rate

TICKETS = ("t-first", "t-second", "t-third")
DAYS = {"first": "2026-11-01", "last": "2026-11-30"}
GIVEN = "09:47"


@pytest.fixture
def chief(central: RunningCentral) -> Iterator[Browser]:
    """Who may open every page of staff."""
    with signed_in(central, "administrator", "en") as one:
        yield one


@pytest.fixture
def angry(central: RunningCentral, caller: Caller) -> dict[str, str]:
    """The ids of a bad rating that was given between two others, without a wish for a call."""
    hello(caller)
    for ticket_id in TICKETS:
        caller.post("/v1/tickets", ticket_request(ticket_id))
    clerk, ids = ClerkAtWindow(central), {}
    for level in ("satisfied", "dissatisfied", "very_satisfied"):
        later(central, minutes=8, seconds=30)
        ticket_id = clerk.call()
        clerk.move(ticket_id, TicketMove.BEGIN)
        clerk.move(ticket_id, TicketMove.FINISH)
        answer = Asked(look(caller).body["request"]).answer(level)
        ids[level] = (ticket_id, answer["request_id"])
        assert rate(caller, answer).status == 201
    (made,) = central.rows(tables.follow_up)
    assert made["opened_at"].astimezone(central.clock.now().tzinfo).strftime("%H:%M") == GIVEN
    ticket_id, request_id = ids["dissatisfied"]
    return {"ticket": ticket_id, "request": request_id, "follow_up": made["follow_up_id"]}


def all_that_staff_open(central: RunningCentral, chief: Browser, path: str) -> dict[str, str]:
    """Every page, table and download about ratings, a day later, by its address."""
    day = central.clock.today()
    later(central, days=1, hours=3)
    chief.sign_in("administrator")
    chief.post(path, {"act": "looked_into", "note": "asked the window"})
    paths = [one.path for one in LINKS] + [path, f"/staff/call-backs?day={day}"]
    paths += ["/staff/windows.csv?month=2026-11", "/staff/me", "/staff/follow-ups?closed=true"]
    # Each ticket has pages of its own; here is what tells of ratings, or of everything.
    seen = {one: chief.get(one) for one in paths if one != "/staff/window"}
    assert {page.status for page in seen.values()} == {200}
    export = chief.post("/staff/export", DAYS).text
    return {**{where: page.text for where, page in seen.items()}, "export": export}


def test_no_page_or_download_says_which_request_or_ticket_it_was(
    central: RunningCentral, chief: Browser, angry: dict[str, str]
) -> None:
    path = f"/staff/follow-ups/{angry['follow_up']}"
    opened = all_that_staff_open(central, chief, path)
    assert angry["follow_up"] in opened["/staff/follow-ups"]
    assert angry["follow_up"] in opened["/staff/records"]
    for where, text in opened.items():
        assert angry["request"] not in text, where
        assert angry["ticket"] not in text, where
        assert GIVEN not in text, where


def test_nobody_is_found_as_the_one_that_the_export_leaves_over(
    central: RunningCentral, chief: Browser, angry: dict[str, str]
) -> None:
    export = chief.post("/staff/export", DAYS).text.removeprefix("\ufeff")
    found = list(csv.DictReader(io.StringIO(export)))
    assert sorted(one["satisfaction"] for one in found) == ["2", "4", "5"]
    assert not {one["projNo"] for one in found} & set(TICKETS)
    for moment in ("applyTime", "transactionTime"):
        assert {one[moment][-len(":00:00") :] for one in found} == {":00:00"}
    assert angry["ticket"] in TICKETS


def test_no_event_says_who_answered_or_what(
    central: RunningCentral, chief: Browser, angry: dict[str, str]
) -> None:
    path = f"/staff/follow-ups/{angry['follow_up']}"
    told = central.rows(event)
    subjects = {one["subject"] for one in told if len(one["subject"]) > len("1")}
    assert {angry["ticket"], angry["request"]} <= subjects  # where they may stand, with their time
    assert angry["follow_up"] not in str(told)
    assert not [one for one in told if {"level", "outcome", "stars"} & set(one["facts"])]
    of_ratings = [one["kind"] for one in told if one["kind"].startswith("rating")]
    assert of_ratings == ["rating_asked"] * len(TICKETS)
    for where, text in all_that_staff_open(central, chief, path).items():
        shared = [one for one in subjects if one in text]
        assert where == "/staff/applications" or not shared, (where, shared)


def test_follow_ups_of_a_day_do_not_stand_in_the_order_of_their_coming(
    central: RunningCentral, caller: Caller, chief: Browser
) -> None:
    hello(caller)
    clerk = ClerkAtWindow(central)
    for number in range(12):
        clerk.begin(caller, f"t-{number}")
        clerk.move(f"t-{number}", TicketMove.FINISH)
        rate(caller, Asked(look(caller).body["request"]).answer("dissatisfied"))
        later(central, seconds=90)
    page = chief.get("/staff/follow-ups").text
    rows = sorted(central.rows(tables.follow_up), key=lambda one: one["opened_at"])
    shown = sorted(rows, key=lambda one: page.index(one["follow_up_id"]))
    assert shown == sorted(rows, key=lambda one: one["follow_up_id"])
    assert shown != rows
