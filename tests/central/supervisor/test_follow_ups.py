"""What becomes of a bad rating, as supervisors see and do it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.central.server.overview import follow_up_pages
from kiosk.central.server.ratings import tables
from kiosk.central.server.staff.tables import staff_record
from tests.kit.central import Caller, RunningCentral
from tests.kit.pages import Browser
from tests.kit.ratings import asked, hello, later, rate

PHONE = "13900000000"


def bad(central: RunningCentral, caller: Caller, ticket_id: str = "t-1", phone: str = "") -> str:
    """A bad rating; the path of its page."""
    hello(caller)
    answer = asked(central, caller, ticket_id).answer("dissatisfied", reasons=["attitude"])
    assert rate(caller, {**answer, "call_back_phone": phone or None}).body["followed_up"]
    (made,) = [
        one for one in central.rows(tables.follow_up) if one["request_id"] == answer["request_id"]
    ]
    return f"/staff/follow-ups/{made['follow_up_id']}"


def due(central: RunningCentral) -> tuple[date, date]:
    (row,) = central.rows(tables.follow_up)
    return row["contact_due"], row["close_due"]


def looks(central: RunningCentral, why: str) -> list[tuple[str, str]]:
    """Whose personal data was read for a reason."""
    read = [one for one in central.rows(staff_record) if one["action"] == "personal_read"]
    return [(one["subject_table"], one["subject_id"]) for one in read if one["reason"] == why]


@pytest.mark.parametrize(
    ("day", "contact", "close"),
    [
        (date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 1)),
        (date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 13)),  # over National Day
        (date(2026, 2, 13), date(2026, 2, 14), date(2026, 2, 27)),  # a Saturday made up
    ],
)
def test_terms_are_counted_in_working_days(
    central: RunningCentral, caller: Caller, day: date, contact: date, close: date
) -> None:
    central.clock.moment = datetime(day.year, day.month, day.day, 3, tzinfo=UTC).astimezone(
        central.clock.moment.tzinfo
    )
    bad(central, caller)
    assert due(central) == (contact, close)


def test_a_citizen_who_wants_no_call_stays_unknown(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    path = bad(central, caller, "t-secret")
    page = supervisor.get(path)
    assert page.status == 200
    assert "t-secret" not in page.text
    assert "nobody is shown who it was" in page.text
    assert "/phone" not in page.text
    assert "t-secret" not in supervisor.get("/staff/follow-ups").text
    shown = supervisor.post(f"{path}/phone", {})
    assert 'class="code"' not in shown.text
    assert not looks(central, "asked_for_call")


def test_each_look_at_a_number_is_recorded(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    path = bad(central, caller, phone=PHONE)
    assert PHONE not in supervisor.get(path).text
    for n in (1, 2):
        assert PHONE in supervisor.post(f"{path}/phone", {}).text
        assert looks(central, "asked_for_call") == [("follow_up", path[18:])] * n


def test_another_language_shows_the_same_page_after_a_form_and_for_the_same_day(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    path = bad(central, caller, phone=PHONE)
    before = f"/staff/call-backs?day={central.clock.today() - timedelta(days=2)}"
    for page, again in (
        (supervisor.post(f"{path}/phone", {}), path),
        (supervisor.get(before), before),
        (supervisor.get("/staff/follow-ups?closed=true"), "/staff/follow-ups?closed=true"),
    ):
        (link,) = re.findall(r'href="(/staff/language/zh_CN[^"]+)"', page.text)
        assert supervisor.get(link).to == again
        assert supervisor.get(again).status == 200
        supervisor.get("/staff/language/en")


def test_a_number_is_kept_no_longer_than_the_matter_is_open(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    path = bad(central, caller, phone=PHONE)
    supervisor.post(path, {"act": "reached", "note": ""})
    assert PHONE in supervisor.post(f"{path}/phone", {}).text
    supervisor.post(path, {"act": "explained", "note": ""})
    (row,) = central.rows(tables.follow_up)
    assert (row["state"], row["phone"]) == ("closed", b"")
    asked_again = supervisor.post(f"{path}/phone", {}).text
    assert PHONE not in asked_again
    assert "the number was deleted" in asked_again
    assert f"{path}/phone" not in supervisor.get(path).text
    assert len(looks(central, "asked_for_call")) == 1


def test_each_look_at_a_bad_rating_and_its_notes_is_recorded(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    path = bad(central, caller)
    supervisor.get("/staff/follow-ups")
    assert not looks(central, "follow_up")
    for n in (1, 2):
        supervisor.get(path)
        assert looks(central, "follow_up") == [("follow_up", path[18:])] * n
    assert supervisor.get("/staff/follow-ups/r-nowhere").status == 404
    assert len(looks(central, "follow_up")) == 2


def test_a_bad_rating_is_looked_into_put_right_and_closed(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    path = bad(central, caller)
    too_soon = supervisor.post(path, {"act": "fixed", "note": ""})
    assert too_soon.status == 409
    assert supervisor.post(path, {"act": "looked_into", "note": "问过窗口"}).status == 303
    assert supervisor.post(path, {"act": "fixed", "note": "已整改"}).status == 303
    page = supervisor.get(path)
    assert "问过窗口" in page.text
    assert 'name="act"' not in page.text
    (row,) = central.rows(tables.follow_up)
    assert (row["state"], row["outcome"]) == ("closed", "fixed")
    notes = [one["note"] for one in central.rows(tables.follow_up_step)]
    assert all("整改".encode() not in one for one in notes)
    assert supervisor.get("/staff/follow-ups?closed=true").text.count(path) == 1
    assert path not in supervisor.get("/staff/follow-ups").text


def test_a_complex_matter_gets_the_ledgers_term(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    path = bad(central, caller, phone=PHONE)
    supervisor.post(path, {"act": "reached", "note": ""})
    supervisor.post(path, {"act": "ledger", "note": ""})
    assert due(central)[1] == date(2026, 12, 15)


def test_a_number_nobody_answers_is_called_three_times_and_then_looked_into(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    path = bad(central, caller, phone=PHONE)
    for _call in range(3):
        assert 'value="looked_into"' not in supervisor.get(path).text
        assert supervisor.post(path, {"act": "looked_into", "note": ""}).status == 409
        assert supervisor.post(path, {"act": "not_reached", "note": "无人接听"}).status == 303
    assert 'value="looked_into"' in supervisor.get(path).text
    assert supervisor.post(path, {"act": "looked_into", "note": ""}).status == 303
    assert supervisor.post(path, {"act": "explained", "note": ""}).status == 303
    (row,) = central.rows(tables.follow_up)
    assert (row["state"], row["outcome"]) == ("closed", "explained")


def test_an_appeal_that_is_rejected_does_not_stand_for_the_call(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    path = bad(central, caller, phone=PHONE)
    assert supervisor.post(path, {"act": "appeal", "note": ""}).status == 303
    chief = Browser(central)
    chief.sign_in("administrator")
    assert chief.post(path, {"act": "reject", "note": ""}).status == 303
    chief.close()
    assert supervisor.post(path, {"act": "fixed", "note": ""}).status == 409
    assert supervisor.post(path, {"act": "reached", "note": ""}).status == 303
    assert supervisor.post(path, {"act": "fixed", "note": ""}).status == 303


def test_an_appeal_is_reviewed_by_somebody_else(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    path = bad(central, caller)
    assert supervisor.post(path, {"act": "appeal", "note": "不实"}).status == 303
    assert supervisor.post(path, {"act": "uphold", "note": ""}).status == 409
    chief = Browser(central)
    chief.sign_in("administrator")
    assert chief.post(path, {"act": "uphold", "note": ""}).status == 303
    chief.close()
    assert len(central.rows(tables.rating)) == 1  # upheld, yet never removed
    assert sum(row["stars_2"] for row in central.rows(tables.rating_day)) == 1


def test_what_is_overdue_says_so(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    bad(central, caller)
    assert "Overdue" not in supervisor.get("/staff/follow-ups").text
    later(central, days=2)
    supervisor.sign_in("supervisor")
    assert "Overdue" in supervisor.get("/staff/follow-ups").text


def test_the_first_page_says_how_many_wait_and_how_many_are_overdue(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    paths = [bad(central, caller, f"t-{number}") for number in range(5)]
    later(central, days=2)
    paths += [bad(central, caller, f"t-late-{number}") for number in range(4)]
    supervisor.sign_in("supervisor")
    supervisor.post(paths[0], {"act": "looked_into", "note": ""})
    supervisor.post(paths[1], {"act": "looked_into", "note": ""})
    supervisor.post(paths[1], {"act": "fixed", "note": ""})
    page = supervisor.get("/staff").text
    assert page.count('href="/staff/follow-ups/f-') == 6
    for said in ("8 open", "3 overdue", 'href="/staff/follow-ups">Show all'):
        assert said in page
    every = supervisor.get("/staff/follow-ups").text
    assert ("8 open" in every, every.count('href="/staff/follow-ups/f-')) == (True, 8)
    assert "1 closed" in supervisor.get("/staff/follow-ups?closed=true").text


def test_more_follow_ups_than_a_page_holds_go_on_on_the_next(
    central: RunningCentral, caller: Caller, supervisor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_up_pages, "PER_PAGE", 2)
    paths = {bad(central, caller, f"t-{number}") for number in range(5)}
    found: list[str] = []
    for page in (1, 2, 3):
        text = supervisor.get(f"/staff/follow-ups?page={page}").text
        found += re.findall(r'href="(/staff/follow-ups/f-[^"]+)"', text)
        assert (f"?page={page + 1}" in text) == (page < 3)
    assert (len(found), set(found)) == (5, paths)
    assert supervisor.get("/staff/follow-ups?page=0").status == 422


def test_clerks_do_not_see_who_complained(central: RunningCentral, caller: Caller) -> None:
    path = bad(central, caller, phone=PHONE)
    clerk = Browser(central)
    clerk.sign_in("clerk1")
    for where in ("/staff", "/staff/follow-ups", path, "/staff/call-backs", "/staff/ratings"):
        assert clerk.get(where).status == 403
    assert clerk.post(f"{path}/phone", {}).status == 403
    clerk.close()
