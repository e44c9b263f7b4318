"""The display and the clerk's window in English: every word, nothing cut off or overflowing."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.kit.browser import Browser, browser
from tests.kit.central import HALL, RunningCentral, WallClock
from tests.kit.pages import PASSWORD, signed_in, staffed
from tests.kit.queue_hall import Hall

SHOTS = os.environ.get("KIOSK_SHOTS", "")
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
OUTSIDE = """
const found = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const text = range.getBoundingClientRect(), own = node.parentElement.getBoundingClientRect();
  if (!node.textContent.trim() || !node.parentElement.checkVisibility()) continue;
  for (let box = node.parentElement; box; box = box.parentElement) {
    const { left, right, top, bottom } = box.getBoundingClientRect();
    const fixed = box.matches("section, footer, header, .card");
    const inline = getComputedStyle(box).display === "inline";
    if (!inline && (text.left < left - 1 || text.right > right + 1)
        || fixed && (own.top < top - 1 || own.bottom > bottom + 1))
      found.push(`${node.textContent.trim()} leaves ${box.tagName} ${box.id} ${box.className}`);
  }
}
return found;
"""
"""Texts that reach beyond a box they stand in."""
BAR = """
const top = css => [...document.querySelectorAll(css)].map(one => one.getBoundingClientRect().top);
return {
  ends: new Set([...top(".bar .mark"), ...top(".bar .who")].map(one => one < 30)).size,
  places: new Set(top(".bar nav a")).size,
  beyond: document.documentElement.scrollWidth - innerWidth,
};
"""
"""In how many rows its two ends and its places stand, and how far the page is too wide."""


@pytest.fixture(scope="module")
def reader() -> Iterator[Browser]:
    with browser(1280, 720, "en-GB") as made:
        yield made


@pytest.fixture
def hall(reader: Browser, migrated_file: Path, tmp_path: Path) -> Iterator[RunningCentral]:
    reader.leave()
    database = tmp_path / "central.db"
    database.write_bytes(migrated_file.read_bytes())
    with RunningCentral(str(database), WallClock()) as server:
        staffed(server)
        yield server


def assert_english_and_whole(seen: Browser, css: str, name: str) -> None:
    if SHOTS:
        seen.picture(Path(SHOTS) / f"english-{name}.png")
    assert not CHINESE.search(seen.text(css)), seen.text(css)
    assert seen.driver.execute_script(OUTSIDE) == []
    assert seen.complaints() == []


def test_the_display(reader: Browser, hall: RunningCentral) -> None:
    people = Hall(hall.office, hall.clock)
    reader.open(f"{hall.url}/display/{HALL}?language=en&voice=none")
    reader.until_says("#nobody", "Nobody is being called")
    reader.until_says("#services .name", "no window open")
    assert_english_and_whole(reader, "body", "display-quiet")
    for _ in range(4):
        people.take("foreigner")
    clerk = people.window("8", "foreigner")
    clerk.serve(clerk.next())
    people.later(8)
    clerk.next()
    notice = {"kind": "deadlines", "priority": "9", "valid_from": "2026-11-24", "valid_to": ""}
    chinese = {"title_zh_CN": "时限", "text_zh_CN": "七个工作日"}
    english = {"title_en": "How long it takes", "text_en": "Seven working days from the day " * 4}
    with signed_in(hall, "supervisor") as writer:
        writer.post("/staff/notices", {**notice, **chinese, **english})
    reader.until_says("#title", "How long it takes")
    reader.until_says("#number", "F002")
    reader.until_says("#where", "Please go to window")
    reader.until_says("#earlier li", "Window 8")
    reader.until_says("#services .name", "about")
    assert_english_and_whole(reader, "body", "display-busy")
    reader.driver.execute_script(
        "const calls = Array(9).fill({ ...picture.queue.calls[0], number: 'A1000', window: '12' });"
        "draw({ ...picture, queue: { ...picture.queue, calls } });"
    )
    assert_english_and_whole(reader, "body", "display-long")


def test_the_clerks_window(reader: Browser, hall: RunningCentral) -> None:
    people = Hall(hall.office, hall.clock)
    for _ in range(2):
        people.take("hk_macao_permit", "taiwan_permit")
    reader.open(f"{hall.url}/staff/sign-in?next=/staff/window/4")
    reader.find("input[name=login]").send_keys("clerk1")
    reader.find("input[name=password]").send_keys(PASSWORD, Keys.ENTER)
    reader.until_says("h1", "Window 4")
    reader.find("html[data-ready]")
    assert_english_and_whole(reader, ".work", "window-closed")
    for key, css, text in (
        (Keys.F2, ".idle", "2 people wait"),
        (Keys.F2, "#number", "B001"),
        ("B001" + Keys.ENTER, "#file", "B001"),
        (Keys.F7, ".more", "Send there"),
    ):
        reader.press(key)
        reader.until_says(css, text)
        assert_english_and_whole(reader, ".work", css.strip(".#"))


@pytest.mark.parametrize("width", [1280, 1024])
def test_the_bar_of_whoever_may_go_everywhere(
    reader: Browser, hall: RunningCentral, width: int
) -> None:
    reader.driver.set_window_size(width, 720)
    reader.open(f"{hall.url}/staff/sign-in?next=/staff/admission")
    reader.find("input[name=login]").send_keys("administrator")
    reader.find("input[name=password]").send_keys(PASSWORD, Keys.ENTER)
    reader.until_says("h1", "Machines let in")
    for machine_id in ("kiosk-1", "evaluator-at-window-12"):
        reader.find("#machine_id").send_keys(machine_id, Keys.ENTER)
        reader.until_says(".note", machine_id)
    assert_english_and_whole(reader, "main", f"admission-{width}")
    for language in ("zh_CN", "en"):
        reader.open(f"{hall.url}/staff/language/{language}?next=/staff/admission")
        reader.find(f"html[lang={language.replace('_', '-')}]")
        assert reader.driver.execute_script(BAR) == {"ends": 1, "places": 1, "beyond": 0}
    reader.driver.set_window_size(1280, 720)
