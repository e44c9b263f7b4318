"""Looks over a machine's shoulder: when its devices work, and what goes over their lines."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import serial

from hardware.manager import DeviceManager
from hardware.outcome import Handle
from hardware.simulators.wire import PtyPeer
from hardware.timing import monotonic_s


@dataclass
class Call:
    """One use of a device.

    Args:
        device: its name.
        began_s: on the monotonic clock.
        ended_s: on the same.
        baud: pace of its line, bit/s; 0 for a line as fast as it can be, or none.
        spoken: what was sent, and what came back for it.
    """

    device: str
    began_s: float
    ended_s: float = 0.0
    baud: int = 0
    spoken: list[tuple[bytearray, bytearray]] = field(default_factory=list)


class DeviceWatch:
    """Every use of the devices that a case waits for.

    Args:
        devices: their names.
        unpaced: those whose simulated line has no pace.
    """

    def __init__(self, devices: frozenset[str], unpaced: frozenset[str]) -> None:
        self._devices = devices
        self._unpaced = unpaced
        self._calls: list[Call] = []
        self._now = threading.local()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch every machine that runs meanwhile."""
        use, write, read = DeviceManager.call, serial.Serial.write, serial.Serial.read

        def call(
            manager: DeviceManager,
            name: str,
            act: Callable[[Any, Any], Any],
            deadline_s: float,
            done: Callable[[Any], None],
        ) -> Handle:
            return use(manager, name, self._timed(name, act), deadline_s, done)

        def listen_write(port: Any, data: bytes) -> Any:
            self._sent(port.baudrate, data)
            return write(port, data)

        def listen_read(port: Any, size: int = 1) -> Any:
            data = read(port, size)
            self._came(data)
            return data

        with (
            patch.object(DeviceManager, "call", call),
            patch.object(serial.Serial, "write", listen_write),
            patch.object(serial.Serial, "read", listen_read),
        ):
            yield

    def between(self, began_s: float, ended_s: float) -> tuple[Call, ...]:
        """Uses within a time, oldest first."""
        inside = (one for one in self._calls if began_s <= one.began_s and one.ended_s <= ended_s)
        return tuple(sorted(inside, key=lambda one: one.began_s))

    def _timed(self, name: str, act: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        if name not in self._devices:
            return act

        def timed(device: Any, cancel: Any) -> Any:
            self._now.call = one = Call(name, monotonic_s())
            try:
                return act(device, cancel)
            finally:
                self._now.call = None
                one.ended_s = monotonic_s()
                self._calls.append(one)

        return timed

    def _sent(self, baud: int, data: bytes) -> None:
        one: Call | None = getattr(self._now, "call", None)
        if one is None:
            return
        one.baud = 0 if one.device in self._unpaced else baud
        if not one.spoken or one.spoken[-1][1]:
            one.spoken.append((bytearray(), bytearray()))
        one.spoken[-1][0].extend(data)

    def _came(self, data: bytes) -> None:
        one: Call | None = getattr(self._now, "call", None)
        if one is not None and one.spoken:
            one.spoken[-1][1].extend(data)


def busy_s(calls: tuple[Call, ...]) -> float:
    """How long at least one device was in use, in seconds.

    Args:
        calls: oldest first.
    """
    total_s = until_s = 0.0
    for one in calls:
        total_s += max(0.0, one.ended_s - max(one.began_s, until_s))
        until_s = max(until_s, one.ended_s)
    return total_s


def bare_s(call: Call) -> float:
    """How long the same bytes take over a line of the same pace with nothing done with them.

    Args:
        call: what was spoken; a last piece that was never answered is left out.

    Returns:
        Seconds; 0 for a device without a serial line.
    """
    spoken = [(bytes(sent), bytes(came)) for sent, came in call.spoken if came]
    if not spoken:
        return 0.0
    left, heard = iter(spoken), bytearray()
    awaited = next(left)

    def answer(data: bytes) -> bytes:
        nonlocal awaited
        heard.extend(data)
        if len(heard) < len(awaited[0]):
            return b""
        heard.clear()
        came, awaited = awaited[1], next(left, awaited)
        return came

    peer = PtyPeer(answer, call.baud or None, "bare")
    with serial.Serial(peer.start(), timeout=10.0) as port:
        began_s = monotonic_s()
        for sent, came in spoken:
            port.write(sent)
            assert port.read(len(came)) == came
        took_s = monotonic_s() - began_s
    peer.stop()
    return took_s
