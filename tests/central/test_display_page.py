"""The hall's display in a real browser: calls, a restart of the server, a day without growth."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from tests.kit.browser import Browser, browser
from tests.kit.central import (
    HALL,
    Caller,
    RunningCentral,
    WallClock,
    central_process,
    ticket_request,
)
from tests.kit.pages import signed_in, staffed
from tests.kit.patience import PATIENCE_S
from tests.kit.queue_hall import Hall, open_hall

HURRY = """
const first = structuredClone(picture);
let coming = first, looks = 0, played = 0, streams = 0;
window.fetch = async () => {
  looks += 1;
  if (looks % 50 === 0) throw new TypeError("no line");
  const headers = new Headers({ date: new Date().toUTCString() });
  return { ok: true, headers, json: async () => structuredClone(coming) };
};
window.EventSource = class extends EventSource {
  constructor(url) { super(url); streams += 1; }
  close() { super.close(); streams -= 1; }
};
// Timers of eight seconds would pile up in this hurry.
AbortSignal.timeout = () => new AbortController().signal;
sound.preload = "none";
sound.play = async () => {
  played += 1;
  if (played % 70 === 0) throw new DOMException("no sound here");
  queueMicrotask(() => sound.dispatchEvent(new Event("ended")));
};
listen();
"""
"""The page as it is, with an answer, a stream and a loudspeaker that take no time."""

A_DAY = """
const done = arguments[arguments.length - 1];
const call = (n, k) => ({
  number: `A${String((n + k) % 1000).padStart(3, "0")}`, window: String(k % 4 + 1),
  service_id: "passport", called_at: first.drawn_at, times: 1,
  state: k % 3 ? "serving" : "no_show",
});
const notice = (n, k) => ({
  kind: "guide", titles: { zh_CN: `标题${n}` }, texts: { zh_CN: "内容".repeat(k * 9) },
});
function happens(n) {
  coming = structuredClone(first);
  coming.queue.calls = [...Array(n % 20).keys()].map((k) => call(n, k));
  coming.queue.services.forEach((one, k) => {
    one.waiting = (n * 7 + k) % 60;
    one.wait_min = n % 90;
  });
  coming.notices = [...Array(n % 5).keys()].map((k) => notice(n, k));
}
const said = () => JSON.stringify({
  at: new Date(Date.now() - skewMs).toISOString(), facts: { number: "A001", window: "1" },
});
async function connects() {
  listen();
  await new Promise((go) => source.addEventListener("open", go));
}
async function passes(looks_of_day) {
  for (let n = 0; n < looks_of_day; n += 1) {
    happens(n);
    look();
    turnsAt = 1; turnNotice(Date.now()); tick();
    if (n % 4 === 0) source.dispatchEvent(new MessageEvent("ticket_called", { data: said() }));
    if (n % 100 === 0) await connects();
    while (looking || speaking) await null;
  }
  happens(0);
  do await look(); while (looking);
}
const before = { played, looks };
passes(arguments[0]).then(() => done({
  elements: document.getElementsByTagName("*").length, streams, unsaid: unsaid.length,
  played: played - before.played, looked: looks - before.looks,
}));
"""


@pytest.fixture(scope="module")
def television() -> Iterator[Browser]:
    with browser(1920, 1080) as made:
        yield made


@pytest.fixture
def server(migrated_file: Path, tmp_path: Path) -> Iterator[RunningCentral]:
    database = tmp_path / "central.db"
    database.write_bytes(migrated_file.read_bytes())
    with RunningCentral(str(database), WallClock()) as running:
        yield running


def watch(television: Browser, url: str, more: str = "voice=none") -> None:
    television.leave()
    television.open(f"{url}/display/{HALL}?{more}")
    television.find("html[data-ready]")


def test_a_call_appears_large_and_moves_on(television: Browser, server: RunningCentral) -> None:
    hall = Hall(server.office, server.clock)
    watch(television, server.url)
    television.until_says("#nobody", "暂无叫号")
    for _ in range(3):
        hall.take()
    first, second = hall.window("1"), hall.window("3")
    first.next()
    television.until_says("#number", "A001")
    television.until_says("#window", "1")
    hall.later(1)
    second.next()
    television.until_says("#number", "A002")
    television.until_says("#earlier li", "A001")
    television.until_says("#services tr", "1")
    assert television.complaints() == []


def test_it_speaks_what_it_shows(television: Browser, server: RunningCentral) -> None:
    server.clock.moment = SystemClock().now()  # how old a call is, the page tells by real time
    hall = Hall(server.office, server.clock)
    watch(television, server.url, "voice=zh_CN,en")
    television.driver.execute_script(
        "window.said = []; sound.play = () => { said.push(sound.src);"
        " setTimeout(sayNext); return Promise.resolve(); }"
    )
    hall.take()
    hall.window("2").next()
    television.until_says("#number", "A001")
    television.driver.set_script_timeout(20)
    said = television.driver.execute_async_script(
        "const done = arguments[0]; const look = () => said.length >= 2"
        " ? done(said.map((one) => new URL(one).pathname)) : setTimeout(look, 20); look();"
    )
    base = f"/display/{HALL}/call"
    assert said == [f"{base}/zh_CN/A001/2.wav", f"{base}/en/A001/2.wav"]


def test_an_old_call_is_shown_but_not_shouted(television: Browser, server: RunningCentral) -> None:
    server.clock.moment = SystemClock().now() - timedelta(hours=1)
    hall = Hall(server.office, server.clock)
    watch(television, server.url, "voice=zh_CN")
    television.driver.execute_script("window.said = 0; sound.play = () => { said += 1; }")
    hall.take()
    hall.window("2").next()
    television.until_says("#number", "A001")
    assert television.driver.execute_script("return said") == 0


def test_notices_stand_below_in_turn_until_they_are_withdrawn(
    television: Browser, server: RunningCentral
) -> None:
    staffed(server)
    watch(television, server.url)
    assert not television.find("#notices").is_displayed()
    fees = {"kind": "fees", "title_zh_CN": "收费", "text_zh_CN": "请看收费标准", "priority": "9"}
    leave = {"kind": "guide", "title_zh_CN": "休息", "text_zh_CN": "周日不办理", "priority": "1"}
    with signed_in(server, "supervisor") as writer:
        for one in (fees, leave):
            writer.post("/staff/notices", {**one, "valid_from": "2026-11-24", "valid_to": ""})
        television.until_says("#dots", "1 / 2")
        television.until_says("#title", "收费")
        television.until_says("#text", "请看收费标准")
        # One script, so that the page's own second hand does not turn it in between.
        television.driver.execute_script("turn = 0; turnsAt = 1; turnNotice(Date.now());")
        television.until_says("#title", "休息")
        television.until_says("#kind", "办事指南")
        caller = Caller(server.port)
        told = caller.get(f"/v1/notices?hall_id={HALL}").body["notices"]
        caller.close()
        writer.post(f"/staff/notices/{told[1]['notice_id']}/withdraw", {})
        television.until_says("#title", "收费")
        television.until_silent("#dots", "2")
    assert television.complaints() == []


def test_a_day_leaves_no_trace(television: Browser, server: RunningCentral) -> None:
    watch(television, server.url, "voice=zh_CN,en")
    television.driver.set_script_timeout(2 * PATIENCE_S)
    add_script(television, HURRY)
    warm = television.driver.execute_async_script(A_DAY, 400)
    before = television.heap_bytes()
    # 24 hours: a look each 20 seconds, 1,500 calls, the stream anew 58 times, some looks in vain
    after_day = television.driver.execute_async_script(A_DAY, 5820)
    grown = television.heap_bytes() - before
    assert after_day["elements"] == warm["elements"]
    assert (after_day["streams"], after_day["unsaid"]) == (1, 0)
    assert after_day["played"] == 2 * 1455
    assert after_day["looked"] > 5820
    assert grown < 200_000, f"{grown} bytes more after a day"
    assert television.complaints() == []


def add_script(television: Browser, script: str) -> None:
    """Beside the page's own, whose names it sees; what it declares stays."""
    television.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": script})


def test_it_keeps_its_picture_while_central_is_away_and_catches_up(
    television: Browser, tmp_path: Path
) -> None:
    database = str(tmp_path / "central.db")
    hall = open_hall(database)
    hall.clock.moment = SystemClock().now()
    hall.take()
    hall.window("2").next()
    hall.office.database.close()
    with central_process(database, tmp_path) as central:
        url = f"http://127.0.0.1:{central.port}"
        watch(television, url)
        caller = Caller(central.port)
        caller.post("/v1/tickets", ticket_request())
        television.until_says("#services tr .people", "1")
        television.until_says("#number", "A001")
        caller.close()
        central.end()
        television.until_says("#away", "连接中断")
        assert television.text("#services tr .people").startswith("1")
        assert (television.text("#number"), television.text("#window")) == ("A001", "2")
        central.start()
        television.until_silent("#away", "连接中断")
        caller = Caller(central.port)
        caller.post("/v1/tickets", ticket_request())
        television.until_says("#services tr .people", "2")
        assert television.text("#number") == "A001"
        caller.close()
