"""One served case, one request, at most one answer, on both engines."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kiosk.central.server.ratings import tables
from kiosk.domain.rating import Level
from tests.kit.central import HALL, Caller, RunningCentral, new_id
from tests.kit.ratings import asked, counted, finish, hello, later, look, rate


@pytest.fixture
def window(central: RunningCentral, caller: Caller) -> RunningCentral:
    """Window 1 with its terminal."""
    assert hello(caller).status == 200
    return central


@pytest.mark.parametrize("level", Level)
def test_a_finished_case_is_rated_once(
    window: RunningCentral, caller: Caller, level: Level
) -> None:
    question = asked(window, caller)
    answer = rate(caller, question.answer(level))
    assert (answer.status, answer.body["followed_up"]) == (201, level.is_bad)
    (row,) = window.rows(tables.rating)
    assert (row["level"], row["case_id"], row["clerk_id"]) == (level, "t-1", "s-clerk")
    assert look(caller).body["request"] is None
    assert counted(window) == {"served": 1, "asked": 1, f"stars_{level.stars}": 1}
    assert len(window.rows(tables.follow_up)) == int(level.is_bad)


def test_the_same_answer_again_is_the_same_and_another_is_refused(
    window: RunningCentral, caller: Caller
) -> None:
    answer = asked(window, caller).answer("dissatisfied", reasons=["attitude", "efficiency"])
    key = new_id("key")
    first, replayed = (rate(caller, answer, key) for _ in range(2))
    assert (first.status, first.raw) == (replayed.status, replayed.raw)
    again = rate(caller, {**answer, "reasons": ["efficiency", "attitude"]})
    assert (again.status, again.body) == (200, first.body)
    changed = rate(caller, {**answer, "level": "satisfied", "reasons": []})
    assert (changed.status, changed.code) == (409, "already_rated")
    assert counted(window) == {"served": 1, "asked": 1, "stars_2": 1}


def test_sixteen_deliveries_at_once_are_one_rating(window: RunningCentral, caller: Caller) -> None:
    answer = asked(window, caller).answer("very_dissatisfied")
    gate = threading.Barrier(16)

    def deliver(_: int) -> int:
        one = Caller(window.port)
        gate.wait(10)
        status = rate(one, answer).status
        one.close()
        return status

    with ThreadPoolExecutor(16) as threads:
        statuses = list(threads.map(deliver, range(16)))
    assert statuses.count(201) == 1
    assert set(statuses) <= {200, 201, 409}
    assert counted(window) == {"served": 1, "asked": 1, "stars_1": 1}
    assert len(window.rows(tables.follow_up)) == 1


@pytest.mark.parametrize(
    "changes", [{"machine_id": "pc-of-the-clerk"}, {"token": "x" * 32}], ids=["machine", "token"]
)
def test_nobody_but_the_asked_terminal_can_answer(
    window: RunningCentral, caller: Caller, changes: dict[str, str]
) -> None:
    answer = asked(window, caller).answer("very_satisfied")
    refused = rate(caller, {**answer, **changes})
    assert (refused.status, refused.code) == (403, "not_this_terminal")
    assert window.rows(tables.rating) == []
    assert rate(caller, answer).status == 201


def test_nobody_but_the_terminal_sees_what_it_is_asked(
    window: RunningCentral, caller: Caller
) -> None:
    asked(window, caller)
    refused = look(caller, secret="g" * 32)
    assert (refused.status, refused.code) == (403, "not_this_terminal")
    usurped = hello(caller, secret="g" * 32)
    assert (usurped.status, usurped.code) == (403, "not_this_terminal")
    unknown = look(caller, "e-9")
    assert (unknown.status, unknown.code) == (404, "unknown_terminal")


def test_a_window_without_a_terminal_asks_nobody(central: RunningCentral) -> None:
    assert finish(central) is None
    assert central.rows(tables.request) == []


def test_each_service_of_a_visit_is_a_case_of_its_own(
    window: RunningCentral, caller: Caller
) -> None:
    rate(caller, asked(window, caller).answer())
    assert finish(window, service_id="enquiry") is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"reasons": ["efficiency_good"]},
        {"reasons": ["unheard_of"]},
        {"reasons": ["attitude", "attitude"]},
        {"reasons": ["attitude", "level", "efficiency", "other"]},
        {"level": "satisfied", "call_back_phone": "13900000000"},
    ],
    ids=["of another level", "unknown", "twice", "too many", "nobody calls the satisfied"],
)
def test_an_answer_that_the_list_does_not_offer_is_refused(
    window: RunningCentral, caller: Caller, changes: dict[str, Any]
) -> None:
    answer = asked(window, caller).answer("dissatisfied")
    refused = rate(caller, {**answer, **changes})
    assert (refused.status, refused.code) == (422, "rating_unfit")


def test_the_list_is_told_with_its_edition(caller: Caller) -> None:
    options = caller.get(f"/v1/rating-options?hall_id={HALL}").body
    assert options["version"] == "2026.11"
    assert [one["stars"] for one in options["levels"]] == [5, 4, 3, 2, 1]
    assert [one["may_be_called"] for one in options["levels"]] == [False] * 3 + [True] * 2
    for level in options["levels"]:
        assert {"zh_CN", "en", "zh_Hant"} == set(level["reasons"][0]["names"])
    assert caller.get("/v1/rating-options?hall_id=nowhere").status == 404


def test_quick_answers_and_bursts_are_counted_and_kept(
    window: RunningCentral, caller: Caller
) -> None:
    for number in range(5):
        answer = asked(window, caller, f"t-{number}").answer("very_satisfied")
        assert rate(caller, {**answer, "given_after_s": 0.4}).status == 201
        later(window, seconds=5)
    assert counted(window) == {"served": 5, "asked": 5, "stars_5": 5, "quick": 5, "burst": 2}


def test_the_phone_is_sealed_and_only_there_if_wanted(
    window: RunningCentral, caller: Caller
) -> None:
    answer = asked(window, caller, "t-1").answer("dissatisfied")
    rate(caller, {**answer, "call_back_phone": "13900000000"})
    rate(caller, asked(window, caller, "t-2").answer("dissatisfied"))
    with_phone, without = sorted(
        window.rows(tables.follow_up), key=lambda row: row["phone"] is None
    )
    assert b"13900000000" not in with_phone["phone"]
    opened = window.office.sealer.unseal(
        "follow_up", with_phone["request_id"], "phone", with_phone["phone"]
    )
    assert opened == "13900000000"
    assert without["phone"] is None
