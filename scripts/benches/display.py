"""The hall's display: its picture from memory, and from "call next" to the picture in Chromium.

The server is its own process with 20,000 tickets waiting. The call is timed from before the clerk's
request leaves to the number standing in the page, on one machine's clock.
"""

import tempfile
from pathlib import Path
from statistics import median

from kiosk.clock import SystemClock
from scripts.benches.figure import Figure, at_most
from scripts.benches.queue import FULL_DAY, Bench
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
    """A full day's picture asked for again and again, then calls on a television."""
    with tempfile.TemporaryDirectory(prefix="display-bench-") as top:
        bench = Bench(Path(top) / "day", FULL_DAY)
        try:
            return [*_feed(bench, 300 if quick else 2000), *_calls(bench, 10 if quick else 60)]
        finally:
            bench.end()


def _feed(bench: Bench, count: int) -> list[Figure]:
    caller = Caller(bench.port)
    path = f"/v1/display?hall_id={HALL}"
    caller.get(path)
    run = bench.run(1, count, lambda: lambda: caller.get(path))
    caller.close()
    return [
        at_most("display.feed_p50", run.percentile_ms(50), "ms", FEED_MS),
        Figure("display.feed_p95", run.percentile_ms(95), "ms"),
        Figure("display.feed_p99", run.percentile_ms(99), "ms"),
        Figure("display.feed_rate", run.per_s, "per s"),
        Figure("display.cpu_per_feed", run.cpu_ms, "ms"),
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
