"""The client against a peer that misbehaves on the wire: always a value, never an exception."""

import random
import socket
from collections.abc import Callable, Iterator

import pytest

from kiosk.central.client import Answered, Cause, CentralClient, Refused, Timeouts, Unreachable
from kiosk.central.contract import ErrorCode, Heartbeat, StaffCall
from kiosk.clock import SystemClock
from tests.kit.central import HALL, MORNING
from tests.kit.postgres import free_port
from tests.kit.scripted_peer import ScriptedPeer, answer, drip, raw, refusal, reset, silence

GOOD = b'{"at":"2026-11-24T09:30:00+08:00"}'
CALL = StaffCall(machine_id="k", hall_id=HALL, reason="jam", at=MORNING)
KEY = "kiosk-1:key-1"
Made = Callable[..., CentralClient]


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def client_of(pauses: list[float]) -> Iterator[Made]:
    made: list[CentralClient] = []

    def make(url: str, **timeouts: float) -> CentralClient:
        limits = Timeouts(**timeouts)
        made.append(CentralClient(url, SystemClock(), limits, random.Random(1), pauses.append))
        return made[-1]

    yield make
    for one in made:
        one.close()


PASSING = {
    "reset": reset,
    "closed": raw(b""),
    "cut head": raw(b"HTTP/1.1 201 Crea"),
    "cut in a field": raw(b"HTTP/1.1 201 Created\r\nContent-Len"),
    "cut in the length": raw(b"HTTP/1.1 201 Created\r\nContent-Length: 3"),
    "cut before the body": raw(b"HTTP/1.1 201 Created\r\nContent-Length: 34\r\n\r\n"),
    "cut body": raw(b"HTTP/1.1 201 x\r\nContent-Length: 34\r\n\r\n" + GOOD[:10]),
    "cut chunk": raw(b"HTTP/1.1 201 x\r\nTransfer-Encoding: chunked\r\n\r\n22\r\n" + GOOD[:10]),
    "no last chunk": raw(b"HTTP/1.1 201 x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"),
    "no length": raw(b"HTTP/1.1 201 Created\r\n\r\n" + GOOD),
    "garbage": raw(b"\x00\xff\x13\x37 nonsense\r\n\r\n"),
    "a page": answer(200, b"<html>please log in</html>"),
    "redirect": answer(302, b"", "Location: http://127.0.0.1:1/"),
    "bad chunk": raw(b"HTTP/1.1 201 x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    "408": refusal(408, ErrorCode.BUSY),
    "425": refusal(425, ErrorCode.BUSY),
    "429": refusal(429, ErrorCode.BUSY),
    "500": refusal(500, ErrorCode.INTERNAL),
    "502 of a proxy": answer(502, b"<html>bad gateway</html>"),
    "503": refusal(503, ErrorCode.BUSY),
    "409 busy": refusal(409, ErrorCode.BUSY, "Retry-After: 1"),
}
REPEATED = {name: trick for name, trick in PASSING.items() if name != "a page"}


@pytest.mark.parametrize("name", REPEATED)
def test_a_passing_fault_is_survived_with_the_same_bytes(client_of: Made, name: str) -> None:
    with ScriptedPeer(REPEATED[name], REPEATED[name], answer(201, GOOD)) as peer:
        outcome = client_of(peer.url).call_staff(CALL, KEY)
        assert isinstance(outcome, Answered), outcome
    assert len(peer.requests) == 3
    assert len({request.partition(b"\r\n\r\n")[2] for request in peer.requests}) == 1
    assert all(b"Idempotency-Key: " + KEY.encode() in request for request in peer.requests)


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("reset", Cause.LOST),
        ("closed", Cause.LOST),
        ("cut head", Cause.LOST),
        ("cut in the length", Cause.LOST),
        ("cut body", Cause.LOST),
        ("cut chunk", Cause.LOST),
        ("garbage", Cause.GARBLED),
        ("a page", Cause.GARBLED),
        ("redirect", Cause.GARBLED),
        ("bad chunk", Cause.GARBLED),
        ("503", Cause.TROUBLE),
        ("502 of a proxy", Cause.TROUBLE),
    ],
)
def test_a_lasting_fault_is_named(client_of: Made, name: str, cause: Cause) -> None:
    with ScriptedPeer(PASSING[name]) as peer:
        assert client_of(peer.url).call_staff(CALL, KEY) == Unreachable(cause)


def test_nobody_listening_is_unreachable(client_of: Made, pauses: list[float]) -> None:
    client = client_of(f"http://127.0.0.1:{free_port()}")
    assert client.catalogue(HALL) == Unreachable(Cause.CONNECT)
    assert len(pauses) == Timeouts().tries - 1
    assert all(0 <= pause <= Timeouts().longest_pause_s for pause in pauses)


def test_two_machines_do_not_come_back_at_one_moment() -> None:
    waits: dict[int, list[float]] = {}
    for seed in (1, 2):
        waits[seed] = []
        nobody = f"http://127.0.0.1:{free_port()}"
        rng = random.Random(seed)
        client = CentralClient(nobody, SystemClock(), Timeouts(), rng, waits[seed].append)
        assert client.catalogue(HALL) == Unreachable(Cause.CONNECT)
        client.close()
        assert len(set(waits[seed])) == Timeouts().tries - 1
    assert not set(waits[1]) & set(waits[2])


def test_a_full_backlog_ends_at_the_connect_timeout(client_of: Made) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        address = server.getsockname()
        crowd = [socket.socket() for _ in range(4)]
        for one in crowd:
            one.setblocking(False)
            one.connect_ex(address)
        client = client_of(f"http://127.0.0.1:{address[1]}", connect_s=0.1, deadline_s=0.3)
        outcome = client.health()
        for one in crowd:
            one.close()
    assert isinstance(outcome, Unreachable)
    assert outcome.cause in (Cause.CONNECT, Cause.TIMEOUT)


def test_a_call_without_a_key_is_tried_once(client_of: Made, pauses: list[float]) -> None:
    beat = Heartbeat(machine_id="k", hall_id=HALL, epoch=1, state="ready", outbox_waiting=0)
    with ScriptedPeer(reset) as peer:
        assert client_of(peer.url).heartbeat(beat) == Unreachable(Cause.LOST)
        assert len(peer.requests) == 1
    assert pauses == []


def test_the_outbox_delivers_once_a_call_and_byte_for_byte(client_of: Made) -> None:
    body = b'{"made":  "first",\n "unusual": true}'
    with ScriptedPeer(reset, answer(201, GOOD)) as peer:
        client = client_of(peer.url)
        assert client.post("/v1/tickets", body, KEY) == Unreachable(Cause.LOST)
        assert client.post("/v1/tickets", body, KEY) == Answered(GOOD)
    assert [request.partition(b"\r\n\r\n")[2] for request in peer.requests] == [body, body]


def test_a_refusal_is_a_value_and_is_not_repeated(client_of: Made) -> None:
    with ScriptedPeer(refusal(422, ErrorCode.KEY_REUSED)) as peer:
        outcome = client_of(peer.url).call_staff(CALL, KEY)
        assert len(peer.requests) == 1
    assert isinstance(outcome, Refused)
    assert (outcome.status, outcome.problem.code) == (422, ErrorCode.KEY_REUSED)


def test_a_proxys_refusal_is_not_centrals(client_of: Made) -> None:
    with ScriptedPeer(answer(404, b"<html>not here</html>")) as peer:
        assert client_of(peer.url).call_staff(CALL, KEY) == Unreachable(Cause.GARBLED)


def test_a_replayed_answer_says_so(client_of: Made) -> None:
    with ScriptedPeer(answer(201, GOOD, "Idempotent-Replay: true")) as peer:
        outcome = client_of(peer.url).call_staff(CALL, KEY)
    assert isinstance(outcome, Answered)
    assert outcome.replayed


def test_centrals_wish_to_wait_is_honoured(client_of: Made, pauses: list[float]) -> None:
    busy = refusal(503, ErrorCode.BUSY, "Retry-After: 2")
    with ScriptedPeer(busy, answer(201, GOOD)) as peer:
        assert isinstance(client_of(peer.url).call_staff(CALL, KEY), Answered)
    assert pauses == [2.0]


def test_a_wish_beyond_the_deadline_ends_the_call(client_of: Made, pauses: list[float]) -> None:
    with ScriptedPeer(refusal(503, ErrorCode.BUSY, "Retry-After: 3600")) as peer:
        assert client_of(peer.url).call_staff(CALL, KEY) == Unreachable(Cause.TROUBLE)
        assert len(peer.requests) == 1
    assert pauses == []


@pytest.mark.parametrize("wish", ["soon", "-1", "1e9", "²", "9" * 400])
def test_an_odd_wish_is_no_exception(client_of: Made, wish: str) -> None:
    data = refusal(503, ErrorCode.BUSY, f"Retry-After: {wish}".encode().decode("latin-1"))
    with ScriptedPeer(data) as peer:
        assert client_of(peer.url).call_staff(CALL, KEY) == Unreachable(Cause.TROUBLE)


def test_silence_ends_at_the_read_timeout(client_of: Made) -> None:
    with ScriptedPeer(silence(0.5)) as peer:
        client = client_of(peer.url, read_s=0.05, deadline_s=5, tries=2)
        assert client.health() == Unreachable(Cause.TIMEOUT)


@pytest.mark.parametrize("part", ["head", "body"])
def test_an_answer_that_drips_ends_at_the_deadline(client_of: Made, part: str) -> None:
    whole = b"HTTP/1.1 201 x\r\nContent-Length: 34\r\n\r\n" + GOOD
    trick = drip(whole, 0.05) if part == "head" else answer_slowly(whole)
    clock = SystemClock()
    began = clock.monotonic_s()
    with ScriptedPeer(trick) as peer:
        outcome = client_of(peer.url, deadline_s=0.4).call_staff(CALL, KEY)
        assert outcome == Unreachable(Cause.TIMEOUT)
        assert clock.monotonic_s() - began < 1.5


def answer_slowly(whole: bytes) -> Callable[[socket.socket], bool]:
    head, body = whole[:-34], whole[-34:]

    def act(line: socket.socket) -> bool:
        line.sendall(head)
        return drip(body, 0.05)(line)

    return act


def test_an_endless_answer_is_not_kept(client_of: Made) -> None:
    huge = raw(b"HTTP/1.1 200 x\r\nContent-Length: 9000000\r\n\r\n" + b"x" * (5 * 1024 * 1024))
    with ScriptedPeer(huge) as peer:
        assert client_of(peer.url, tries=1).health() == Unreachable(Cause.GARBLED)


def test_an_answer_in_chunks_is_whole(client_of: Made) -> None:
    head = b"HTTP/1.1 201 x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with ScriptedPeer(raw(head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(GOOD), GOOD))) as peer:
        assert isinstance(client_of(peer.url).call_staff(CALL, KEY), Answered)


def test_words_of_a_newer_central_are_passed_over(client_of: Made) -> None:
    with ScriptedPeer(answer(201, GOOD[:-1] + b',"new":1}')) as peer:
        assert isinstance(client_of(peer.url).call_staff(CALL, KEY), Answered)
