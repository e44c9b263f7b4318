"""Central: how fast it gives numbers, and that no two tickets ever share one.

The server is a process of its own on a database of its own; its commits are durable (SQLite WAL
with `synchronous=FULL`, PostgreSQL with `fsync=on`). The reference of eight clients is one client
on the same engine in the same run.
"""

import http.client
import json
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from scripts.benches.figure import Figure, at_most
from tests.kit.central import central_process, new_id, ticket_request
from tests.kit.central_load import account
from tests.kit.postgres import running_postgres

CLIENTS = 8
_ENGINES = ("sqlite", "postgresql")
_BUSY_WAIT_S = 0.2


@dataclass(frozen=True, slots=True)
class _Size:
    one: int
    """tickets for the figures of one client"""
    eight: int
    """tickets for the figures of eight clients"""
    many: int
    """tickets for the search for duplicates, those of the figures included"""


_FULL = _Size(2_000, 8_000, 100_000)
_QUICK = _Size(200, 800, 2_000)


@dataclass(slots=True)
class _Taken:
    given: list[tuple[str, str]]
    seconds: list[float]
    whole_s: float
    repeated: int
    """deliveries beyond the first, after "busy" """

    @property
    def rate(self) -> float:
        """Tickets per second."""
        return len(self.given) / self.whole_s


def measure(*, quick: bool) -> list[Figure]:
    """Both engines in turn.

    Args:
        quick: fewer tickets.
    """
    size = _QUICK if quick else _FULL
    return [figure for engine in _ENGINES for figure in _of_engine(engine, size)]


def _of_engine(engine: str, size: _Size) -> Iterator[Figure]:
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-server-") as folder,
        _database(engine, Path(folder)) as database,
    ):
        with central_process(database, Path(folder)) as central:
            one = _take(central.port, 1, size.one)
            eight = _take(central.port, CLIENTS, size.eight)
            left = size.many - len(one.given) - len(eight.given)
            rest = _take(central.port, CLIENTS, left)
        books = account(database, one.given + eight.given + rest.given)
    yield from _speed(f"server.{engine}.1_client", one, None)
    yield from _speed(f"server.{engine}.{CLIENTS}_clients", eight, one)
    yield from _speed(f"server.{engine}.{size.many}_tickets", rest, eight)
    repeated = one.repeated + eight.repeated + rest.repeated
    yield Figure(f"server.{engine}.tickets", books.acknowledged, "tickets")
    yield Figure(f"server.{engine}.repeated", repeated, "deliveries")
    yield at_most(f"server.{engine}.duplicates", books.doubled, "tickets", 0)
    yield at_most(f"server.{engine}.lost", books.lost, "tickets", 0)
    yield at_most(f"server.{engine}.gaps", books.gaps, "numbers", 0)


def _speed(name: str, taken: _Taken, beside: _Taken | None) -> Iterator[Figure]:
    reference = round(beside.rate, 1) if beside else None
    yield Figure(f"{name}.rate", round(taken.rate, 1), "tickets/s", reference)
    cuts, others = _cuts(taken), _cuts(beside) if beside else {}
    for cut, value in cuts.items():
        yield Figure(f"{name}.{cut}", value, "ms", others.get(cut))


def _cuts(taken: _Taken) -> dict[str, float]:
    hundredths = quantiles(taken.seconds, n=100)
    return {f"p{n}": round(hundredths[n - 1] * 1000, 2) for n in (50, 95, 99)}


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield str(folder / "central.sqlite")
        return
    with running_postgres() as postgres:
        yield postgres.new_database()


def _take(port: int, clients: int, count: int) -> _Taken:
    share = count // clients
    start_s = perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        parts = list(threads.map(lambda _client: _one_client(port, share), range(clients)))
    whole_s = perf_counter() - start_s
    return _Taken(
        [given for part in parts for given in part.given],
        [second for part in parts for second in part.seconds],
        whole_s,
        sum(part.repeated for part in parts),
    )


def _one_client(port: int, count: int) -> _Taken:
    """Take tickets one after another, as the machines' own client does: busy is asked again.

    The time of a ticket is that of all its deliveries.
    """
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    taken = _Taken([], [], 0.0, 0)
    began_s = perf_counter()
    for _ in range(count):
        ticket_id = new_id("t")
        body = json.dumps(ticket_request(ticket_id)).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": new_id("key")}
        start_s = perf_counter()
        while (delivered := _delivered(line, body, headers)) is None:
            taken.repeated += 1
            threading.Event().wait(_BUSY_WAIT_S)
        taken.seconds.append(perf_counter() - start_s)
        taken.given.append((ticket_id, delivered))
    line.close()
    taken.whole_s = perf_counter() - began_s
    return taken


def _delivered(
    line: http.client.HTTPConnection, body: bytes, headers: dict[str, str]
) -> str | None:
    """The number; None when the server says that it is busy."""
    line.request("POST", "/v1/tickets", body, headers)
    response = line.getresponse()
    answer = response.read()
    if response.status in (http.client.CREATED, http.client.OK):
        return str(json.loads(answer)["number"])
    if response.headers["Retry-After"]:
        return None
    raise RuntimeError(f"{response.status}: {answer[:200]!r}")
