"""The bench as a page in the browser: loopback only, for demos only.

A page of another origin must not turn knobs or tap the screen: requests are taken only when their
Host, and their Origin where there is one, is this server on loopback.
"""

import json
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from hardware.simulators.bench.desk import Bench

Speak = Callable[[str], Callable[[str], str]]
"""Language to a function from message key to text."""

_FILES = {
    "/": ("page.html", "text/html; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
}
_WORDS = (
    *("title", "simulated", "screen", "tap", "no_screen", "papers", "no_papers", "gone"),
    "faults",
)
_LARGEST_BODY = 4096


class BenchServer:
    """Serves the bench.

    Args:
        bench: what it shows.
        port: on loopback; 0 for any free one.
        speak: the words of a language.
    """

    def __init__(self, bench: Bench, port: int, speak: Speak) -> None:
        self.bench = bench
        self.speak = speak
        self.picture_source: Callable[[], bytes | None] = lambda: None
        self.tap_sink: Callable[[float, float], None] = lambda _x, _y: None
        self._server = _Server(("127.0.0.1", port), _handler(self))
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.1,), name="bench", daemon=True
        )

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def attach(
        self, picture_source: Callable[[], bytes | None], tap_sink: Callable[[float, float], None]
    ) -> None:
        """Take a window's picture (JPEG) and its taps (fractions from the top left)."""
        self.picture_source = picture_source
        self.tap_sink = tap_sink

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Let go of the port."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(5)
        self._server.server_close()

    def state(self, language: str) -> dict[str, Any]:
        """Everything the page draws, in words of a language."""
        text = self.speak(language)
        simulators = self.bench.snapshot()
        for simulator in simulators:
            simulator["label"] = text(simulator["label"])
            for knob in simulator["knobs"]:
                knob["label"] = text(knob["label"])
                for choice in knob["choices"]:
                    choice["label"] = text(choice["label"])
        words = {word: text(f"bench.page.{word}") for word in _WORDS}
        return {"words": words, "simulators": simulators}


def _handler(bench: BenchServer) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        server_of = bench

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that has hung up meanwhile is no mistake."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server_of: BenchServer

    def do_GET(self) -> None:
        if not self._from_here():
            return
        url = urlsplit(self.path)
        if url.path in _FILES:
            name, kind = _FILES[url.path]
            self._send(Path(__file__).with_name(name).read_bytes(), kind)
        elif url.path == "/api/state":
            language = parse_qs(url.query).get("lang", ["zh_CN"])[0]
            self._send_json(self.server_of.state(language))
        elif url.path == "/screen.jpg":
            self._send_picture(self.server_of.picture_source(), "image/jpeg")
        elif url.path.startswith("/pictures/"):
            self._send_picture(self._paper(url.path), "image/png")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        if not self._from_here():
            return
        try:
            length = int(self.headers.get("Content-Length") or 0)
            if length > _LARGEST_BODY:
                self.send_error(413)
                return
            if length < 0:
                raise ValueError(length)
            self._act(urlsplit(self.path).path, json.loads(self.rfile.read(length)))
        except (ValueError, KeyError, TypeError):
            self.send_error(400)
            return
        self._send_json({})

    def log_message(self, *_arguments: object) -> None:
        """A demo's page needs no log."""

    def _act(self, path: str, asked: dict[str, Any]) -> None:
        if path == "/api/knob":
            self.server_of.bench.turn(asked["simulator"], asked["knob"], asked.get("value"))
        elif path == "/api/tap":
            x, y = float(asked["x"]), float(asked["y"])
            if not (0 <= x <= 1 and 0 <= y <= 1):
                raise ValueError(path)
            self.server_of.tap_sink(x, y)
        else:
            raise KeyError(path)

    def _from_here(self) -> bool:
        own = urlsplit(self.server_of.url)
        hosts = {own.netloc, f"localhost:{own.port}"}
        origin = self.headers.get("Origin")
        if self.headers.get("Host") in hosts and (not origin or urlsplit(origin).netloc in hosts):
            return True
        self.send_error(403)
        return False

    def _paper(self, path: str) -> bytes | None:
        parts = path.split("/")
        try:
            return self.server_of.bench.picture(parts[2], parts[3])
        except (KeyError, IndexError):
            return None

    def _send_json(self, value: object) -> None:
        self._send(json.dumps(value, ensure_ascii=False).encode(), "application/json")

    def _send_picture(self, picture: bytes | None, kind: str) -> None:
        if picture is None:
            self.send_error(404)
        else:
            self._send(picture, kind)

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(body)
