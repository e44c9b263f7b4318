"""One thread's connections to central, which a deadline can cut from outside.

A read timeout counts from byte to byte, so a peer that drips its answer could hold a call for
hours; only shutting the socket down ends that.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from kiosk.central.answer import Cause
from kiosk.clock import Clock

_CONNECT = frozenset(
    {
        "ConnectTimeoutError",
        "NameResolutionError",
        "NewConnectionError",
        # Another answers in central's place, and was told nothing.
        "SSLCertVerificationError",
    }
)
_TIMEOUT = frozenset({"ReadTimeoutError", "TimeoutError"})
_GARBLED = frozenset(
    {
        "BadStatusLine",
        "DecodeError",
        "HeaderParsingError",
        "InvalidChunkLength",
        "LineTooLong",
        "UnknownProtocol",
        "ValueError",
    }
)


class Line:
    """Remembers the open socket of one thread's connection.

    Args:
        clock: rings the deadline.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._socket: socket.socket | None = None

    @contextmanager
    def cut_after(self, delay_s: float) -> Iterator[threading.Event]:
        """Shut the socket down when the block takes longer.

        Args:
            delay_s: seconds for the block.

        Yields:
            An event that is set once the line has been cut.
        """
        cut = threading.Event()

        def ring() -> None:
            cut.set()
            self.cut()

        alarm = self._clock.call_later(delay_s, ring)
        try:
            yield cut
        finally:
            alarm.cancel()

    def cut(self) -> None:
        """Shut the socket down now, from any thread; whoever reads from it comes back at once."""
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # closed a moment earlier

    def pools(self) -> dict[str, Any]:
        """Connection pools by scheme whose connections tell this line their socket."""
        line = self

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                line._socket = self.sock

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                line._socket = self.sock

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        return {"http": PlainPool, "https": SecurePool}


def cause_of(error: BaseException) -> Cause:
    """What kind of trouble an error of requests or urllib3 stands for.

    The libraries wrap one error in another, and which is outermost differs by version; so the
    whole chain is looked at.
    """
    names = {type(one).__name__ for one in _chain(error)}
    if names & _CONNECT:
        return Cause.CONNECT
    if names & _TIMEOUT:
        return Cause.TIMEOUT
    return Cause.GARBLED if names & _GARBLED else Cause.LOST


def came_whole(raw: Any) -> bool:
    """Whether an answer that was read to its end was all there.

    A line cut in the head looks to http.client like a head without a length, and so like a whole
    answer with an empty body; a line cut in the body reads short without an error. Central says
    the length of everything, so what has neither length nor chunks is not taken for an answer
    (RFC 9112, 8).

    Args:
        raw: urllib3's response after the read.
    """
    return bool(raw.chunked) or raw.length_remaining == 0


def _chain(error: BaseException) -> Iterator[BaseException]:
    waiting: list[Any] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
