"""Signing in to central's pages, on both engines."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from kiosk.central.server.staff import accounts, passwords
from kiosk.central.server.staff.first import make_administrator
from kiosk.central.server.staff.tables import staff_account, staff_record, staff_session
from tests.kit.central import HALL, RunningCentral
from tests.kit.pages import PASSWORD, Browser, staffed


@pytest.fixture
def hall(central: RunningCentral) -> RunningCentral:
    staffed(central)
    return central


@pytest.fixture
def browser(hall: RunningCentral) -> Iterator[Browser]:
    one = Browser(hall)
    yield one
    one.close()


def kept(central: RunningCentral, login: str) -> dict[str, object]:
    return next(row for row in central.rows(staff_account) if row["login"] == login)


def test_nobody_has_a_password_before_they_set_one(central: RunningCentral) -> None:
    assert central.rows(staff_account) == []
    code = make_administrator(central.office, "chief", HALL)
    (row,) = central.rows(staff_account)
    assert row["password"] is None
    assert code.encode() not in row["code_hash"]
    browser = Browser(central)
    for guess in ("", "chief", "admin", code):
        assert browser.sign_in("chief", guess).status == 403
    browser.close()


def test_a_one_time_code_sets_a_password_once(central: RunningCentral) -> None:
    code = make_administrator(central.office, "chief", HALL)
    browser = Browser(central)
    form = {"login": "Chief", "code": code.lower().replace("-", " ")}
    form |= {"password": "ten letters", "again": "ten letters"}
    assert browser.post("/staff/code", {**form, "again": "other"}).status == 403
    assert browser.post("/staff/code", {**form, "password": "short"}).status == 403
    assert browser.post("/staff/code", form).status == 303
    assert browser.get("/staff/accounts").status == 200
    assert browser.post("/staff/code", form).status == 403
    (row,) = central.rows(staff_account)
    assert row["password"].startswith("$argon2id$")
    browser.close()


def test_a_one_time_code_dies_with_its_time(central: RunningCentral) -> None:
    code = make_administrator(central.office, "chief", HALL)
    minutes = accounts.rules_of(central.office).code_minutes
    central.clock.moment += timedelta(minutes=minutes)
    browser = Browser(central)
    form = {"login": "chief", "code": code, "password": PASSWORD, "again": PASSWORD}
    assert browser.post("/staff/code", form).status == 403
    browser.close()


def test_a_page_sends_a_stranger_to_sign_in_and_back(browser: Browser) -> None:
    asked = browser.get("/staff/accounts")
    assert (asked.status, asked.to) == (303, "/staff/sign-in?next=/staff/accounts")
    page = browser.get(asked.to)
    assert "登录" in page.text
    fields = {"login": "administrator", "password": PASSWORD, "next": "/staff/accounts"}
    assert browser.post("/staff/sign-in", fields).to == "/staff/accounts"
    assert browser.get("/staff/accounts").status == 200


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/staff//evil"])
def test_nobody_is_led_elsewhere_after_signing_in(browser: Browser, elsewhere: str) -> None:
    fields = {"login": "administrator", "password": PASSWORD, "next": elsewhere}
    assert browser.post("/staff/sign-in", fields).to == "/staff/home"


def test_the_cookie_is_for_this_site_and_no_script(hall: RunningCentral, browser: Browser) -> None:
    browser.post("/staff/sign-in", {"login": "clerk1", "password": PASSWORD})
    (line,) = browser.set_cookie
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(line.split("; "))
    secret = browser.cookies["staff"]
    (row,) = hall.rows(staff_session)
    assert row["session_hash"] == passwords.digest(secret) != secret.encode()


def test_wrong_tries_lock_the_account_for_a_while(hall: RunningCentral, browser: Browser) -> None:
    rules = accounts.rules_of(hall.office)
    for _ in range(rules.failures):
        assert browser.sign_in("clerk1", "wrong").status == 403
    locked = browser.sign_in("clerk1")
    assert locked.status == 403
    hall.clock.moment += timedelta(minutes=rules.lock_minutes)
    assert browser.sign_in("clerk1").status == 303
    assert kept(hall, "clerk1")["failures"] == 0


def test_an_answer_does_not_tell_whether_a_name_exists(browser: Browser) -> None:
    texts = [browser.sign_in(login, "wrong").text for login in ("clerk1", "nobody", "\x00", "")]
    assert len(set(texts)) == 1


def test_tries_at_once_are_all_counted(hall: RunningCentral) -> None:
    limit = accounts.rules_of(hall.office).failures
    gate = threading.Barrier(12)

    def guess(number: int) -> int:
        browser = Browser(hall)
        gate.wait(10)
        status = browser.sign_in("clerk1", f"guess {number}").status
        browser.close()
        return status

    with ThreadPoolExecutor(12) as threads:
        assert set(threads.map(guess, range(12))) == {403}
    row = kept(hall, "clerk1")
    assert row["failures"] == limit
    assert row["locked_until"] is not None


def test_a_session_left_alone_ends(hall: RunningCentral, browser: Browser) -> None:
    rules = accounts.rules_of(hall.office)
    browser.sign_in("administrator")
    for _ in range(3):
        hall.clock.moment += timedelta(minutes=rules.idle_minutes - 1)
        assert browser.get("/staff/accounts").status == 200
    hall.clock.moment += timedelta(minutes=rules.idle_minutes, seconds=1)
    assert browser.get("/staff/accounts").status == 303
    assert hall.rows(staff_session) == []


def test_no_session_outlives_the_day(hall: RunningCentral, browser: Browser) -> None:
    rules = accounts.rules_of(hall.office)
    browser.sign_in("administrator")
    end = hall.clock.moment + timedelta(hours=rules.longest_hours)
    while hall.clock.moment < end:
        assert browser.get("/staff/accounts").status == 200
        hall.clock.moment += timedelta(minutes=rules.idle_minutes - 1)
    assert browser.get("/staff/accounts").status == 303


def test_a_session_survives_a_restart_of_central(central_database: str) -> None:
    with RunningCentral(central_database) as central:
        staffed(central)
        browser = Browser(central)
        browser.sign_in("administrator")
        cookies = browser.cookies
        browser.close()
    with RunningCentral(central_database) as central:
        again = Browser(central)
        again.cookies = cookies
        assert again.get("/staff/accounts").status == 200
        again.close()


def test_signing_out_ends_the_session_at_the_server(hall: RunningCentral, browser: Browser) -> None:
    browser.sign_in("administrator")
    secret = browser.cookies["staff"]
    assert browser.post("/staff/sign-out", {}).status == 303
    browser.cookies["staff"] = secret
    assert browser.get("/staff/accounts").status == 303
    assert hall.rows(staff_session) == []


@pytest.mark.parametrize(
    ("login", "status"), [("clerk1", 403), ("supervisor", 403), ("administrator", 200)]
)
def test_only_administrators_see_accounts(browser: Browser, login: str, status: int) -> None:
    browser.sign_in(login)
    assert browser.get("/staff/accounts").status == status


def test_a_form_from_elsewhere_is_refused(hall: RunningCentral, browser: Browser) -> None:
    new = {"login": "mallory", "name": "某人", "number": "9", "role": "administrator", "stars": "0"}
    browser.sign_in("administrator")
    assert browser.post("/staff/accounts", {**new, "form_token": "guess"}).status == 403
    foreign = {"Origin": "https://evil.example"}
    assert browser.post("/staff/accounts", new, foreign).status == 403
    assert not any(row["login"] == "mallory" for row in hall.rows(staff_account))
    assert browser.post("/staff/accounts", new, {"Origin": f"http://{browser.host}"}).status == 200


def test_every_page_forbids_what_it_does_not_need(browser: Browser) -> None:
    page = browser.get("/staff/sign-in")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "script" not in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text
    assert not re.search(r"(src|href)=\"(https?:)?//", page.text)


def test_what_was_done_stands_in_the_records(hall: RunningCentral, browser: Browser) -> None:
    browser.sign_in("clerk1", "wrong")
    browser.sign_in("clerk1")
    browser.post("/staff/sign-out", {})
    mine = kept(hall, "clerk1")["account_id"]
    done = [row["action"] for row in hall.rows(staff_record) if row["account_id"] == mine][-5:]
    assert done == [
        "password_set",
        "sign_in_failed",
        "sign_in_failed",
        "signed_in",
        "signed_out",
    ]
