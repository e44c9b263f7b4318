"""Ratings when time, terminals and central misbehave, on both engines."""

from typing import Any

import pytest

from kiosk.central.contract.queue import TicketMove
from kiosk.central.server.events.tables import event
from kiosk.central.server.ratings import tables
from tests.kit.central import Caller, RunningCentral, ticket_request
from tests.kit.ratings import (
    Asked,
    ClerkAtWindow,
    asked,
    counted,
    finish,
    hello,
    later,
    look,
    own_request,
    rate,
    reopen,
)


@pytest.fixture
def window(central: RunningCentral, caller: Caller) -> RunningCentral:
    """Window 1 with its terminal."""
    assert hello(caller).status == 200
    return central


def test_silence_is_stored_as_silence(window: RunningCentral, caller: Caller) -> None:
    asked(window, caller)
    later(window, seconds=60)
    assert look(caller).body["request"] is None
    (row,) = window.rows(tables.request)
    assert (row["state"], row["token"]) == ("silent", None)
    assert counted(window) == {"served": 1, "asked": 1, "silent": 1}


def test_a_rating_from_an_outbox_breaks_the_silence_once(
    window: RunningCentral, caller: Caller
) -> None:
    answer = asked(window, caller).answer("satisfied")
    later(window, hours=30)
    look(caller)
    assert counted(window) == {"served": 1, "asked": 1, "silent": 1}
    assert rate(caller, answer).status == 201
    assert rate(caller, answer).status == 200
    (row,) = window.rows(tables.rating)
    assert (row["day"].isoformat(), row["after_ms"]) == ("2026-11-24", 4200)
    assert counted(window) == {"served": 1, "asked": 1, "stars_4": 1}


@pytest.mark.parametrize("late", [{"given_after_s": 36.0}, {"days": 8}], ids=["slow", "old"])
def test_what_was_given_too_late_is_refused(
    window: RunningCentral, caller: Caller, late: dict[str, Any]
) -> None:
    answer = asked(window, caller).answer()
    changes = {name: value for name, value in late.items() if name != "days"}
    later(window, days=late.get("days", 0), seconds=40)
    refused = rate(caller, {**answer, **changes})
    assert (refused.status, refused.code) == (409, "rating_closed")
    assert counted(window)["asked"] == 1


@pytest.mark.parametrize("year", [2024, 2027])
def test_a_machine_whose_clock_jumped_loses_nothing_and_is_noticed(
    window: RunningCentral, caller: Caller, year: int
) -> None:
    wrong = window.clock.now().replace(year=year).isoformat()
    assert rate(caller, asked(window, caller).answer(given_at=wrong)).status == 201
    (row,) = window.rows(tables.rating)
    assert row["given_at"] == window.clock.now()
    assert counted(window) == {"served": 1, "asked": 1, "stars_4": 1, "clock_off": 1}


def test_centrals_clock_set_back_closes_nothing(window: RunningCentral, caller: Caller) -> None:
    answer = asked(window, caller).answer()
    later(window, hours=-2)
    assert look(caller).body["request"]["seconds_left"] == 30
    assert rate(caller, answer).status == 201
    (row,) = window.rows(tables.rating)
    assert row["given_at"] <= window.clock.now()


def test_a_reopened_case_is_asked_about_when_it_is_finished_again(
    window: RunningCentral, caller: Caller
) -> None:
    old = asked(window, caller)
    reopen(window)
    assert look(caller).body["request"] is None
    refused = rate(caller, old.answer(given_after_s=8.0))
    assert (refused.status, refused.code) == (409, "rating_closed")
    assert rate(caller, asked(window, caller).answer()).status == 201
    assert counted(window) == {"served": 1, "asked": 1, "stars_4": 1}


@pytest.mark.parametrize("finished", [False, True])
def test_no_clerk_silences_an_answer_by_taking_the_case_up_again(
    window: RunningCentral, caller: Caller, *, finished: bool
) -> None:
    old = asked(window, caller)
    later(window, seconds=9)
    reopen(window)
    if finished:
        new = asked(window, caller)
        assert counted(window) == {"served": 1, "asked": 1}
    later(window, minutes=20)
    assert rate(caller, old.answer("dissatisfied", given_after_s=8.0)).status == 201
    if finished:
        assert rate(caller, new.answer("very_satisfied")).code == "already_rated"
    else:
        assert finish(window) is None
    assert look(caller).body["request"] is None
    assert counted(window) == {"served": 1, "asked": 1, "stars_2": 1}
    (made,) = window.rows(tables.follow_up)
    assert made["state"] == "open"


def test_a_rated_case_is_not_asked_about_again(window: RunningCentral, caller: Caller) -> None:
    rate(caller, asked(window, caller).answer())
    reopen(window)
    assert finish(window) is None
    assert look(caller).body["request"] is None
    assert counted(window) == {"served": 1, "asked": 1, "stars_4": 1}


def test_the_newest_terminal_at_a_window_is_the_one_that_is_asked(
    window: RunningCentral, caller: Caller
) -> None:
    old = asked(window, caller)
    assert hello(caller, "e-2").status == 200
    paused = look(caller).body
    assert (paused["state"], paused["request"]) == ("paused", None)
    finish(window, "t-2")
    assert look(caller).body["request"] is None
    assert look(caller, "e-2").body["state"] == "asking"
    assert rate(caller, old.answer()).status == 201  # who had begun to answer is heard


def test_the_next_citizen_does_not_take_the_answer_of_the_last(
    window: RunningCentral, caller: Caller
) -> None:
    first = asked(window, caller, "t-1")
    second = asked(window, caller, "t-2")
    assert rate(caller, first.answer("very_dissatisfied")).status == 201
    assert look(caller).body["request"]["request_id"] == second.body["request_id"]
    assert rate(caller, second.answer("very_satisfied")).status == 201
    found = {row["case_id"]: row["level"] for row in window.rows(tables.rating)}
    assert found == {"t-1": "very_dissatisfied", "t-2": "very_satisfied"}
    assert counted(window) == {"served": 2, "asked": 2, "stars_1": 1, "stars_5": 1}


def test_a_restart_of_central_between_question_and_answer_loses_neither(
    central_database: str,
) -> None:
    with RunningCentral(central_database) as central:
        caller = Caller(central.port)
        hello(caller)
        before = asked(central, caller)
        caller.close()
    with RunningCentral(central_database) as central:
        caller = Caller(central.port)
        assert look(caller).body["request"] == before.body
        assert rate(caller, before.answer()).status == 201
        caller.close()


def test_a_machine_asks_by_itself_and_both_messages_may_come_late(
    central: RunningCentral, caller: Caller
) -> None:
    own = own_request()
    later(central, hours=20)
    first = caller.post("/v1/rating-requests", own)
    again = caller.post("/v1/rating-requests", own)
    assert (first.status, again.status) == (201, 200)
    answer = Asked({**first.body, "token": own["token"]}).answer("fairly_satisfied")
    given = {"given_at": "2026-11-24T09:30:09+08:00", "given_after_s": 9}
    assert rate(caller, {**answer, **given}).status == 201
    assert counted(central) == {"served": 1, "asked": 1, "stars_3": 1}
    (row,) = central.rows(tables.rating)
    assert row["day"].isoformat() == "2026-11-24"
    other = caller.post("/v1/rating-requests", own_request(case_id=own["case_id"]))
    assert (other.status, other.code) == (409, "already_rated")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"case_kind": "window"}, 422, "rating_unfit"),
        ({"hall_id": "nowhere"}, 422, "unknown_hall"),
        ({"asked_at": "2026-11-01T09:30:00+08:00"}, 409, "rating_closed"),
    ],
)
def test_a_machine_cannot_ask_for_everything(
    caller: Caller, changes: dict[str, Any], status: int, code: str
) -> None:
    refused = caller.post("/v1/rating-requests", own_request(**changes))
    assert (refused.status, refused.code) == (status, code)


def test_a_request_id_belongs_to_one_machine(caller: Caller) -> None:
    own = own_request()
    caller.post("/v1/rating-requests", own)
    for changes in ({"machine_id": "kiosk-2"}, {"token": "p" * 32}, {"case_id": "a-9"}):
        refused = caller.post("/v1/rating-requests", {**own, **changes})
        assert (refused.status, refused.code) == (409, "already_exists")


def test_a_terminal_follows_its_window_through_a_visit(
    window: RunningCentral, caller: Caller
) -> None:
    def shown() -> str:
        return str(look(caller).body["state"])

    assert shown() == "paused"
    clerk = ClerkAtWindow(window)
    assert shown() == "idle"
    caller.post("/v1/tickets", ticket_request("t-1"))
    assert (clerk.call(), shown()) == ("t-1", "idle")
    clerk.move("t-1", TicketMove.BEGIN)
    assert shown() == "serving"
    clerk.move("t-1", TicketMove.FINISH)
    assert shown() == "asking"
    clerk.pause()
    assert shown() == "asking"  # who is answering may finish
    assert rate(caller, Asked(look(caller).body["request"]).answer()).status == 201
    assert shown() == "paused"
    told = [row["kind"] for row in window.rows(event) if row["kind"].startswith("rating")]
    assert told == ["rating_asked"]


def test_the_next_case_ends_the_question_of_the_last_and_of_no_other_window(
    window: RunningCentral, caller: Caller
) -> None:
    hello(caller, "e-2", "2")
    answered, waiting = asked(window, caller, "t-1"), asked(window, caller, "t-2", "2")
    clerk = ClerkAtWindow(window)
    later(window, seconds=6)
    clerk.begin(caller, "t-3")
    assert look(caller).body["state"] == "serving"
    assert look(caller, "e-2").body["request"]["request_id"] == waiting.body["request_id"]
    assert counted(window) == {"served": 2, "asked": 2, "silent": 1}
    too_late = rate(caller, answered.answer(given_after_s=12))
    assert (too_late.status, too_late.code) == (409, "rating_closed")
    assert rate(caller, answered.answer(given_after_s=5.5)).status == 201
    assert counted(window) == {"served": 2, "asked": 2, "stars_4": 1}


def test_centrals_clock_set_back_while_the_next_case_begins_loses_no_answer(
    window: RunningCentral, caller: Caller
) -> None:
    answer = asked(window, caller).answer(given_after_s=20)
    clerk = ClerkAtWindow(window)
    later(window, hours=-2)
    clerk.begin(caller, "t-2")
    assert rate(caller, answer).status == 201


def test_who_was_called_and_never_came_is_not_asked(window: RunningCentral, caller: Caller) -> None:
    clerk = ClerkAtWindow(window)
    caller.post("/v1/tickets", ticket_request("t-1"))
    clerk.call()
    clerk.move("t-1", TicketMove.VOID)
    assert window.rows(tables.request) == []
