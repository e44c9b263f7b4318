"""A month as the supervisor sees it: by window, clerk and hall, with mistakes and what is odd."""

import csv
import io

from sqlalchemy import insert

from kiosk.central.server.queue.tables import file_error
from kiosk.central.server.staff.tables import staff_account
from tests.kit.central import HALL, Caller, RunningCentral, ticket_request
from tests.kit.pages import Browser
from tests.kit.ratings import asked, finish, hello, later, own_request, rate, rate_many


def account_id(central: RunningCentral, login: str) -> str:
    (found,) = (one for one in central.rows(staff_account) if one["login"] == login)
    return str(found["account_id"])


def serve(central: RunningCentral, caller: Caller, case: str, login: str, level: str) -> None:
    """A clerk at window 1 serves somebody, who rates."""
    finish(central, case, clerk_id=account_id(central, login))
    seen = caller.post("/v1/evaluators/e-1/view", {"secret": "s" * 32}, key=None).body["request"]
    answer = {
        "request_id": seen["request_id"],
        "token": seen["token"],
        "machine_id": "e-1",
        "level": level,
        "options_version": seen["options_version"],
        "given_at": seen["asked_at"],
        "given_after_s": 4,
    }
    assert rate(caller, answer).status == 201
    later(central, seconds=61)


def table(supervisor: Browser) -> dict[str, list[str]]:
    """The month's table by its first column."""
    text = supervisor.get("/staff/windows.csv?month=2026-11").text
    _head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    return {row[0].replace("\N{NO-BREAK SPACE}", " "): row[1:] for row in rows}


def test_a_month_is_told_by_window_by_clerk_and_for_the_hall(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    hello(caller)
    serve(central, caller, "t-1", "clerk1", "very_satisfied")
    serve(central, caller, "t-2", "clerk1", "satisfied")
    serve(central, caller, "t-3", "clerk2", "dissatisfied")
    rows = table(supervisor)
    share_and_mean = {name: row[-3:-1] for name, row in rows.items()}
    assert share_and_mean["Window 1"] == ["66.7", "3.67"]
    assert share_and_mean["李晓云 4201"] == ["100.0", "4.5"]
    assert share_and_mean["王建国 4202"] == ["0.0", "2.0"]
    (hall,) = set(rows) - {"Window 1", "李晓云 4201", "王建国 4202"}
    assert share_and_mean[hall] == ["66.7", "3.67"]
    page = supervisor.get("/staff/ratings").text
    assert page.index("李晓云 4201") < page.index("王建国 4202")  # most satisfied first


def mistake(central: RunningCentral, month: int, **changes: str) -> None:
    """A window finds a photo wanting."""
    found = {
        "ticket_id": "t-1",
        "hall_id": HALL,
        "window": "1",
        "machine_id": "kiosk-1",
        "staff_id": "s-clerk",
        "code": "photo",
        "note": "",
        "day": central.clock.today().replace(month=month),
        "at": central.clock.now(),
    }
    with central.office.database.transaction() as connection:
        connection.execute(insert(file_error), {**found, **changes})


def test_mistakes_in_files_count_against_what_was_served(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    caller.post("/v1/tickets", ticket_request("t-1"))
    for number in range(8):
        finish(central, f"t-{number}")
    for number in range(5):  # a machine's own errands have no file in which to find mistakes
        assert caller.post("/v1/rating-requests", own_request(case_id=f"k-{number}")).status == 201
    for month in (10, 11):
        mistake(central, month)
    for page in ("/staff", "/staff/ratings"):
        assert "12.5%" in supervisor.get(page).text
    assert [row[-1] for row in table(supervisor).values()] == ["12.5", "12.5", "0.0"]
    assert "12.5%" not in supervisor.get("/staff/ratings?month=2026-10").text


def test_mistakes_in_files_are_told_by_window_and_by_clerk(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    caller.post("/v1/tickets", ticket_request("t-1"))
    one, other = account_id(central, "clerk1"), account_id(central, "clerk2")
    for number in range(8):
        finish(central, f"t-a-{number}", "1", clerk_id=one)
        finish(central, f"t-b-{number}", "2", clerk_id=other)
    for staff_id, window in ((one, "1"), (one, "1"), (other, "1")):
        mistake(central, 11, staff_id=staff_id, window=window)
    mistake(central, 10, staff_id=other, window="2")
    rates = {name: row[-1] for name, row in table(supervisor).items()}
    assert (rates["Window 1"], rates["Window 2"]) == ("37.5", "0.0")
    assert (rates["李晓云 4201"], rates["王建国 4202"]) == ("25.0", "12.5")
    page = supervisor.get("/staff/ratings").text
    for said in ("37.5%", "25.0%", "12.5%", "18.8%"):
        assert said in page


def test_a_burst_and_a_wrong_clock_are_shown_with_all_others_kept(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    rate_many(central, caller, "2", "satisfied", 3)
    text = supervisor.get("/staff").text
    assert "Nothing looks odd" in text
    hello(caller)
    for number in range(4):
        answer = asked(central, caller, f"t-{number}").answer(given_at="2024-01-01T00:00:00+08:00")
        assert rate(caller, answer).status == 201
        later(central, seconds=5)
    text = supervisor.get("/staff").text
    for said in ("Burst", "Clock", "e-1"):
        assert said in text
    assert "e-2" not in text
    assert table(supervisor)["Window 1"][0] == "4"


def test_what_looked_odd_is_still_there_the_next_day_and_the_next_month(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    for machine_id in ("e-2", "e-3", "e-2"):
        hello(caller, machine_id, "2")
    hello(caller)
    for number in range(5):
        answer = asked(central, caller, f"t-{number}").answer("very_satisfied")
        rate(caller, {**answer, "given_after_s": 0.3})
        later(central, seconds=70)
    said = ("11-24", "5 of 5 answers came within a second", "changed 3 times that day")
    for days in (1, 9):
        later(central, days=days)
        supervisor.sign_in("supervisor")
        assert "Nothing looks odd" in supervisor.get("/staff").text
        month = supervisor.get("/staff/ratings?month=2026-11").text
        assert all(one in month for one in said)
    assert "Nothing looks odd" in supervisor.get("/staff/ratings?month=2026-12").text


def test_a_terminal_far_from_the_others_is_told_for_its_month(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    rate_many(central, caller, "1", "very_satisfied", 30)
    rate_many(central, caller, "2", "fairly_satisfied", 30)
    supervisor.sign_in("supervisor")
    assert "The mean of 30 answers is far" in supervisor.get("/staff/ratings").text
