"""A serial line without a cable: a pseudo-terminal whose far end is a simulator.

A line is paced when a baud rate is given: bytes arrive, in both directions, when the last of their
ten bits would have arrived (8N1). Not modelled: modem lines, parity and framing errors, a wrong
baud rate (a pseudo-terminal takes every rate), and sending in both directions at the same moment.
"""

import errno
import logging
import os
import select
import shutil
import tempfile
import threading
import tty
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from hardware.timing import monotonic_s

BITS_PER_BYTE = 10
"""One start bit, eight data bits, one stop bit."""

Answer = Callable[[bytes], bytes | Iterable[bytes]]

_UNPACED_CHUNK = 4096
_PACED_CHUNK = 32
_SLACK_S = 0.002
"""A piece that comes no later than this after the one before follows it without a gap: a real
sender keeps its buffer filled, while this thread needs a moment between two pieces."""
_log = logging.getLogger(__name__)


class _Line:
    """One life of the pseudo-terminal, from plugging in to pulling out."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # The slave end stays open here too: without it, every close by the driver would give the
        # master end an input/output error (hardware facts 9a).
        self._master, self._slave = os.openpty()
        # Not raw, the terminal would echo input back to the simulator and edit it.
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.path = os.ttyname(self._slave)
        self.gone = threading.Event()

    def fileno(self) -> int:
        return self._master

    def read(self, most: int) -> bytes:
        """What has arrived; nothing when the line is gone."""
        with self._lock:
            if self.gone.is_set():
                return b""
            try:
                return os.read(self._master, most)
            except OSError as error:
                if error.errno in (errno.EAGAIN, errno.EIO):
                    return b""
                raise

    def write(self, data: bytes) -> None:
        """Hand over bytes; what a full buffer does not take is lost, as on a real line."""
        with self._lock:
            if self.gone.is_set():
                return
            try:
                os.write(self._master, data)
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EIO):
                    raise

    def drop(self) -> None:
        with self._lock:
            if not self.gone.is_set():
                self.gone.set()
                os.close(self._master)
                os.close(self._slave)


class PtyPeer:
    """The far end of a serial line, answering on a thread of its own.

    The driver opens a path that stays the same over unplugging and plugging in again, as a udev
    rule gives it for a real adapter.

    Args:
        answer: gets the bytes as they arrive, in pieces of any size, and returns what to send
            back; an iterable is sent piece by piece, and each piece is asked for only when the
            one before has left, so that a generator can react to what happens meanwhile.
        baud: pace of the line in bit/s; None for as fast as possible.
        name: for the thread, the log and the path.
    """

    def __init__(self, answer: Answer, baud: int | None = None, name: str = "peer") -> None:
        self._answer = answer
        self._byte_s = BITS_PER_BYTE / baud if baud else 0.0
        self._name = name
        self._lock = threading.RLock()
        self._line: _Line | None = None
        self._unsolicited: deque[bytes] = deque()
        self._stopping = False
        self._free_at_s = 0.0
        self._thread: threading.Thread | None = None
        self._folder: Path | None = None
        self._wake_read, self._wake_write = -1, -1

    def start(self) -> str:
        """Plug in and begin to answer.

        Returns:
            The path a driver opens.
        """
        self._folder = Path(tempfile.mkdtemp(prefix=f"{self._name}-"))
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        self._stopping = False
        self.plug()
        self._thread = threading.Thread(target=self._run, name=f"wire-{self._name}", daemon=True)
        self._thread.start()
        return str(self._path)

    def stop(self) -> None:
        """Pull out for good and end the thread; harmless when it never started."""
        if self._thread is None or self._folder is None:
            return
        self._stopping = True
        self.unplug()
        self._wake()
        self._thread.join()
        self._thread = None
        os.close(self._wake_read)
        os.close(self._wake_write)
        shutil.rmtree(self._folder)

    @property
    def plugged(self) -> bool:
        """Whether the path leads anywhere now."""
        return self._line is not None

    def unplug(self) -> None:
        """Pull the plug: the path vanishes, and an open port fails at once."""
        with self._lock:
            if self._line is None:
                return
            self._path.unlink(missing_ok=True)
            self._line.drop()
            self._line = None
            self._unsolicited.clear()
        self._wake()

    def plug(self) -> None:
        """Plug in again, at the same path; harmless when it is plugged in."""
        with self._lock:
            if self._line is not None:
                return
            self._line = _Line()
            self._path.symlink_to(self._line.path)
        self._wake()

    def send(self, data: bytes) -> None:
        """Send bytes nobody asked for, after an answer under way; lost when unplugged."""
        with self._lock:
            if self._line is not None:
                self._unsolicited.append(data)
        self._wake()

    def pause(self, seconds: float) -> bool:
        """Let time pass inside an answer; False as soon as the plug is pulled."""
        line = self._line
        return line is not None and not line.gone.wait(seconds)

    @property
    def _path(self) -> Path:
        assert self._folder is not None, "the peer has not been started"
        return self._folder / "port"

    def _wake(self) -> None:
        if self._thread is not None:
            os.write(self._wake_write, b"\0")

    def _run(self) -> None:
        while not self._stopping:
            line = self._line
            if not self._heard(line) or line is None:
                continue
            data = line.read(_PACED_CHUNK if self._byte_s else _UNPACED_CHUNK)
            if data and not line.gone.wait(len(data) * self._byte_s):
                self._reply(line, data)
            while self._unsolicited and self._line is line:
                self._deliver(line, self._unsolicited.popleft())

    def _heard(self, line: _Line | None) -> bool:
        """Wait for bytes or a wake-up; False when the line went away meanwhile."""
        ends = [self._wake_read] if line is None else [self._wake_read, line.fileno()]
        try:
            ready, _, _ = select.select(ends, [], [])
        except OSError:
            return False
        if self._wake_read in ready:
            os.read(self._wake_read, 512)
        return True

    def _reply(self, line: _Line, data: bytes) -> None:
        try:
            self._free_at_s = monotonic_s()
            answer = self._answer(data)
            for piece in [answer] if isinstance(answer, bytes) else answer:
                self._deliver(line, piece)
                if line.gone.is_set():
                    return
        except Exception:  # noqa: BLE001 - the wire outlives a simulator's fault, as a cable would
            _log.exception("the simulator behind %s failed to answer", self._name)

    def _deliver(self, line: _Line, data: bytes) -> None:
        if not self._byte_s:
            line.write(data)
            return
        due_s = max(self._free_at_s, monotonic_s() - _SLACK_S)
        for start in range(0, len(data), _PACED_CHUNK):
            chunk = data[start : start + _PACED_CHUNK]
            due_s += len(chunk) * self._byte_s
            if line.gone.wait(max(0.0, due_s - monotonic_s())):
                return
            line.write(chunk)
        self._free_at_s = due_s
