"""The way to central over HTTP: answered, refused or unreachable, always as a value.

Nothing here raises for trouble on the line. A write carries the caller's idempotency key, so that
repeating it is harmless; a call without a key is tried once.
"""

import logging
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakSet

import requests
from pydantic import ValidationError
from urllib3.exceptions import HTTPError

from kiosk.central.answer import Answered, Cause, Outcome, Refused, Timeouts, Unreachable
from kiosk.central.connection import Connection, Feed
from kiosk.central.contract import ErrorCode, Model, Problem
from kiosk.central.machine_key import MachineProof
from kiosk.central.signing import CENTRAL_TIME, Signable
from kiosk.central.wire import came_whole, cause_of
from kiosk.clock import Clock

log = logging.getLogger(__name__)
M = TypeVar("M", bound=Model)

_RETRY_STATUS = frozenset({408, 425, 429})
_NOT_BELIEVED = frozenset(
    {ErrorCode.NOT_ADMITTED, ErrorCode.PROOF_STALE, ErrorCode.NOT_THIS_MACHINE}
)
_LARGEST_ANSWER = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    path: str
    body: bytes | None = None
    key: str | None = None

    @property
    def repeatable(self) -> bool:
        return self.method == "GET" or self.key is not None

    def headers(self, proof: MachineProof | None) -> dict[str, str]:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if self.body is not None:
            headers["Content-Type"] = "application/json"
        if self.key is not None:
            headers["Idempotency-Key"] = self.key
        if proof is not None:
            signable = Signable(self.method, self.path, self.body or b"", self.key or "")
            headers |= proof.headers(signable)
        return headers


@dataclass(frozen=True, slots=True)
class _Later:
    """Not this time.

    Args:
        cause: why.
        after_s: central's own wish, None where it had none.
        central_s: central's time where the proof was stale by it, seconds since 1970.
    """

    cause: Cause
    after_s: float | None = None
    central_s: float | None = None


class Transport:
    """Delivers calls over HTTP and repeats those that may be repeated.

    Args:
        base_url: of central, for example `http://127.0.0.1:8600`.
        timeouts: how long to wait.
        clock: for deadlines.
        rng: for jitter, so that machines do not return all at once.
        pause: waits so many seconds; tests pass their own.

    Attributes:
        proof: signs every call; None for a machine that central has not let in yet.
        authority: file with the certificates that central's is checked by; set before any call.
    """

    def __init__(
        self,
        base_url: str,
        timeouts: Timeouts,
        clock: Clock,
        rng: random.Random | None = None,
        pause: Callable[[float], None] | None = None,
    ) -> None:
        self.proof: MachineProof | None = None
        self.authority = ""
        self._base_url = base_url.rstrip("/")
        self._timeouts = timeouts
        self._clock = clock
        self._rng = rng or random.SystemRandom()
        self._pause = pause or _wait
        self._of_thread = threading.local()
        # A thread that ends takes its connection along.
        self._open_ones: WeakSet[Connection] = WeakSet()

    def get(self, path: str, model: type[M]) -> Outcome[M]:
        """Read something.

        Args:
            path: of the endpoint, with its query.
            model: of the answer.
        """
        return _parsed(self._send(_Call("GET", path)), model)

    def post(self, path: str, body: Model, key: str | None, model: type[M]) -> Outcome[M]:
        """Write something.

        Args:
            path: of the endpoint.
            body: of the request.
            key: made once per intent; without one the call is tried once.
            model: of the answer.
        """
        call = _Call("POST", path, body.model_dump_json().encode(), key)
        return _parsed(self._send(call), model)

    def deliver(self, path: str, body: bytes, key: str, tries: int) -> Outcome[bytes]:
        """Write a kept message byte for byte.

        Args:
            path: of the endpoint.
            body: JSON as first made.
            key: of the message.
            tries: at most so many deliveries in this call.
        """
        return self._send(_Call("POST", path, body, key), tries)

    def feed(self, path: str, last_id: str, silent_s: float) -> Outcome[Feed]:
        """Open an answer that does not end: server-sent events. Tried once.

        Args:
            path: of the endpoint, with its query.
            last_id: of the last event seen, empty for none.
            silent_s: it counts as lost when nothing comes for so long.

        Returns:
            The feed, on a connection of its own; whoever takes it closes it.
        """
        connection = Connection(self._clock, self.authority)
        headers = {"Accept": "text/event-stream", "Accept-Encoding": "identity"}
        if last_id:
            headers["Last-Event-ID"] = last_id
        try:
            response = connection.session.get(
                self._base_url + path,
                headers=headers,
                timeout=(self._timeouts.connect_s, silent_s),
                allow_redirects=False,
                stream=True,
            )
            if response.status_code == requests.codes.ok:
                return Answered(Feed(connection, response))
            judged = _judge(response.status_code, response.headers, response.raw.read(4096))
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            judged = _Later(cause_of(error))
        connection.session.close()
        return judged if isinstance(judged, Refused) else Unreachable(Cause.TROUBLE)

    def _send(self, call: _Call, tries: int | None = None) -> Outcome[bytes]:
        ends_at = self._clock.monotonic_s() + self._timeouts.deadline_s
        left = (tries or self._timeouts.tries) if call.repeatable else 1
        tried = 0
        corrected = False
        while True:
            result = self._once(call, ends_at)
            if not isinstance(result, _Later):
                return result
            if result.cause is Cause.NOT_ADMITTED:
                if result.central_s is None or self.proof is None or corrected:
                    log.warning("central does not let this machine in: `python -m kiosk enrol`")
                    return Unreachable(result.cause)
                # The clocks differ, and central's counts.
                self.proof.set_by(result.central_s)
                corrected = True
                continue
            wait_s = self._wait_s(tried, result)
            tried += 1
            if tried == left or self._clock.monotonic_s() + wait_s >= ends_at:
                return Unreachable(result.cause, result.after_s)
            self._pause(wait_s)

    def close(self) -> None:
        """Close every thread's connection."""
        for connection in tuple(self._open_ones):
            connection.session.close()

    def _wait_s(self, tried: int, later: _Later) -> float:
        limit = min(self._timeouts.longest_pause_s, self._timeouts.first_pause_s * 2**tried)
        return max(later.after_s or 0.0, self._rng.uniform(0, limit))

    def _open(self) -> Connection:
        """One connection per thread: requests promises nothing about sharing a session."""
        connection: Connection | None = getattr(self._of_thread, "connection", None)
        if connection is None:
            connection = Connection(self._clock, self.authority)
            self._of_thread.connection = connection
            self._open_ones.add(connection)
        return connection

    def _once(self, call: _Call, ends_at: float) -> Answered[bytes] | Refused | _Later:
        left_s = ends_at - self._clock.monotonic_s()
        if left_s <= 0:
            return _Later(Cause.TIMEOUT)
        connection = self._open()
        with connection.line.cut_after(left_s) as cut:
            try:
                with connection.session.request(
                    call.method,
                    self._base_url + call.path,
                    data=call.body,
                    headers=call.headers(self.proof),
                    timeout=(min(self._timeouts.connect_s, left_s), self._timeouts.read_s),
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    body = response.raw.read(_LARGEST_ANSWER + 1)
                    if len(body) > _LARGEST_ANSWER or came_whole(response.raw):
                        return _judge(response.status_code, response.headers, body)
                    cause = Cause.LOST
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                cause = cause_of(error)
            return _Later(Cause.TIMEOUT if cut.is_set() else cause)


def _judge(
    status: int, headers: Mapping[str, str], body: bytes
) -> Answered[bytes] | Refused | _Later:
    after_s = _seconds(headers.get("Retry-After"))
    if status in _RETRY_STATUS or status >= 500:
        return _Later(Cause.TROUBLE, after_s)
    if len(body) > _LARGEST_ANSWER:
        return _Later(Cause.GARBLED)
    if 200 <= status < 300:
        return Answered(body, headers.get("Idempotent-Replay") == "true")
    try:
        problem = Problem.model_validate_json(body, extra="ignore")
    except ValidationError:
        # A proxy's page or another program on central's port; central itself always says why.
        return _Later(Cause.GARBLED)
    if problem.code is ErrorCode.BUSY:
        return _Later(Cause.TROUBLE, after_s)
    if problem.code in _NOT_BELIEVED:
        stale = problem.code is ErrorCode.PROOF_STALE
        return _Later(
            Cause.NOT_ADMITTED, None, _seconds(headers.get(CENTRAL_TIME)) if stale else None
        )
    return Refused(status, problem)


def _seconds(text: str | None) -> float | None:
    """Seconds only; central never sends a date."""
    return float(text) if text is not None and text.isascii() and text.isdigit() else None


def _parsed(outcome: Outcome[bytes], model: type[M]) -> Outcome[M]:
    if not isinstance(outcome, Answered):
        return outcome
    try:
        # A newer central may say more than this machine knows.
        value = model.model_validate_json(outcome.value, extra="ignore")
    except ValidationError:
        return Unreachable(Cause.GARBLED)
    return Answered(value, outcome.replayed)


def _wait(seconds: float) -> None:
    threading.Event().wait(seconds)
