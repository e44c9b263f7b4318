"""The serial line without a cable: pace, pieces, and a plug that can be pulled."""

import threading
from collections.abc import Callable, Iterable, Iterator

import pytest
import serial

from hardware.simulators.wire import PtyPeer
from hardware.timing import monotonic_s
from tests.kit.patience import PATIENCE_S

Start = Callable[..., tuple[PtyPeer, str]]


@pytest.fixture
def start() -> Iterator[Start]:
    peers: list[PtyPeer] = []

    def begin(
        answer: Callable[[bytes], bytes | Iterable[bytes]], baud: int | None = None
    ) -> tuple[PtyPeer, str]:
        peer = PtyPeer(answer, baud, name="test")
        peers.append(peer)
        return peer, peer.start()

    yield begin
    for peer in peers:
        peer.stop()
        peer.stop()


def opened(path: str) -> serial.Serial:
    return serial.Serial(path, 115200, timeout=PATIENCE_S)


def test_bytes_go_both_ways_as_they_are(start: Start) -> None:
    _, path = start(lambda data: data)
    with opened(path) as port:
        every_byte = bytes(range(256))
        port.write(every_byte)
        assert port.read(256) == every_byte


def test_a_paced_line_takes_the_time_the_bytes_need(start: Start) -> None:
    _, path = start(lambda data: data * 50, baud=115200)
    with opened(path) as port:
        began = monotonic_s()
        port.write(b"0123456789")
        assert len(port.read(500)) == 500
        took = monotonic_s() - began
    assert took >= 510 * 10 / 115200 - 0.003


def test_bytes_nobody_asked_for_arrive(start: Start) -> None:
    peer, path = start(lambda _data: b"")
    with opened(path) as port:
        peer.send(b"paper low")
        assert port.read(9) == b"paper low"


def test_a_pulled_plug_breaks_the_open_port_and_removes_its_path(start: Start) -> None:
    peer, path = start(lambda data: data)
    with opened(path) as port:
        peer.unplug()
        assert not peer.plugged
        with pytest.raises(serial.SerialException):
            port.read(1)
    with pytest.raises(serial.SerialException):
        opened(path)


def test_the_same_path_works_again_after_plugging_in(start: Start) -> None:
    peer, path = start(lambda data: data)
    peer.unplug()
    peer.unplug()
    peer.send(b"lost")
    peer.plug()
    peer.plug()
    assert peer.plugged
    with opened(path) as port:
        port.write(b"again")
        assert port.read(5) == b"again"


def test_an_answer_under_way_ends_when_the_plug_is_pulled(start: Start) -> None:
    asked, ended = threading.Event(), threading.Event()

    def endless(_data: bytes) -> Iterator[bytes]:
        asked.set()
        try:
            while peer.pause(0.001):
                yield b"x"
        finally:
            ended.set()

    peer, path = start(endless)
    with opened(path) as port:
        port.write(b"?")
        assert asked.wait(PATIENCE_S)
        peer.unplug()
        assert ended.wait(PATIENCE_S)


def test_a_simulator_may_pull_its_own_plug_in_the_middle_of_an_answer(start: Start) -> None:
    def falter(_data: bytes) -> Iterator[bytes]:
        yield b"half"
        peer.unplug()
        yield b"never"

    peer, path = start(falter)
    with opened(path) as port:
        port.write(b"?")
        with pytest.raises(serial.SerialException):
            port.read(len(b"halfnever"))


def test_the_line_outlives_a_bug_in_the_simulator(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    def falter(data: bytes) -> bytes:
        if data == b"1":
            raise ValueError
        return data

    _, path = start(falter)
    with opened(path) as port:
        port.write(b"1")
        port.timeout = 0.05
        assert port.read(1) == b""
        port.timeout = PATIENCE_S
        port.write(b"2")
        assert port.read(1) == b"2"
    assert "failed to answer" in caplog.text
