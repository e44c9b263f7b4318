"""The booking page as a citizen without scripts uses it: three steps, a code, and back again."""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from kiosk.central.server.bookings.tables import booking
from tests.kit.bookings import today_at
from tests.kit.central import HALL, RunningCentral, application_request
from tests.kit.pages import Browser, Page

NUMBER = application_request()["identity"]["number"]
TEN = today_at(10)
TIMES = f"/book/time?hall={HALL}&services=passport"
_FIELD = re.compile(r'name="(hall|services|starts|booking_id)" value="([^"]+)"')
_SLOT = re.compile(r'href="(/book/person\?[^"]+)"')


@pytest.fixture
def central(migrated_file: Path, tmp_path: Path) -> Iterator[RunningCentral]:
    """On one engine: the pages stand on the interface, which is tested on both."""
    database = shutil.copy(migrated_file, tmp_path / "central.db")
    with RunningCentral(str(database)) as server:
        yield server


@pytest.fixture
def citizen(central: RunningCentral) -> Iterator[Browser]:
    person = Browser(central)
    yield person
    person.close()


def person_page(citizen: Browser, starts: str = TEN.isoformat()) -> Page:
    return citizen.get(f"/book/person?hall={HALL}&services=passport&starts={quote(starts)}")


def form_of(page: Page) -> dict[str, str]:
    return dict(_FIELD.findall(page.text))


def books(citizen: Browser, **typed: str) -> Page:
    return citizen.post("/book/person", {**form_of(person_page(citizen)), **typed})


def test_three_steps_lead_to_a_code_with_time_place_and_what_to_bring(citizen: Browser) -> None:
    assert "普通护照" in citizen.get("/book").text
    slots = _SLOT.findall(citizen.get(TIMES).text.replace("&amp;", "&"))
    page = citizen.get(slots[0])
    answer = citizen.post("/book/person", {**form_of(page), "number": NUMBER})
    assert answer.status == 303
    shown = citizen.get(answer.to).text
    assert re.search(r"\d{4} \d{4}</p>", shown)
    assert "黄石市公安局出入境接待大厅" in shown
    assert "身份证" in shown


def test_a_button_pressed_twice_books_once(central: RunningCentral, citizen: Browser) -> None:
    sent = {**form_of(person_page(citizen)), "number": NUMBER, "phone": "138 0000 0001"}
    first, second = citizen.post("/book/person", sent), citizen.post("/book/person", sent)
    assert first.to == second.to
    (kept,) = central.rows(booking)
    assert NUMBER.encode() not in repr(kept).encode()
    assert b"13800000001" not in kept["phone"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"number": NUMBER[:-1] + "0"}, "号码"),
        ({"number": "1"}, "号码"),
        ({"number": NUMBER, "phone": "12"}, "手机"),
    ],
    ids=["wrong check digit", "no number", "no phone"],
)
def test_a_slip_of_the_finger_is_said_and_nothing_typed_is_lost(
    central: RunningCentral, citizen: Browser, typed: dict[str, str], says: str
) -> None:
    answer = books(citizen, **typed)
    assert answer.status == 422
    assert f'value="{typed["number"]}"' in answer.text
    assert says in answer.text.split('role="alert"')[1]
    assert central.rows(booking) == []


def test_a_second_booking_for_one_day_is_refused_in_words(citizen: Browser) -> None:
    assert books(citizen, number=NUMBER).status == 303
    again = books(citizen, number=NUMBER)
    assert again.status == 422
    assert 'role="alert"' in again.text


def test_nothing_chosen_and_a_slot_gone_lead_back_with_a_reason(
    central: RunningCentral, citizen: Browser
) -> None:
    assert citizen.get(f"/book/time?hall={HALL}").to == f"/book?hall={HALL}&wrong=nothing"
    page = form_of(person_page(citizen))
    central.clock.moment += timedelta(hours=1)
    late = citizen.post("/book/person", {**page, "number": NUMBER})
    assert late.to == f"/book?hall={HALL}&wrong=no_such_slot"
    assert 'role="alert"' in citizen.get(late.to).text


def test_a_booking_is_found_by_code_and_number_together_only(
    central: RunningCentral, citizen: Browser
) -> None:
    made = books(citizen, number=NUMBER).to
    code = central.rows(booking)[0]["code"]
    assert citizen.post("/book/find", {"code": code, "number": NUMBER}).to == made
    for wrong in ({"code": code, "number": "42029919900101006X"}, {"code": "0", "number": NUMBER}):
        missed = citizen.post("/book/find", wrong)
        assert missed.status == 404
        assert 'role="alert"' in missed.text


def test_a_booking_is_given_back_in_time_and_not_after(
    central: RunningCentral, citizen: Browser
) -> None:
    page = form_of(person_page(citizen, today_at(15).isoformat()))
    made = citizen.post("/book/person", {**page, "number": NUMBER}).to
    assert citizen.post(f"{made}/cancel", {}).to == made
    assert "已取消" in citizen.get(made).text
    assert central.rows(booking)[0]["state"] == "cancelled"
    page = form_of(person_page(citizen, today_at(15).isoformat()))
    made = citizen.post("/book/person", {**page, "number": NUMBER}).to
    central.clock.moment = today_at(14, 59)
    refused = citizen.post(f"{made}/cancel", {}).to
    assert refused == f"{made}?wrong=too_late_to_cancel"
    assert 'role="alert"' in citizen.get(refused).text


def test_the_calendar_has_the_slot_and_nobodys_number(citizen: Browser) -> None:
    made = books(citizen, number=NUMBER).to
    entry = citizen.get(f"{made}/calendar.ics")
    assert entry.headers["content-type"].startswith("text/calendar")
    assert "DTSTART:20261124T100000" in entry.text
    assert NUMBER not in entry.text


def test_who_booked_nothing_sees_nothing_and_strange_hours_are_no_page(citizen: Browser) -> None:
    assert citizen.get("/book/done/nobody").status == 404
    assert person_page(citizen, "soon").status == 404
    assert person_page(citizen, today_at(3).isoformat()).status == 303


def test_the_page_speaks_english_when_asked_and_leads_nowhere_else(citizen: Browser) -> None:
    assert citizen.get("/book/language/en?next=/book/find").to == "/book/find"
    assert 'lang="en"' in citizen.get("/book").text
    assert citizen.get("/book/language/en?next=//elsewhere.example").to == "/book"


def test_a_form_from_another_site_books_nothing(central: RunningCentral, citizen: Browser) -> None:
    page = form_of(person_page(citizen))
    elsewhere = {"Origin": "http://elsewhere.example"}
    answer = citizen.post("/book/person", {**page, "number": NUMBER}, elsewhere)
    assert answer.status == 403
    assert central.rows(booking) == []


@pytest.mark.parametrize("forged", [{"starts": "soon"}, {"booking_id": "b1"}, {"services": ""}])
def test_a_form_that_our_page_never_made_is_refused(
    central: RunningCentral, citizen: Browser, forged: dict[str, str]
) -> None:
    assert books(citizen, number=NUMBER, **forged).status == 422
    assert central.rows(booking) == []
