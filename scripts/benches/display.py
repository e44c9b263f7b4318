"""The hall's display: its picture from memory, and from "call next" to the picture in Chromium.

The server is its own process; the picture is asked for on an empty day and with 20,000 tickets
waiting, the calls come on the full day. A call is timed from before the clerk's request leaves to
the number standing in the page, on one machine's clock.
"""

import tempfile
from pathlib import Path
from statistics import median

from kiosk.clock import SystemClock
from scripts.benches.figure import Figure, at_most
from scripts.benches.queue import DAYS, Bench, spread
from tests.kit.browser import Browser, browser
from tests.kit.central import HALL, Caller
from tests.kit.keypad import Keypad

FEED_MS = 1
EVENT_MS = 100
_WATCH = """
window.seen = {};
new MutationObserver(() => {
  seen[at("number").textContent] ??= performance.timeOrigin + performance.now();
}).observe(at("number"), { childList: true, characterData: true, subtree: true });
"""
_SEEN = """
const [number, done] = arguments;
const look = () => seen[number] ? done(seen[number]) : setTimeout(look, 5);
look();
"""


def measure(*, quick: bool) -> list[Figure]:
    """The picture of both days asked for again and again, then calls on a television."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="display-bench-") as top:
        for day, before in DAYS.items():
            bench = Bench(Path(top) / day, before)
            try:
                found += _feed(bench, day, 300 if quick else 2000)
                if before:
                    found += _calls(bench, 10 if quick else 60)
            finally:
                bench.end()
    return found


def _feed(bench: Bench, day: str, count: int) -> list[Figure]:
    caller = Caller(bench.port)
    path = f"/v1/display?hall_id={HALL}"
    caller.get(path)
    run = bench.run(1, count, lambda: lambda: caller.get(path))
    caller.close()
    name = f"display.{day}.feed"
    return [
        *spread(name, run, p50_limit_ms=FEED_MS),
        Figure(f"{name}_rate", run.per_s, "per s"),
        Figure(f"{name}_cpu", run.cpu_ms, "ms"),
    ]


def _calls(bench: Bench, count: int) -> list[Figure]:
    clock = SystemClock()
    desk = Keypad(bench.port, "clerk1", "1")
    times_ms = []
    with browser(1920, 1080) as television:
        _open(television, bench.port)
        for n in range(1, count + 1):
            began = clock.now().timestamp() * 1000
            ticket_id = desk.do("next")
            number = f"A{n:03d}"
            seen = television.driver.execute_async_script(_SEEN, number)
            times_ms.append(float(seen) - began)
            desk.serve(ticket_id)
    return [
        at_most("display.call_to_picture_p50", round(median(times_ms), 1), "ms", EVENT_MS),
        at_most("display.call_to_picture_max", round(max(times_ms), 1), "ms", EVENT_MS),
    ]


def _open(television: Browser, port: int) -> None:
    television.open(f"http://127.0.0.1:{port}/display/{HALL}?voice=none")
    television.find("html[data-ready]")
    television.driver.set_script_timeout(20)
    television.driver.execute_script(_WATCH)
