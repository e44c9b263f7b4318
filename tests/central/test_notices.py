"""Notices: staff write them, machines and displays read what holds today."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from kiosk.central.server.events.tables import event
from kiosk.central.server.staff.tables import staff_record
from tests.kit.central import HALL, Caller, RunningCentral
from tests.kit.pages import Browser, staffed

TODAY = f"/v1/notices?hall_id={HALL}"
WRITTEN = {
    "kind": "travel_warning",
    "priority": "7",
    "valid_from": "2026-11-24",
    "valid_to": "",
    "title_zh_CN": "出行提醒",
    "text_zh_CN": "第一行\r\n第二行",
    "title_en": "Travel warning",
}


@pytest.fixture
def pages(central: RunningCentral) -> Iterator[Browser]:
    staffed(central)
    person = Browser(central)
    person.get("/staff/sign-in")
    person.sign_in("supervisor")
    person.get("/staff/notices")
    yield person
    person.close()


def titles(caller: Caller) -> list[str]:
    return [one["titles"]["zh_CN"] for one in caller.get(TODAY).body["notices"]]


def test_what_a_supervisor_writes_every_machine_reads(
    central: RunningCentral, caller: Caller, pages: Browser
) -> None:
    assert pages.post("/staff/notices", WRITTEN).to == "/staff/notices"
    told = caller.get(TODAY).body["notices"]
    assert [one["titles"] for one in told] == [{"zh_CN": "出行提醒", "en": "Travel warning"}]
    assert told[0]["texts"] == {"zh_CN": "第一行\n第二行"}
    assert told[0]["hall_id"] == HALL
    events = [(one["kind"], one["hall_id"]) for one in central.rows(event)]
    assert ("notice_changed", HALL) in events
    assert "notice_changed" in {one["action"] for one in central.rows(staff_record)}


def test_notices_come_by_priority_and_only_on_their_days(
    central: RunningCentral, caller: Caller, pages: Browser
) -> None:
    pages.post("/staff/notices", {**WRITTEN, "title_zh_CN": "低", "priority": "1"})
    pages.post("/staff/notices", {**WRITTEN, "title_zh_CN": "高", "priority": "9"})
    ends = {**WRITTEN, "title_zh_CN": "今天", "valid_to": "2026-11-24"}
    pages.post("/staff/notices", ends)
    pages.post("/staff/notices", {**WRITTEN, "title_zh_CN": "以后", "valid_from": "2026-11-25"})
    assert titles(caller) == ["高", "今天", "低"]
    central.clock.moment += timedelta(days=1)
    assert titles(caller) == ["高", "以后", "低"]


def test_a_notice_is_changed_and_withdrawn(caller: Caller, pages: Browser) -> None:
    pages.post("/staff/notices", WRITTEN)
    notice_id = caller.get(TODAY).body["notices"][0]["notice_id"]
    assert "第二行" in pages.get(f"/staff/notices/{notice_id}").text
    pages.post(f"/staff/notices/{notice_id}", {**WRITTEN, "title_zh_CN": "改过"})
    assert titles(caller) == ["改过"]
    pages.post(f"/staff/notices/{notice_id}/withdraw", {})
    assert titles(caller) == []
    assert pages.get(f"/staff/notices/{notice_id}").status == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_zh_CN": ""},
        {"kind": "advert"},
        {"priority": "10"},
        {"valid_from": "soon"},
        {"valid_to": "2026-11-23"},
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed(
    caller: Caller, pages: Browser, wrong: dict[str, str]
) -> None:
    answer = pages.post("/staff/notices", {**WRITTEN, "title_en": "Typed so", **wrong})
    assert answer.status == 422
    assert "Typed so" in answer.text
    assert titles(caller) == []


def test_only_an_administrator_speaks_to_the_whole_city(
    central: RunningCentral, caller: Caller, pages: Browser
) -> None:
    refused = pages.post("/staff/notices", {**WRITTEN, "all_halls": "yes"})
    assert refused.status == 403
    boss = Browser(central)
    boss.get("/staff/sign-in")
    boss.sign_in("administrator")
    boss.post("/staff/notices", {**WRITTEN, "all_halls": "yes"})
    told = caller.get(TODAY).body["notices"]
    assert [one["hall_id"] for one in told] == [None]
    assert pages.post(f"/staff/notices/{told[0]['notice_id']}/withdraw", {}).status == 403
    boss.close()


def test_a_clerk_writes_no_notices(central: RunningCentral, pages: Browser) -> None:
    clerk = Browser(central)
    clerk.get("/staff/sign-in")
    clerk.sign_in("clerk1")
    assert clerk.get("/staff/notices").status == 403
    clerk.close()
