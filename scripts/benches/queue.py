"""The queue over loopback HTTP: tickets, calls, pictures, events; an empty day and a full one.

The server is its own process, commits are durable. The reference of the ticket rates is what this
disk can do at all in the same run: single rows committed one by one with the same settings.
Marks to beat: peers 6.3, 6.4, 6.7.
"""

import sqlite3
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from kiosk.central.contract import TicketIn
from kiosk.central.server import tickets
from kiosk.central.server.staff.first import make_demo_staff
from kiosk.clock import SystemClock
from scripts.benches.figure import Figure, at_most
from tests.kit.central import (
    FIELD_KEY,
    HALL,
    Caller,
    CentralProcess,
    WallClock,
    new_id,
    ticket_request,
)
from tests.kit.event_reader import reading
from tests.kit.keypad import Keypad
from tests.kit.pages import PASSWORD
from tests.kit.queue_hall import Hall, open_hall

DAYS = {"empty": 0, "full": 20_000}
"""tickets that wait already"""
SEQUENTIAL_PER_S = 502
EIGHT_PER_S = 444
EIGHT_P99_MS = 119
CALLS_PER_S = 372
PICTURE_MS = 2
EVENT_MS = 100
_CLIENTS = 8


@dataclass(frozen=True, slots=True)
class Run:
    """What a row of requests took.

    Args:
        per_s: requests per second over all clients.
        times_ms: of each request.
        cpu_ms: processor time of the server per request.
    """

    per_s: float
    times_ms: list[float]
    cpu_ms: float

    def percentile_ms(self, percent: int) -> float:
        """Of one request."""
        return round(quantiles(self.times_ms, n=100)[percent - 1], 2)


class Bench:
    """A server process with a day already behind it.

    Args:
        folder: for database and key.
        before: tickets that wait already.
    """

    def __init__(self, folder: Path, before: int) -> None:
        folder.mkdir()
        (folder / "field.key").write_text(FIELD_KEY.hex() + "\n")
        database = str(folder / "central.db")
        _fill(database, before)
        self._process = CentralProcess(database, folder)
        began = perf_counter()
        self._process.start()
        self.start_s = perf_counter() - began
        self.port = self._process.port

    def end(self) -> None:
        """Stop the server."""
        self._process.end()

    def rss_mib(self) -> float:
        """Resident memory of the server."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1024, 1)

    def cpu_s(self) -> float:
        """Processor time of the server so far."""
        return self._process.cpu_s()

    def run(self, clients: int, each: int, make: "Callable[[], Callable[[], object]]") -> Run:
        """Let clients repeat a request, each on its own kept connection."""

        def client(_n: int) -> list[float]:
            request, times = make(), []
            for _ in range(each):
                began = perf_counter()
                request()
                times.append((perf_counter() - began) * 1000)
            return times

        cpu_s, began = self.cpu_s(), perf_counter()
        with ThreadPoolExecutor(clients) as pool:
            times = [one for some in pool.map(client, range(clients)) for one in some]
        took_s = perf_counter() - began
        cpu_ms = (self.cpu_s() - cpu_s) * 1000 / len(times)
        return Run(round(len(times) / took_s, 1), times, round(cpu_ms, 3))


def measure(*, quick: bool) -> list[Figure]:
    """An empty day, then one with 20,000 tickets waiting."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="queue-bench-") as top:
        commits = _commits_per_s(Path(top), 200 if quick else 1000)
        for name, before in DAYS.items():
            bench = Bench(Path(top) / name, before)
            try:
                found += _figures(bench, name, commits, 200 if quick else 1500)
            finally:
                bench.end()
    return found


def _figures(bench: Bench, day: str, commits: float, count: int) -> list[Figure]:
    idle_mib = bench.rss_mib()
    tickets_one = bench.run(1, count, lambda: _taker(bench.port))
    tickets_eight = bench.run(_CLIENTS, count // 4, lambda: _taker(bench.port))
    pictures = bench.run(1, count, lambda: _looker(bench.port))
    calls, event_ms = _calls(bench, count // 4)
    return [
        _rate(f"queue.{day}.tickets", tickets_one, SEQUENTIAL_PER_S, commits),
        *spread(f"queue.{day}.tickets", tickets_one),
        Figure(f"queue.{day}.cpu_per_ticket", tickets_one.cpu_ms, "ms"),
        _rate(f"queue.{day}.tickets_8", tickets_eight, EIGHT_PER_S, commits),
        *spread(f"queue.{day}.tickets_8", tickets_eight, p99_limit_ms=EIGHT_P99_MS),
        _rate(f"queue.{day}.call_next", calls, CALLS_PER_S, commits),
        *spread(f"queue.{day}.call_next", calls),
        *spread(f"queue.{day}.picture", pictures, p50_limit_ms=PICTURE_MS),
        at_most(f"queue.{day}.event_p50", round(median(event_ms), 2), "ms", EVENT_MS),
        at_most(f"queue.{day}.event_max", round(max(event_ms), 2), "ms", EVENT_MS),
        Figure(f"queue.{day}.start", round(bench.start_s, 2), "s"),
        Figure(f"queue.{day}.memory_idle", idle_mib, "MiB"),
        Figure(f"queue.{day}.memory_loaded", bench.rss_mib(), "MiB"),
    ]


def _rate(name: str, run: Run, mark: float, reference: float) -> Figure:
    goal = f"value >= {mark:g}"
    return Figure(name, run.per_s, "per s", reference, goal, run.per_s >= mark)


def spread(
    name: str, run: Run, *, p50_limit_ms: float | None = None, p99_limit_ms: float | None = None
) -> list[Figure]:
    """Half, 95 and 99 of a hundred requests took no longer, with a goal where there is a limit."""
    limits = {50: p50_limit_ms, 95: None, 99: p99_limit_ms}
    return [
        Figure(f"{name}_p{percent}", run.percentile_ms(percent), "ms")
        if limit_ms is None
        else at_most(f"{name}_p{percent}", run.percentile_ms(percent), "ms", limit_ms)
        for percent, limit_ms in limits.items()
    ]


def _taker(port: int) -> Callable[[], object]:
    caller = Caller(port)
    return lambda: _expect(caller.post("/v1/tickets", ticket_request()).status, 201)


def _looker(port: int) -> Callable[[], object]:
    caller = Caller(port)
    return lambda: _expect(caller.get(f"/v1/queue?hall_id={HALL}").status, 200)


def _expect(status: int, wanted: int) -> None:
    if status != wanted:
        raise RuntimeError(f"status {status}")


def _calls(bench: Bench, count: int) -> tuple[Run, list[float]]:
    """Calls alone are timed; between them the person is served. Then from call to reader."""
    desk, times = Keypad(bench.port, "clerk1", "1"), []
    for _ in range(count):
        began = perf_counter()
        ticket_id = desk.do("next")
        times.append((perf_counter() - began) * 1000)
        desk.serve(ticket_id)
    event_ms = []
    with reading(bench.port, "&kind=ticket_called") as reader:
        for n in range(1, 31):
            began = perf_counter()
            ticket_id = desk.do("next")
            reader.wait(n)
            event_ms.append((perf_counter() - began) * 1000)
            desk.serve(ticket_id)
    return Run(round(1000 * len(times) / sum(times), 1), times, 0.0), event_ms


def _fill(database: str, before: int) -> None:
    hall: Hall = open_hall(database)
    hall.clock.moment = SystemClock().now()
    make_demo_staff(hall.office, HALL, PASSWORD)
    clock = WallClock(hall.clock.moment)
    with hall.office.database.transaction() as connection:
        for _ in range(before):
            request = TicketIn(
                ticket_id=new_id("t"),
                machine_id="kiosk-1",
                hall_id=HALL,
                services=("passport",),
                taken_at=clock.moment,
            )
            tickets.take(connection, hall.office, request)
    hall.office.database.close()


def _commits_per_s(folder: Path, count: int) -> float:
    line = sqlite3.connect(folder / "reference.db", isolation_level=None)
    line.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (x TEXT)")
    began = perf_counter()
    for n in range(count):
        line.execute("INSERT INTO t VALUES (?)", (f"{n:0200d}",))
    took_s = perf_counter() - began
    line.close()
    return round(count / took_s, 1)
