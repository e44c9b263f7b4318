"""A peer on a socket that answers each HTTP request with the next trick of a script."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Sequence

from kiosk.central.contract import ErrorCode, Problem

Trick = Callable[[socket.socket], bool]
"""does something with the connection; tells whether it stays open"""


def answer(status: int, body: bytes, *headers: str) -> Trick:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body)}", *headers]
    whole = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    return raw(whole, stays=True)


def refusal(status: int, code: ErrorCode, *headers: str) -> Trick:
    """Central's no."""
    return answer(status, Problem(code=code).model_dump_json().encode(), *headers)


def raw(data: bytes, stays: bool = False) -> Trick:
    """Any bytes, then the end unless it stays open."""

    def act(line: socket.socket) -> bool:
        line.sendall(data)
        return stays

    return act


def reset(line: socket.socket) -> bool:
    """The connection is torn down, as by a router that lost its table."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def silence(seconds: float) -> Trick:
    """Nothing for a while, then the end."""

    def act(_line: socket.socket) -> bool:
        threading.Event().wait(seconds)
        return False

    return act


def drip(data: bytes, every_s: float) -> Trick:
    """One byte at a time."""

    def act(line: socket.socket) -> bool:
        for i in range(len(data)):
            line.sendall(data[i : i + 1])
            threading.Event().wait(every_s)
        return False

    return act


class ScriptedPeer:
    """Listens on loopback and plays its script, one trick a request; the last one repeats.

    Args:
        script: the tricks.
    """

    def __init__(self, *script: Trick) -> None:
        self._script: Sequence[Trick] = script
        self.requests: list[bytes] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self._line: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def __enter__(self) -> "ScriptedPeer":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        # A client keeps its connection for the next call; the peer must not wait for that.
        for one in (self._server, self._line):
            with contextlib.suppress(OSError):
                if one is not None:
                    one.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            self._line = line
            with line, contextlib.suppress(OSError):
                while self._one(line):
                    pass

    def _one(self, line: socket.socket) -> bool:
        request = _request(line)
        if not request:
            return False
        trick = self._script[min(len(self.requests), len(self._script) - 1)]
        self.requests.append(request)
        return trick(line)


def _request(line: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        more = line.recv(65536)
        if not more:
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for field in head.lower().split(b"\r\n"):
        if field.startswith(b"content-length:"):
            length = int(field.split(b":")[1])
    while len(body) < length:
        body += line.recv(65536)
    return head + b"\r\n\r\n" + body
