"""A TCP connection, used like a serial line: whatever a socket can throw means that it is gone."""

import contextlib
import socket
from collections.abc import Iterator

from hardware.errors import NotConnectedError

SLICE_S = 0.02
"""Longest single wait inside the connection; a deadline is kept to within this."""
CONNECT_LIMIT_S = 2.0
WRITE_LIMIT_S = 2.0


class TcpLine:
    """A connection that is opened, used and let go by one thread.

    Args:
        device: name for errors.
        host: address.
        port: TCP port.
    """

    def __init__(self, device: str, host: str, port: int) -> None:
        self._device = device
        self._address = (host, port)
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Connect.

        Raises:
            NotConnectedError: nobody listens there.
        """
        self.close()
        with self._losing("cannot connect"):
            self._socket = socket.create_connection(self._address, CONNECT_LIMIT_S)

    def close(self) -> None:
        """Let go; harmless when it is not open."""
        connection, self._socket = self._socket, None
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()

    @property
    def is_open(self) -> bool:
        """Whether the connection is held; it may be broken all the same."""
        return self._socket is not None

    def write(self, data: bytes) -> None:
        """Send bytes, after dropping whatever came in unasked since the last answer.

        Raises:
            NotConnectedError: the connection is gone.
        """
        connection = self._opened()
        with self._losing("the connection broke while writing"):
            self._drop_input(connection)
            connection.settimeout(WRITE_LIMIT_S)
            connection.sendall(data)

    def read(self, most: int) -> bytes:
        """Up to `most` bytes, after at most `SLICE_S` seconds.

        Raises:
            NotConnectedError: the connection is gone.
        """
        connection = self._opened()
        with self._losing("the connection broke while reading"):
            connection.settimeout(SLICE_S)
            with contextlib.suppress(TimeoutError):
                return _received(connection, most)
        return b""

    @staticmethod
    def _drop_input(connection: socket.socket) -> None:
        # A peer that has closed is noticed here; the write after it would vanish without a word.
        connection.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while _received(connection, 4096):
                pass

    def _opened(self) -> socket.socket:
        if self._socket is None:
            raise NotConnectedError(self._device, "the connection is not open")
        return self._socket

    @contextlib.contextmanager
    def _losing(self, fact: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.close()
            raise NotConnectedError(self._device, fact) from error


def _received(connection: socket.socket, most: int) -> bytes:
    data = connection.recv(most)
    if not data:
        raise ConnectionResetError
    return data
