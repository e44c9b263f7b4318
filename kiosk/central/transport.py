"""The way to central over HTTP: answered, refused or unreachable, always as a value.

Nothing here raises for trouble on the line. A write carries the caller's idempotency key, so that
repeating it is harmless; a call without a key is tried once.
"""

import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakSet

import requests
from pydantic import ValidationError
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from kiosk.central import contract
from kiosk.central.answer import Answered, Cause, Outcome, Refused, Timeouts, Unreachable
from kiosk.central.contract import Model, Problem
from kiosk.central.wire import Line, came_whole, cause_of
from kiosk.clock import Clock

M = TypeVar("M", bound=Model)

_RETRY_STATUS = frozenset({408, 425, 429})
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

    def headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if self.body is not None:
            headers["Content-Type"] = "application/json"
        if self.key is not None:
            headers["Idempotency-Key"] = self.key
        return headers


@dataclass(frozen=True, slots=True)
class _Later:
    """Not this time; `after_s` is central's own wish, None where it had none."""

    cause: Cause
    after_s: float | None = None


class Transport:
    """Delivers calls over HTTP and repeats those that may be repeated.

    Args:
        base_url: of central, for example `http://127.0.0.1:8600`.
        timeouts: how long to wait.
        clock: for deadlines.
        rng: for jitter, so that machines do not return all at once.
        pause: waits so many seconds; tests pass their own.
    """

    def __init__(
        self,
        base_url: str,
        timeouts: Timeouts,
        clock: Clock,
        rng: random.Random | None = None,
        pause: Callable[[float], None] | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._timeouts = timeouts
        self._clock = clock
        self._rng = rng or random.SystemRandom()
        self._pause = pause or _wait
        self._of_thread = threading.local()
        # A thread that ends takes its connection along.
        self._open_ones: WeakSet[_Connection] = WeakSet()

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

    def feed(self, path: str, last_id: str, silent_s: float) -> "Outcome[Feed]":
        """Open an answer that does not end: server-sent events. Tried once.

        Args:
            path: of the endpoint, with its query.
            last_id: of the last event seen, empty for none.
            silent_s: it counts as lost when nothing comes for so long.

        Returns:
            The feed, on a connection of its own; whoever takes it closes it.
        """
        connection = _Connection(self._clock)
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
        while True:
            result = self._once(call, ends_at)
            if not isinstance(result, _Later):
                return result
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

    def _open(self) -> "_Connection":
        """One connection per thread: requests promises nothing about sharing a session."""
        connection: _Connection | None = getattr(self._of_thread, "connection", None)
        if connection is None:
            connection = _Connection(self._clock)
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
                    headers=call.headers(),
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


class Feed:
    """An answer without end, line by line.

    Args:
        connection: its own.
        response: begun.
    """

    def __init__(self, connection: "_Connection", response: requests.Response) -> None:
        self._connection = connection
        self._response = response

    def lines(self) -> Iterator[str]:
        """Lines as they come; ends when the feed is lost or closed, whatever the reason."""
        try:
            for line in self._response.iter_lines():
                yield line.decode("utf-8", "replace")
        except (requests.RequestException, HTTPError, OSError, ValueError, AttributeError):
            return  # an answer closed by another thread has lost its file

    def close(self) -> None:
        """Hang up, from any thread."""
        self._connection.line.cut()
        self._connection.session.close()


class _Connection:
    def __init__(self, clock: Clock) -> None:
        self.line = Line(clock)
        self.session = requests.Session()
        # The environment would override proxies and the pinned authority (facts 2.5).
        self.session.trust_env = False
        for scheme in ("http://", "https://"):
            adapter = HTTPAdapter()
            adapter.poolmanager.pool_classes_by_scheme = self.line.pools()
            self.session.mount(scheme, adapter)


def _judge(
    status: int, headers: Mapping[str, str], body: bytes
) -> Answered[bytes] | Refused | _Later:
    after_s = _retry_after_s(headers.get("Retry-After"))
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
    if problem.code is contract.ErrorCode.BUSY:
        return _Later(Cause.TROUBLE, after_s)
    return Refused(status, problem)


def _retry_after_s(text: str | None) -> float | None:
    """Seconds only; central never sends the date form."""
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
