"""The clerk's window in a real browser: keys, calls, two windows at once, a scanned file."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from kiosk.central.server.queue.tables import file_error, window
from kiosk.central.server.staff.tables import staff_record
from kiosk.central.server.tables import ticket
from tests.kit.browser import Browser, browser
from tests.kit.central import (
    Caller,
    RunningCentral,
    WallClock,
    application_request,
    ticket_request,
)
from tests.kit.pages import PASSWORD, staffed

SHOTS = os.environ.get("KIOSK_SHOTS", "")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as made:
        yield made


@pytest.fixture(scope="module")
def second() -> Iterator[Browser]:
    with browser() as made:
        yield made


@pytest.fixture
def hall(migrated_file: Path, tmp_path: Path) -> Iterator[RunningCentral]:
    database = tmp_path / "central.db"
    database.write_bytes(migrated_file.read_bytes())
    with RunningCentral(str(database), WallClock()) as server:
        staffed(server)
        yield server


def take(hall: RunningCentral, **changes: object) -> str:
    caller = Caller(hall.port)
    number = caller.post("/v1/tickets", ticket_request(**changes)).body["number"]
    caller.close()
    return str(number)


def at_window(seen: Browser, hall: RunningCentral, login: str, name: str) -> None:
    seen.leave()
    seen.open(f"{hall.url}/staff/sign-in?next=/staff/window/{name}")
    seen.driver.delete_all_cookies()
    seen.open(f"{hall.url}/staff/sign-in?next=/staff/window/{name}")
    seen.find("input[name=login]").send_keys(login)
    seen.find("input[name=password]").send_keys(PASSWORD, Keys.ENTER)
    seen.until_says("h1", f"{name}号窗口")
    seen.find("html[data-ready]")


def shot(seen: Browser, name: str) -> None:
    if SHOTS:
        seen.picture(Path(SHOTS) / f"window-{name}.png")


def press_and_see(seen: Browser, steps: tuple[tuple[str, str, str], ...]) -> None:
    for key, css, text in steps:
        seen.press(key)
        seen.until_says(css, text)


def test_a_clerk_works_by_keys_alone(chromium: Browser, hall: RunningCentral) -> None:
    take(hall)
    at_window(chromium, hall, "clerk1", "1")
    shot(chromium, "closed")
    chromium.press(Keys.F2)
    chromium.until_says(".idle", "1 人等候")
    shot(chromium, "idle")
    chromium.press(Keys.F2)
    chromium.until_says("#number", "A001")
    shot(chromium, "called")
    press_and_see(
        chromium,
        (
            (Keys.F8, ".serving", "办理中"),
            (Keys.F6, "#held", "A001"),
            (Keys.F2, "[role=alert]", "现在没有人等候"),
        ),
    )
    chromium.click("#held button")
    chromium.until_says(".serving", "A001")
    shot(chromium, "serving")
    chromium.press(Keys.F9)
    chromium.until_says(".head", "今日已办 1 件")
    assert chromium.complaints() == []


def test_whoever_does_not_come_is_called_thrice_and_may_come_back(
    chromium: Browser, hall: RunningCentral
) -> None:
    take(hall)
    take(hall)
    at_window(chromium, hall, "clerk1", "1")
    press_and_see(
        chromium,
        (
            (Keys.F2, ".idle", "2 人等候"),
            (Keys.ENTER, "#number", "A001"),
            (Keys.F3, ".now", "已呼叫 2 次"),
            (Keys.F3, ".now", "已呼叫 3 次"),
            (Keys.F4, "#missed", "A001"),
            (Keys.ENTER, "#number", "A002"),
            (Keys.ENTER, ".serving", "办理中"),
            (Keys.ENTER, ".idle", "0 人等候"),
        ),
    )
    chromium.click("#missed button")
    chromium.until_says(".idle", "1 人等候")
    chromium.press(Keys.F2)
    chromium.until_says("#number", "A001")
    assert chromium.complaints() == []


def test_two_windows_never_get_the_same_person_and_see_each_other(
    chromium: Browser, second: Browser, hall: RunningCentral
) -> None:
    for _ in range(4):
        take(hall)
    at_window(chromium, hall, "clerk1", "1")
    at_window(second, hall, "clerk2", "2")
    for one in (chromium, second):
        one.press(Keys.F2)
        one.until_says(".idle", "人等候")
    called = []
    for _ in range(2):
        for one in (chromium, second):
            one.press(Keys.F2)
        for one in (chromium, second):
            one.until_says(".now", "已呼叫")
            called.append(one.text("#number"))
            one.press(Keys.ENTER)
            one.until_says(".serving", "办理中")
            one.press(Keys.F9)
            one.until_says(".idle", "人等候")
    assert sorted(called) == ["A001", "A002", "A003", "A004"]
    # Nobody reloads: what happens at the machine is seen at both windows.
    take(hall)
    for one in (chromium, second):
        one.until_says(".idle", "1 人等候")
        assert one.complaints() == []


def test_a_scanned_ticket_begins_and_shows_its_file_under_audit(
    chromium: Browser, hall: RunningCentral
) -> None:
    caller = Caller(hall.port)
    caller.post("/v1/applications", application_request("a-1"))
    caller.close()
    take(hall, ticket_id="t-1", application_id="a-1", services=["passport", "taiwan_permit"])
    at_window(chromium, hall, "clerk1", "1")
    chromium.press(Keys.F2)
    chromium.until_says(".idle", "1 人等候")
    chromium.press(Keys.F2)
    chromium.until_says("#number", "A001")
    chromium.press("T1:t-1" + Keys.ENTER)
    chromium.until_says(".serving", "办理中")
    chromium.until_says("#file", "测试甲")
    chromium.until_says("#file", "13900000000")
    shot(chromium, "file")
    reads = [one for one in hall.rows(staff_record) if one["action"] == "personal_read"]
    assert [(one["subject_id"], one["reason"]) for one in reads] == [("a-1", "window 1")]
    chromium.click(".wrong button")
    chromium.until_says(".marked", "姓名")
    found = hall.rows(file_error)
    assert [(one["code"], one["application_id"], one["window"]) for one in found] == [
        ("name", "a-1", "1")
    ]
    chromium.click("[data-press=F9]")
    chromium.until_says(".idle", "0 人等候")
    assert chromium.count("#file") == 0
    assert chromium.complaints() == []


def test_transfer_pause_and_the_list_of_windows(chromium: Browser, hall: RunningCentral) -> None:
    take(hall)
    at_window(chromium, hall, "clerk1", "1")
    chromium.press(Keys.F2)
    chromium.until_says(".idle", "1 人等候")
    chromium.press(Keys.F2)
    chromium.until_says("#number", "A001")
    chromium.press(Keys.F7)
    chromium.press("D" + Keys.TAB + Keys.ENTER)
    chromium.until_says(".idle", "0 人等候")
    chromium.press(Keys.F10)
    chromium.until_says(".head", "暂停")
    chromium.open(f"{hall.url}/staff/window")
    chromium.until_says(".desk.paused", "李晓云")
    shot(chromium, "list")
    assert hall.rows(file_error) == []
    assert chromium.complaints() == []


def test_what_a_clerk_is_choosing_survives_whoever_comes_meanwhile(
    chromium: Browser, hall: RunningCentral
) -> None:
    at_window(chromium, hall, "clerk1", "1")
    waiting = chromium.text("aside tr.ours .n")
    take(hall)
    chromium.driver.execute_async_script(
        "const look = refresh(); document.querySelector('[name=serve_collect]').click();"
        "look.then(arguments[0]);"
    )
    chromium.click("h1")
    chromium.driver.execute_async_script("refresh().then(arguments[0])")
    assert chromium.find("[name=serve_collect]").is_selected()
    assert chromium.text("aside tr.ours .n") == waiting == "0"
    chromium.press(Keys.F2)
    chromium.until_says(".idle", "1 人等候")
    chromium.until_says("aside tr.ours", "领取证件")
    assert chromium.complaints() == []


def test_what_a_window_serves_and_prefers_is_chosen_and_outlives_its_closing(
    chromium: Browser, hall: RunningCentral
) -> None:
    take(hall)
    take(hall, services=["hk_macao_permit"])
    hall.clock.moment += timedelta(minutes=10)
    last = hall.clock.now().isoformat()
    take(hall, services=["taiwan_permit"], taken_at=last)
    at_window(chromium, hall, "clerk1", "1")
    chromium.click("[name=serve_hk_macao_permit]")  # usual here
    chromium.click("[name=serve_taiwan_permit]")
    lead = chromium.find("[name=lead_taiwan_permit]")
    lead.clear()
    lead.send_keys("20")
    shot(chromium, "chosen")
    press_and_see(chromium, ((Keys.F2, ".idle", "2 人等候"),))
    for number in ("C001", "A001"):
        press_and_see(
            chromium,
            (
                (Keys.F2, "#number", number),
                (Keys.F8, ".serving", "办理中"),
                (Keys.F9, ".idle", "人等候"),
            ),
        )
    press_and_see(chromium, ((Keys.F2, "[role=alert]", "现在没有人等候"),))
    chromium.click("form[action$='/close'] button")
    chromium.until_says(".head .tag", "未开放")
    assert chromium.find("[name=lead_taiwan_permit]").get_attribute("value") == "20"
    assert not chromium.find("[name=serve_hk_macao_permit]").is_selected()
    (row,) = hall.rows(window)
    kept = [(one["service_id"], one["lead_min"]) for one in row["services"]]
    assert (row["state"], row["staff_id"], row["served"]) == ("closed", None, 2)
    assert kept == [("passport", 0), ("taiwan_permit", 20)]
    assert chromium.complaints() == []


def test_a_clerk_regrades_whoever_proves_a_need_and_voids_a_number(
    chromium: Browser, hall: RunningCentral
) -> None:
    take(hall, ticket_id="t-1")
    take(hall, ticket_id="t-2")
    at_window(chromium, hall, "clerk1", "1")
    open_and_scan = ((Keys.F2, ".idle", "2 人等候"), ("T1:t-2" + Keys.ENTER, "#file", "A002"))
    press_and_see(chromium, open_and_scan)
    take(hall)
    chromium.until_says("aside tr.ours .n", "3")
    chromium.click("#file select[name=need] option[value=disabled]")
    chromium.click("#file select[name=need] + button")
    chromium.until_says("#file .tag", "优先 · 残疾人")
    press_and_see(chromium, ((Keys.F2, "#number", "A002"),))
    chromium.until_says(".now .tag", "优先 · 残疾人")
    chromium.click("form[action$='/void'] button")
    chromium.until_says(".idle", "2 人等候")
    assert chromium.count("#file") == 0
    states = [(one["queue_state"], one["ticket_class"]) for one in hall.rows(ticket)][:2]
    assert states == [("waiting", "ordinary"), ("voided", "priority")]
    assert chromium.complaints() == []


def test_the_page_says_when_the_line_to_central_is_down(
    chromium: Browser, hall: RunningCentral
) -> None:
    at_window(chromium, hall, "clerk1", "1")
    chromium.press(Keys.F2)
    chromium.until_says(".idle", "0 人等候")
    hall.__exit__()
    chromium.until_says("#line", "连接中断")
    shot(chromium, "line-down")
