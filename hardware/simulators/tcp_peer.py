"""A TCP listener whose far end is a simulator; takes one connection at a time, as printers do."""

import contextlib
import socket
import threading
from collections.abc import Callable


class TcpPeer:
    """Listens on loopback, on the same port for as long as it lives.

    Args:
        answer: given the bytes as they arrive; what it returns is sent back.
        name: of the threads.
    """

    def __init__(self, answer: Callable[[bytes], bytes], name: str = "peer") -> None:
        self._answer = answer
        self._name = name
        self._listener: socket.socket | None = None
        self._connection: socket.socket | None = None
        self._address = ("127.0.0.1", 0)
        self._sending = threading.Lock()

    @property
    def plugged(self) -> bool:
        """Whether somebody could connect."""
        return self._listener is not None

    def start(self) -> tuple[str, int]:
        """Begin to listen; returns host and port."""
        self.plug()
        return self._address

    def stop(self) -> None:
        """Let go of port and connection."""
        self.unplug()

    def plug(self) -> None:
        """Listen again, on the same port; harmless when it listens."""
        if self._listener is not None:
            return
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(self._address)
        listener.listen(1)
        self._address = listener.getsockname()
        self._listener = listener
        threading.Thread(
            target=self._accept, args=(listener,), name=f"tcp-{self._name}", daemon=True
        ).start()

    def unplug(self) -> None:
        """The cable is out: the connection breaks, nobody can connect."""
        listener, self._listener = self._listener, None
        connection, self._connection = self._connection, None
        for one in (listener, connection):
            if one is not None:
                # A thread that waits in accept or recv wakes up only when the socket is shut.
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
                one.close()

    def send(self, data: bytes) -> None:
        """Send unasked; lost when nobody is connected."""
        connection = self._connection
        if connection is not None:
            with self._sending, contextlib.suppress(OSError):
                connection.sendall(data)

    def _accept(self, listener: socket.socket) -> None:
        while self._listener is listener:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connection = connection
            self._listen_to(connection)

    def _listen_to(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := connection.recv(4096):
                answer = self._answer(data)
                if answer:
                    self.send(answer)
        with contextlib.suppress(OSError):
            connection.close()
