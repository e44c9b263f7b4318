"""The administrator's pages, on both engines."""

import re
from collections.abc import Iterator

import pytest

from kiosk.central.server.staff.tables import staff_account, staff_record
from tests.kit.central import RunningCentral
from tests.kit.pages import PASSWORD, Browser, signed_in, staffed

NEW = {"login": "zhang", "name": "张三丰", "number": "4203", "role": "clerk", "stars": "3"}


@pytest.fixture
def hall(central: RunningCentral) -> RunningCentral:
    staffed(central)
    return central


@pytest.fixture
def chief(hall: RunningCentral) -> Iterator[Browser]:
    with signed_in(hall, "administrator", "en") as one:
        yield one


def account(central: RunningCentral, login: str) -> dict[str, object]:
    return next(row for row in central.rows(staff_account) if row["login"] == login)


def code_on(text: str) -> str:
    found = re.search(r'class="code">([A-Z0-9-]+)<', text)
    assert found, "no code on the page"
    return found.group(1)


def test_a_new_person_gets_in_with_the_code_shown_once(
    hall: RunningCentral, chief: Browser
) -> None:
    page = chief.post("/staff/accounts", NEW)
    code = code_on(page.text)
    assert 'class="code"' not in chief.get("/staff/accounts").text
    browser = Browser(hall)
    form = {"login": "zhang", "code": code, "password": PASSWORD, "again": PASSWORD}
    assert browser.post("/staff/code", form).status == 303
    assert "张三丰" in browser.get("/staff/me").text
    browser.close()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"login": "clerk1"}, "Somebody else"),
        ({"number": "4201"}, "Somebody else"),
        ({"login": "张"}, "begins with a letter"),
        ({"number": "<b>"}, "letters or digits"),
        ({"name": ""}, "give a name"),
        ({"role": "king"}, "choose a role"),
        ({"stars": "6"}, "0 to 5"),
    ],
)
def test_what_cannot_be_kept_is_said(
    hall: RunningCentral, chief: Browser, changes: dict[str, str], said: str
) -> None:
    before = len(hall.rows(staff_account))
    page = chief.post("/staff/accounts", {**NEW, **changes})
    assert page.status in (409, 422)
    assert said in page.text
    assert len(hall.rows(staff_account)) == before


def test_a_name_is_shown_and_never_run(hall: RunningCentral, chief: Browser) -> None:
    page = chief.post("/staff/accounts", {**NEW, "name": "<script>x</script>"})
    assert page.status == 200
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text


def test_a_closed_account_is_out_at_once(hall: RunningCentral, chief: Browser) -> None:
    clerk = Browser(hall)
    clerk.sign_in("clerk1")
    assert clerk.get("/staff/me").status == 200
    where = f"/staff/accounts/{account(hall, 'clerk1')['account_id']}"
    fields = {"name": "李晓云", "role": "clerk", "stars": "5", "state": "closed"}
    assert chief.post(where, fields).status == 303
    assert clerk.get("/staff/me").status == 303
    assert clerk.sign_in("clerk1").status == 403
    clerk.close()


def test_the_last_administrator_stays(hall: RunningCentral, chief: Browser) -> None:
    where = f"/staff/accounts/{account(hall, 'administrator')['account_id']}"
    for fields in ({"state": "closed", "role": "administrator"}, {"role": "clerk"}):
        page = chief.post(where, {"name": "周明", "stars": "0", **fields})
        assert page.status == 422
        assert "At least one administrator" in page.text
    assert account(hall, "administrator")["state"] == "active"
    assert account(hall, "administrator")["role"] == "administrator"


def test_a_new_code_ends_the_old_password(hall: RunningCentral, chief: Browser) -> None:
    where = f"/staff/accounts/{account(hall, 'clerk1')['account_id']}/code"
    code = code_on(chief.post(where, {}).text)
    clerk = Browser(hall)
    form = {"login": "clerk1", "code": code, "password": "another one", "again": "another one"}
    assert clerk.post("/staff/code", form).status == 303
    assert clerk.sign_in("clerk1", PASSWORD).status == 403
    clerk.close()


def test_people_of_another_hall_are_not_there(hall: RunningCentral, chief: Browser) -> None:
    with hall.office.database.transaction() as connection:
        connection.execute(
            staff_account.update().where(staff_account.c.login == "clerk2").values(hall_id="hs-2")
        )
    assert "王建国" not in chief.get("/staff/accounts").text
    where = f"/staff/accounts/{account(hall, 'clerk2')['account_id']}/code"
    assert chief.post(where, {}).status == 404


def test_records_say_who_did_what(hall: RunningCentral, chief: Browser) -> None:
    chief.post("/staff/accounts", NEW)
    page = chief.get("/staff/records")
    assert "Account made" in page.text
    assert "周明" in page.text
    made = [row for row in hall.rows(staff_record) if row["action"] == "account_made"]
    assert made[-1]["account_id"] == account(hall, "administrator")["account_id"]
