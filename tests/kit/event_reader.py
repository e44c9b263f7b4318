"""Reads central's event stream with plain sockets; knows nothing of the product's client."""

import contextlib
import http.client
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

from tests.kit.patience import PATIENCE_S


class EventReader:
    """One reader of the stream, on its own thread.

    Args:
        port: of central.
        query: after `hall_id=hs-1`.
        last_id: sent as `Last-Event-ID`.
    """

    def __init__(self, port: int, query: str = "", last_id: str | None = None) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        headers = {} if last_id is None else {"Last-Event-ID": last_id}
        self._line.request("GET", f"/v1/events?hall_id=hs-1{query}", headers=headers)
        assert self._line.sock is not None, "connected by the request"
        self._sock = self._line.sock
        self._response = self._line.getresponse()
        self.status = self._response.status
        self.comments: list[str] = []
        self.events: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.ended = False
        self._number = ""
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def wait(self, count: int, timeout_s: float = PATIENCE_S) -> list[dict[str, Any]]:
        """The events, once there are so many."""
        with self._news:
            there = self._news.wait_for(lambda: len(self.events) >= count, timeout_s)
            assert there, f"{len(self.events)} of {count} events came"
            return list(self.events)

    def wait_here(self) -> None:
        """Until the server has noted the reader."""
        with self._news:
            assert self._news.wait_for(lambda: bool(self.comments), PATIENCE_S), "no greeting"

    def wait_end(self) -> None:
        """Until the server has ended the stream."""
        with self._news:
            assert self._news.wait_for(lambda: self.ended, PATIENCE_S), "the stream goes on"

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._line.close()

    def _read(self) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError, AttributeError):
            for raw in self._response:
                self._take(raw.decode().rstrip("\n"))
        with self._news:
            self.ended = True
            self._news.notify_all()

    def _take(self, line: str) -> None:
        with self._news:
            if line.startswith(":"):
                self.comments.append(line)
            elif line.startswith("id: "):
                self._number = line[4:]
            elif line.startswith("data: "):
                self.events.append(json.loads(line[6:]))
                self.ids.extend([self._number] if self._number else [])
            elif not line:
                self._number = ""
            self._news.notify_all()


@contextlib.contextmanager
def reading(port: int, query: str = "", last_id: str | None = None) -> Iterator[EventReader]:
    """A reader for the time of a block, noted by the server."""
    reader = EventReader(port, query, last_id)
    if reader.status == 200:
        reader.wait_here()
    try:
        yield reader
    finally:
        reader.close()
