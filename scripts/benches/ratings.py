"""Ratings: how fast they come in, and what the supervisor's page costs with a million of them.

The server is a process of its own with durable commits, as in the bench of the server. Marks of
the best peer measured on like hardware: 67 ratings a second, 12 ms each, a summary page of 63 to
130 ms at 22,000 ratings (peers 6.5, 6.7). Machines sign what they send, as in a hall, and their
signing is in the times. Beside the wall's time stands the server's own processor
time, which a busy computer does not lengthen; PostgreSQL's own is not in it.
"""

import base64
import http.client
import json
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert

from kiosk.central.machine_key import MachineProof
from kiosk.central.server.admission.tables import admission
from kiosk.central.server.overview.trends import CHARTS
from kiosk.central.server.staff.first import make_demo_staff
from kiosk.central.signing import Signable
from kiosk.clock import SystemClock
from scripts.benches.figure import Figure, at_most
from scripts.benches.ratings_seed import fill
from tests.kit.central import (
    FIELD_KEY,
    HALL,
    CentralProcess,
    RunningCentral,
    new_id,
    ticket_request,
)
from tests.kit.postgres import running_postgres

_CLIENTS = 8
_LOOKS = 200
_PASSWORD = "bench-" + new_id("p")
_MARK_PER_S = 67
_MARK_MS = 12
_PAGE_MS = 50
"""wanted of the first page; the month's page is read from the same sums and a chart is part of a
page, so neither gets a wider goal"""
_FIRST_MS = 500
"""the first look after a start reads templates, and once a day a chart is drawn anew: a pause, yet
nobody turns away"""
_LATE_MS = 1_000 / _MARK_PER_S
"""a slow rating of one in twenty still keeps up with the mark's rate"""
_CROWD_MS = 100
"""as long as a touch may wait for its thanks, with eight terminals answering at once"""


def _now_s() -> float:
    return SystemClock().now().timestamp()


_MACHINES = {
    name: MachineProof(name, Ed25519PrivateKey.generate().private_bytes_raw(), _now_s)
    for name in (f"kiosk-{n}" for n in range(12))
}
_LOOKED_AT = {
    "page": "/staff",
    "month_page": "/staff/ratings",
    **{f"chart_{name}": f"/staff/charts/{name}.svg" for name in CHARTS},
}
_ENGINES = ("sqlite", "postgresql")


def measure(*, quick: bool) -> list[Figure]:
    """Both engines in turn.

    Args:
        quick: fewer ratings.
    """
    figures: list[Figure] = []
    for engine in _ENGINES:
        with _database(engine) as (folder, address):
            given, kept = (400, 50_000) if quick else (2_000, 1_000_000)
            _prepare(address, folder, kept)
            server = CentralProcess(address, folder, any_machine=False)
            server.start()
            try:
                figures += _pages(engine, server, kept)
                figures += _intake(engine, server, given)
            finally:
                server.end()
    return figures


@contextmanager
def _database(engine: str) -> Iterator[tuple[Path, str]]:
    with tempfile.TemporaryDirectory(prefix="kiosk-ratings-") as name:
        folder = Path(name)
        (folder / "field.key").write_text(FIELD_KEY.hex() + "\n", encoding="ascii")
        if engine == "sqlite":
            yield folder, str(folder / "central.db")
        else:
            with running_postgres() as server:
                yield folder, server.new_database()


def _prepare(address: str, folder: Path, kept: int) -> None:
    with RunningCentral(address) as central:
        make_demo_staff(central.office, HALL, _PASSWORD)
        with central.office.database.transaction() as connection:
            connection.execute(insert(admission), [_on_file(*one) for one in _MACHINES.items()])
        fill(central.office.database, HALL, SystemClock().today(), kept)


def _on_file(machine_id: str, proof: MachineProof) -> dict[str, object]:
    """A machine that is let in, as central keeps it."""
    now, key = SystemClock().now(), base64.b64decode(proof.public_key)
    by = {"made_by": "bench", "made_at": now, "enrolled_at": now, "tries_left": 0}
    return {"machine_id": machine_id, "hall_id": HALL, "public_key": key, **by}


def _pages(engine: str, server: CentralProcess, kept: int) -> list[Figure]:
    """Each page and each chart of a supervisor, one look after another."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    form = urlencode({"login": "supervisor", "password": _PASSWORD})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", "/staff/sign-in", form, kind)
    answer = line.getresponse()
    answer.read()
    cookie = {"Cookie": (answer.headers["Set-Cookie"] or "").split(";")[0]}
    figures = []
    for name, path in _LOOKED_AT.items():
        first = _look(line, path, cookie)
        cpu_s = server.cpu_s()
        seconds = [_look(line, path, cookie) for _ in range(_LOOKS)]
        cpu_ms = (server.cpu_s() - cpu_s) / _LOOKS * 1000
        figures += [
            at_most(f"ratings.{engine}.{name}_first_at_{kept}", _whole(first), "ms", _FIRST_MS),
            at_most(f"ratings.{engine}.{name}_p50_at_{kept}", _ms(seconds, 50), "ms", _PAGE_MS),
            at_most(f"ratings.{engine}.{name}_p95_at_{kept}", _ms(seconds, 95), "ms", _PAGE_MS),
            Figure(f"ratings.{engine}.{name}_cpu_at_{kept}", round(cpu_ms, 2), "ms"),
        ]
    line.close()
    return figures


def _look(line: http.client.HTTPConnection, path: str, cookie: dict[str, str]) -> float:
    began = perf_counter()
    line.request("GET", path, headers=cookie)
    response = line.getresponse()
    body = response.read()
    seconds = perf_counter() - began
    assert response.status == 200, body[:200]
    return seconds


def _intake(engine: str, server: CentralProcess, count: int) -> list[Figure]:
    port = server.port
    beside = _tickets(port, count)
    bodies = _asked(port, count * 2)
    cpu_s = server.cpu_s()
    one, whole_s = _deliver(port, bodies[:count])
    cpu_ms = (server.cpu_s() - cpu_s) / count * 1000
    with ThreadPoolExecutor(_CLIENTS) as threads:
        parts = [bodies[count + n :: _CLIENTS] for n in range(_CLIENTS)]
        began = perf_counter()
        many = list(threads.map(lambda part: _deliver(port, part)[0], parts))
        together_s = perf_counter() - began
    crowd = [second for part in many for second in part]
    alone = f"ratings.{engine}.intake"
    together = f"{alone}_{_CLIENTS}_clients"
    return [
        _at_rate(f"{alone}_1_client", count / whole_s),
        at_most(f"{alone}_p50", _ms(one, 50), "ms", _MARK_MS),
        Figure(f"{alone}_p50_to_ticket", _ms(one, 50), "ms", _ms(beside, 50)),
        at_most(f"{alone}_p95", _ms(one, 95), "ms", round(_LATE_MS, 1)),
        Figure(f"{alone}_p95_to_ticket", _ms(one, 95), "ms", _ms(beside, 95)),
        Figure(f"{alone}_cpu", round(cpu_ms, 2), "ms"),
        _at_rate(together, len(crowd) / together_s),
        at_most(f"{together}_p95", _ms(crowd, 95), "ms", _CROWD_MS),
    ]


def _at_rate(name: str, per_s: float) -> Figure:
    goal = f"value >= {_MARK_PER_S}"
    return Figure(name, round(per_s, 1), "ratings/s", _MARK_PER_S, goal, per_s >= _MARK_PER_S)


def _tickets(port: int, count: int) -> list[float]:
    """Tickets on the same server in the same run: what an idle or a busy computer makes of both."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    seconds = []
    for _ in range(count):
        ticket = ticket_request()
        body = json.dumps(ticket).encode()
        began = perf_counter()
        _post(line, "/v1/tickets", body, ticket["machine_id"])
        seconds.append(perf_counter() - began)
    line.close()
    return seconds


def _asked(port: int, count: int) -> list[tuple[str, bytes]]:
    """So many requests of machines, and who answers them with what; not yet sent."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    now = SystemClock().now().isoformat()
    bodies: list[tuple[str, bytes]] = []
    for n in range(count):
        own = {
            "request_id": new_id("own"),
            "token": "o" * 32,
            "machine_id": f"kiosk-{n % len(_MACHINES)}",
            "hall_id": HALL,
            "case_kind": "application",
            "case_id": new_id("a"),
            "asked_at": now,
        }
        _post(line, "/v1/rating-requests", json.dumps(own).encode(), own["machine_id"])
        answer = {
            "request_id": own["request_id"],
            "token": own["token"],
            "machine_id": own["machine_id"],
            "level": ("very_satisfied", "satisfied", "dissatisfied")[n % 3],
            "reasons": ["other"],
            "options_version": "2026.11",
            "given_at": now,
            "given_after_s": 5,
        }
        bodies.append((own["machine_id"], json.dumps(answer).encode()))
    line.close()
    return bodies


def _deliver(port: int, bodies: list[tuple[str, bytes]]) -> tuple[list[float], float]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    seconds = []
    whole = perf_counter()
    for machine_id, body in bodies:
        began = perf_counter()
        _post(line, "/v1/ratings", body, machine_id)
        seconds.append(perf_counter() - began)
    line.close()
    return seconds, perf_counter() - whole


def _post(line: http.client.HTTPConnection, path: str, body: bytes, machine_id: str) -> None:
    key = new_id("key")
    proof = _MACHINES[machine_id].headers(Signable("POST", path, body, key))
    headers = {"Content-Type": "application/json", "Idempotency-Key": key, **proof}
    line.request("POST", path, body, headers)
    response = line.getresponse()
    said = response.read()
    assert response.status == 201, said[:200]


def _whole(seconds: float) -> float:
    return round(seconds * 1000, 2)


def _ms(seconds: list[float], percent: int) -> float:
    return _whole(quantiles(seconds, n=100)[percent - 1])
