"""A network between a machine and central that fails in nine ways, chosen by a seed."""

import asyncio
import contextlib
import random
import threading
from collections.abc import Callable, Sequence
from enum import StrEnum


class Fault(StrEnum):
    """What happens to a connection."""

    NONE = "none"
    REFUSE = "refuse"
    """closed at once, nothing is read"""
    RESET_BEFORE = "reset_before"
    """reset after the request was read, before it is passed on"""
    RESET_AFTER = "reset_after"
    """passed on, then reset while central works"""
    CUT_ANSWER = "cut_answer"
    """half of the answer"""
    DROP_ANSWER = "drop_answer"
    """central answers, the connection closes without it"""
    GARBAGE = "garbage"
    """central answers, other bytes come out"""
    LATENCY = "latency"
    """everything arrives, late"""
    BLACK_HOLE = "black_hole"
    """nothing comes back, the connection stays open"""


EVERY_FAULT = tuple(one for one in Fault if one is not Fault.NONE)
_ANSWER_LIMIT_S = 5.0


class ChaosProxy:
    """Passes TCP connections on to central, each with one fault.

    Args:
        target_port: of central on loopback.
        rng: chooses faults.
        faults: to choose from; change it at any time.
        rate: share of connections that get a fault.
        latency_s: longest delay of `LATENCY`.
        hole_s: how long a `BLACK_HOLE` stays open at most.
    """

    def __init__(
        self,
        target_port: int,
        rng: random.Random,
        faults: Sequence[Fault] = EVERY_FAULT,
        rate: float = 1.0,
        latency_s: float = 0.2,
        hole_s: float = 30.0,
    ) -> None:
        self.faults = tuple(faults)
        self.rate = rate
        self.met: dict[Fault, int] = dict.fromkeys(Fault, 0)
        self.port = 0
        self._target_port = target_port
        self._rng = rng
        self._latency_s = latency_s
        self._hole_s = hole_s
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.Task[None]] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="chaos-proxy", daemon=True)

    def __enter__(self) -> "ChaosProxy":
        self._thread.start()
        assert self._ready.wait(10), "the proxy did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """Where the machine finds it."""
        return f"http://127.0.0.1:{self.port}"

    def block(self) -> None:
        """Central is away: every connection, also an open one, ends."""
        self.faults, self.rate = (Fault.REFUSE,), 1.0
        self._loop.call_soon_threadsafe(self._cut_all)

    def clear(self) -> None:
        """Central is there."""
        self.rate = 0.0

    def upset(self, rate: float, faults: Sequence[Fault] = EVERY_FAULT) -> None:
        """Some connections fail."""
        self.faults, self.rate = tuple(faults), rate

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._cut_all()
        self._loop.run_until_complete(asyncio.gather(*self._open, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def _cut_all(self) -> None:
        for task in self._open:
            task.cancel()

    def _choose(self) -> Fault:
        hit = self.faults and self._rng.random() < self.rate
        return self._rng.choice(self.faults) if hit else Fault.NONE

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            await self._exchange(reader, writer)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, asyncio.CancelledError):
            _reset(writer)
        finally:
            self._open.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Requests of one connection, until one of them meets a fault."""
        while True:
            fault = self._choose()
            if fault is Fault.REFUSE:
                _reset(writer)
                self.met[fault] += 1
                return
            request = await _message(reader)
            if not request:
                return
            self.met[fault] += 1
            if not await self._answer(fault, request, writer):
                return
            await writer.drain()

    async def _answer(self, fault: Fault, request: bytes, writer: asyncio.StreamWriter) -> bool:
        """One request; whether the connection goes on."""
        if fault is Fault.RESET_BEFORE:
            _reset(writer)
            return False
        if fault is Fault.LATENCY:
            await asyncio.sleep(self._rng.uniform(0, self._latency_s))
        if fault is Fault.BLACK_HOLE:
            await asyncio.sleep(self._hole_s)
            return False
        if b"text/event-stream" in request:
            await _pour(self._target_port, request, writer)
            return False
        cut_early = (lambda: _reset(writer)) if fault is Fault.RESET_AFTER else None
        return self._pass_back(fault, await self._ask(request, cut_early), writer)

    def _pass_back(self, fault: Fault, answer: bytes, writer: asyncio.StreamWriter) -> bool:
        """Write what is left of the answer; whether the connection goes on."""
        if fault is Fault.CUT_ANSWER:
            writer.write(answer[: len(answer) // 2])
        elif fault is Fault.GARBAGE:
            writer.write(self._rng.randbytes(200))
        elif fault in (Fault.NONE, Fault.LATENCY):
            writer.write(answer)
            return True
        return False

    async def _ask(self, request: bytes, sent: Callable[[], None] | None) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._target_port)
        try:
            writer.write(request)
            await writer.drain()
            if sent:
                sent()
            async with asyncio.timeout(_ANSWER_LIMIT_S):
                return await _message(reader)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


def _reset(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def _pour(port: int, request: bytes, writer: asyncio.StreamWriter) -> None:
    """An answer without an end, until either side hangs up."""
    reader, asking = await asyncio.open_connection("127.0.0.1", port)
    try:
        asking.write(request)
        while told := await reader.read(4096):
            writer.write(told)
            await writer.drain()
    finally:
        asking.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One HTTP message with a stated length; empty when the other end has closed."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return head + (await reader.readexactly(length) if length else b"")
