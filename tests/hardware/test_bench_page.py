"""The bench: knobs as data over HTTP, the live screen and its taps, and nobody from elsewhere."""

import contextlib
import http.client
import json
import socket
import struct
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from hardware.simulators.base import Choice, Knob, KnobKind, KnobValue, Picture
from hardware.simulators.bench.desk import Bench
from hardware.simulators.bench.server import BenchServer
from tests.kit.patience import PATIENCE_S

PAPER = b"\x89PNG paper"


class Toaster:
    """A simulator with one knob of each kind."""

    key = "toaster"

    def __init__(self) -> None:
        self.values: dict[str, KnobValue] = {"bread": "none", "hot": False, "delay_ms": 0}
        self.pulled = 0

    def knobs(self) -> tuple[Knob, ...]:
        return (
            Knob(
                "bread",
                "bread",
                KnobKind.CHOICE,
                lambda: self.values["bread"],
                lambda value: self._put("bread", value),
                (Choice("none", "no bread"), Choice("rye", "rye")),
            ),
            Knob(
                "hot",
                "hot",
                KnobKind.SWITCH,
                lambda: self.values["hot"],
                lambda value: self._put("hot", value),
            ),
            Knob("pull", "pull", KnobKind.ACTION, lambda: None, lambda _: self._pull()),
        )

    def pictures(self) -> tuple[Picture, ...]:
        return (Picture("slice-1.png", PAPER, "a slice"),)

    def start(self) -> dict[str, str | int | float]:
        """Nothing to start."""
        return {}

    def stop(self) -> None:
        """Nothing to stop."""

    def _put(self, name: str, value: KnobValue) -> None:
        self.values[name] = value

    def _pull(self) -> None:
        self.pulled += 1


class Browser:
    """Asks as a browser would, with whatever headers."""

    def __init__(self, server: BenchServer) -> None:
        self.server = server
        self.port = int(server.url.rsplit(":", 1)[1].strip("/"))

    def ask(
        self, method: str, path: str, what: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes, dict[str, str]]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        body = None if what is None else what if isinstance(what, bytes) else json.dumps(what)
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        read = answer.read()
        line.close()
        return answer.status, read, dict(answer.getheaders())

    def state(self, language: str = "en") -> Any:
        return json.loads(self.ask("GET", f"/api/state?lang={language}")[1])


@pytest.fixture
def toaster() -> Toaster:
    return Toaster()


@pytest.fixture
def browser(toaster: Toaster) -> Iterator[Browser]:
    server = BenchServer(Bench({"toaster": toaster}), 0, lambda lang: lambda key: f"{lang}:{key}")
    server.start()
    yield Browser(server)
    server.stop()


def test_knobs_are_data_in_the_words_of_a_language(browser: Browser) -> None:
    (toaster,) = browser.state()["simulators"]
    assert (toaster["key"], toaster["label"]) == ("toaster", "en:bench.toaster.title")
    bread, hot, pull = toaster["knobs"]
    assert (bread["kind"], bread["value"]) == ("choice", "none")
    assert [one["value"] for one in bread["choices"]] == ["none", "rye"]
    assert (hot["kind"], hot["value"], pull["kind"]) == ("switch", False, "action")
    assert browser.state("zh_CN")["words"]["title"] == "zh_CN:bench.page.title"


def test_knobs_are_turned(browser: Browser, toaster: Toaster) -> None:
    for knob, value in (("bread", "rye"), ("hot", True), ("pull", None)):
        turned = {"simulator": "toaster", "knob": knob, "value": value}
        assert browser.ask("POST", "/api/knob", turned)[0] == 200
    assert (toaster.values["bread"], toaster.values["hot"], toaster.pulled) == ("rye", True, 1)
    assert browser.state()["simulators"][0]["knobs"][0]["value"] == "rye"


def test_paper_that_came_out_is_seen(browser: Browser) -> None:
    (paper,) = browser.state()["simulators"][0]["pictures"]
    status, png, headers = browser.ask("GET", f"/pictures/toaster/{paper['name']}")
    assert (status, png, headers["Content-Type"]) == (200, PAPER, "image/png")
    assert browser.ask("GET", "/pictures/toaster/none.png")[0] == 404
    assert browser.ask("GET", "/pictures/toaster")[0] == 404


def test_a_browser_that_hangs_up_is_no_mistake(
    browser: Browser, capfd: pytest.CaptureFixture[str]
) -> None:
    asked, gone, ended = (threading.Event() for _ in range(3))

    def picture() -> bytes:
        asked.set()
        assert gone.wait(PATIENCE_S)
        return b"jpeg" * 1_000_000

    browser.server.attach(picture, lambda _x, _y: None)
    told = browser.server._server.shutdown_request
    browser.server._server.shutdown_request = lambda line: (told(line), ended.set())
    with socket.create_connection(("127.0.0.1", browser.port)) as line:
        host = f"Host: 127.0.0.1:{browser.port}"
        line.sendall(f"GET /screen.jpg HTTP/1.1\r\n{host}\r\n\r\n".encode())
        assert asked.wait(PATIENCE_S)
        # Closed so, the other end hears of it at once.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    gone.set()
    assert ended.wait(PATIENCE_S)
    assert capfd.readouterr().err == ""


def test_the_live_screen_is_seen_and_tapped(browser: Browser) -> None:
    assert browser.ask("GET", "/screen.jpg")[0] == 404
    taps: list[tuple[float, float]] = []
    browser.server.attach(lambda: b"jpeg", lambda x, y: taps.append((x, y)))
    status, picture, headers = browser.ask("GET", "/screen.jpg?at=1")
    assert (status, picture, headers["Content-Type"]) == (200, b"jpeg", "image/jpeg")
    assert headers["Cache-Control"] == "no-store"
    assert browser.ask("POST", "/api/tap", {"x": 0.25, "y": 1})[0] == 200
    assert taps == [(0.25, 1.0)]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/api/tap", {"x": 1.5, "y": 0}),
        ("/api/tap", {"x": "left", "y": 0}),
        ("/api/tap", {"x": float("nan"), "y": 0}),
        ("/api/tap", {}),
        ("/api/tap", []),
        ("/api/knob", {"simulator": "toaster", "knob": "colour"}),
        ("/api/knob", {"simulator": "kettle", "knob": "hot"}),
        ("/api/nothing", {}),
        ("/api/tap", b"\xff not json"),
    ],
)
def test_nonsense_is_refused_and_the_bench_goes_on(browser: Browser, path: str, what: Any) -> None:
    browser.server.attach(lambda: None, lambda _x, _y: pytest.fail("tapped"))
    assert browser.ask("POST", path, what)[0] == 400
    assert browser.state()["simulators"]


@pytest.mark.parametrize(("length", "status"), [("5000", 413), ("-1", 400), ("many", 400)])
def test_a_body_without_end_is_not_waited_for(browser: Browser, length: str, status: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", browser.port, timeout=PATIENCE_S)
    with contextlib.closing(line):
        line.putrequest("POST", "/api/knob")
        line.putheader("Content-Length", length)
        line.endheaders()
        answer = line.getresponse()
        answer.read()
    assert answer.status == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "bench.example"},
        {"Host": "127.0.0.1.example:80"},
        {"Origin": "https://attacker.example"},
        {"Origin": "null"},
    ],
)
def test_pages_from_elsewhere_turn_nothing(
    browser: Browser, toaster: Toaster, headers: dict[str, str]
) -> None:
    turned = {"simulator": "toaster", "knob": "hot", "value": True}
    assert browser.ask("POST", "/api/knob", turned, headers)[0] == 403
    assert browser.ask("GET", "/api/state", None, headers)[0] == 403
    assert toaster.values["hot"] is False


def test_the_page_brings_everything_it_needs(browser: Browser) -> None:
    status, page, headers = browser.ask("GET", "/")
    assert status == 200
    assert headers["Content-Security-Policy"] == "default-src 'self'"
    for path in ("/page.css", "/page.js"):
        assert path.encode() in page
        assert browser.ask("GET", path)[0] == 200
    assert b"http" not in page
    assert browser.ask("GET", "/../config.toml")[0] == 404


def test_it_listens_on_loopback_alone(browser: Browser) -> None:
    assert browser.server.url.startswith("http://127.0.0.1:")
