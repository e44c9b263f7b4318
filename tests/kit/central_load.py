"""Clients that take tickets at once while the server is killed, and an account of every number."""

import http.client
import json
import random
import signal
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import create_engine, make_url, text

from tests.kit.central import CentralProcess, new_id, ticket_request
from tests.kit.patience import PATIENCE_S

ANSWERS_PER_KILL = 25
"""that clients hold from each life of a server; no visit is asked for more than twice"""
LIMIT_S = 2 * PATIENCE_S


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the numbers.

    Args:
        acknowledged: tickets that a client holds an answer for.
        kills: how often the server was seen to die of the signal.
        lost: acknowledged tickets that the database does not hold under that number.
        doubled: numbers given to two tickets, and visits with two numbers.
        gaps: numbers up to the highest that nobody holds.
        retried: deliveries beyond the first.
    """

    acknowledged: int
    kills: int
    lost: int
    doubled: int
    gaps: int
    retried: int


@dataclass(slots=True)
class _Load:
    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    given: list[tuple[str, str]] = field(default_factory=list)
    more: threading.Condition = field(default_factory=threading.Condition)
    retried: int = 0

    def client(self, seed: int) -> None:
        """Take tickets until told to stop; a visit begun is always brought to its answer."""
        rng = random.Random(seed)
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        while not self.stop.is_set():
            ticket_id, key = new_id("t"), new_id("key")
            body = json.dumps(ticket_request(ticket_id)).encode()
            # One in ten is delivered twice on purpose.
            for _ in range(1 + (rng.random() < 0.1)):
                number = self._delivered(line, body, key)
                with self.more:
                    self.given.append((ticket_id, number))
                    self.more.notify_all()
        line.close()

    def wait_for(self, count: int) -> None:
        """Until so many more answers have come; a loaded computer takes its time for them."""
        with self.more:
            enough = len(self.given) + count
            assert self.more.wait_for(lambda: len(self.given) >= enough, LIMIT_S)

    def _delivered(self, line: http.client.HTTPConnection, body: bytes, key: str) -> str:
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        while True:
            try:
                line.request("POST", "/v1/tickets", body, headers)
                response = line.getresponse()
                answer = response.read()
                if response.status in (200, 201):
                    return str(json.loads(answer)["number"])
                assert response.status in (409, 503), f"{response.status}: {answer!r}"
            except (OSError, http.client.HTTPException):
                line.close()
            self.retried += 1
            self.stop.wait(0.02)


def kill_under_load(
    central: CentralProcess, database: str, kills: int, clients: int = 4, seed: int = 1
) -> Account:
    """Kill a server again and again under load, then account for every number.

    Args:
        central: running, on an empty database.
        database: its path or URL.
        kills: with SIGKILL, each at a random moment within 0.1 s of the answers it waits for.
        clients: that take tickets at once.
        seed: of the moments.
    """
    rng = random.Random(seed)
    load = _Load(central.port)
    killed = 0
    with ThreadPoolExecutor(clients) as threads:
        working = [threads.submit(load.client, seed + i) for i in range(clients)]
        try:
            for _ in range(kills):
                load.wait_for(ANSWERS_PER_KILL)
                threading.Event().wait(rng.random() * 0.1)
                killed += central.end(signal.SIGKILL) == -signal.SIGKILL
                central.start()
            load.wait_for(ANSWERS_PER_KILL)
        finally:
            load.stop.set()
        for one in working:
            one.result()
    return account(database, load.given, killed, load.retried)


def account(
    database: str, given: list[tuple[str, str]], kills: int = 0, retried: int = 0
) -> Account:
    """Compare what clients were told with what the database holds.

    Args:
        database: path or URL.
        given: ticket id and number of every answer.
        kills: to report.
        retried: to report.
    """
    held = _held(database)
    numbers_of: dict[str, set[str]] = {}
    for ticket_id, number in given:
        numbers_of.setdefault(ticket_id, set()).add(number)
    by_queue: dict[tuple[date, str], list[int]] = {}
    for _, day, prefix, n in held:
        by_queue.setdefault((day, prefix), []).append(n)
    known = {(ticket_id, f"{prefix}{n:03d}") for ticket_id, _, prefix, n in held}
    lost = sum((t, number) not in known for t, numbers in numbers_of.items() for number in numbers)
    doubled = sum(len(numbers) - 1 for numbers in numbers_of.values())
    doubled += sum(c - 1 for ns in by_queue.values() for c in Counter(ns).values())
    doubled += sum(c - 1 for c in Counter(ticket_id for ticket_id, *_ in held).values())
    gaps = sum(max(ns) - len(set(ns)) for ns in by_queue.values())
    return Account(len(numbers_of), kills, lost, doubled, gaps, retried)


def _held(database: str) -> list[tuple[str, date, str, int]]:
    is_url = database.startswith("postgresql")
    driver = make_url(database).set(drivername="postgresql+psycopg") if is_url else None
    engine = create_engine(driver or f"sqlite:///{database}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT ticket_id, day, prefix, n FROM ticket")).all()
    engine.dispose()
    return [(row.ticket_id, row.day, row.prefix, row.n) for row in rows]
