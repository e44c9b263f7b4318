"""The real central server for tests: in a thread with a clock in hand, or as a process to kill."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import uvicorn

from kiosk.central.server.app import create_app
from kiosk.central.server.office import Office
from kiosk.central.server.settings import EXAMPLE_CATALOGUE, CentralSettings
from kiosk.clock import Alarm, SystemClock
from tests.kit.patience import PATIENCE_S
from tests.kit.postgres import free_port

HALL = "hs-1"
FIELD_KEY = bytes(range(32))
MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=8)))
_ROOT = Path(__file__).resolve().parents[2]


class WallClock:
    """A wall clock that stands until a test moves it; seconds that count are real."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self.moment = moment
        self._real = SystemClock()

    def now(self) -> datetime:
        """The moment set last."""
        return self.moment

    def today(self) -> date:
        """Its date."""
        return self.moment.date()

    def monotonic_s(self) -> float:
        """Real seconds."""
        return self._real.monotonic_s()

    def call_later(self, delay_s: float, call: Callable[[], None]) -> Alarm:
        """After real seconds."""
        return self._real.call_later(delay_s, call)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back from a plain HTTP call."""

    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        """The JSON."""
        return json.loads(self.raw)

    @property
    def code(self) -> str:
        """Of a refusal."""
        return str(self.body["code"])


class Caller:
    """A plain HTTP caller with one kept connection; knows nothing of the product's client."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)

    def get(self, path: str) -> Reply:
        """Read."""
        return self.send("GET", path, None, {})

    def post(self, path: str, body: Any, key: str | None = "") -> Reply:
        """Write; a new key unless one is given, none for None."""
        headers = {"Content-Type": "application/json"}
        if key is not None:
            headers["Idempotency-Key"] = key or new_id("key")
        return self.send("POST", path, json.dumps(body).encode(), headers)

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        """Anything."""
        self._line.request(method, path, body, headers)
        response = self._line.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, found, response.read())

    def close(self) -> None:
        """Hang up."""
        self._line.close()


class RunningCentral:
    """The server on a loopback port, in a thread.

    Args:
        database: path or URL.
        clock: whose time it is.
        catalogue: of halls and services.
        any_machine: whether machines need not prove who they are.
    """

    def __init__(
        self,
        database: str,
        clock: WallClock | None = None,
        catalogue: Path = EXAMPLE_CATALOGUE,
        *,
        any_machine: bool = True,
    ) -> None:
        self.clock = clock or WallClock()
        settings = CentralSettings(
            database, FIELD_KEY, catalogue, stand_ins=True, any_machine=any_machine
        )
        self.app = create_app(settings, self.clock)
        self.port = free_port()
        config = uvicorn.Config(
            self.app,
            port=self.port,
            log_level="warning",
            access_log=False,
            timeout_keep_alive=75,  # as the program keeps them; a slow computer makes long pauses
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="central", daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def office(self) -> Office:
        """Its parts, to look into the database."""
        office: Office = self.app.state.office
        return office

    def rows(self, table: Any) -> list[dict[str, Any]]:
        """All rows of a table."""
        with self.office.database.transaction() as connection:
            return [dict(row) for row in connection.execute(table.select()).mappings()]

    def __enter__(self) -> "RunningCentral":
        self._thread.start()
        waiting = threading.Event()
        while not self._server.started:
            assert self._thread.is_alive(), "the server ended while starting"
            waiting.wait(0.005)
        return self

    def __exit__(self, *_error: object) -> None:
        self.app.state.hub.close()
        self._server.should_exit = True
        self._thread.join(PATIENCE_S)


class CentralProcess:
    """The server as its own process on a fixed port, so that it can be killed and come back.

    Args:
        database: path or URL.
        folder: for its key.
        more: of the command line.
        any_machine: whether machines need not prove who they are.
    """

    def __init__(self, database: str, folder: Path, *more: str, any_machine: bool = True) -> None:
        self.port = free_port()
        self._command = [sys.executable, "-m", "kiosk.central.server", "--port", str(self.port)]
        self._command += ["--database", database, "--key-file", str(folder / "field.key")]
        self._command += ["--any-machine"] * any_machine + [*more]
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start, and return when it is ready."""
        environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
        self._process = subprocess.Popen(
            self._command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None, "asked for above"
        line = self._process.stdout.readline()
        assert line.startswith("central ready"), f"central did not start: {line!r}"

    def end(self, how: signal.Signals = signal.SIGTERM) -> int | None:
        """End it; with SIGKILL as a power cut would.

        Returns:
            How it ended, a signal below zero; None when it did not run.
        """
        if self._process is None:
            return None
        self._process.send_signal(how)
        ended = self._process.wait(PATIENCE_S)
        assert self._process.stdout is not None, "asked for above"
        self._process.stdout.close()
        self._process = None
        return ended

    @property
    def pid(self) -> int:
        """Of the process."""
        assert self._process is not None, "started before"
        return self._process.pid

    def cpu_s(self) -> float:
        """Processor time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def central_process(database: str, folder: Path, *more: str) -> Iterator[CentralProcess]:
    """A server process for the time of a block."""
    process = CentralProcess(database, folder, *more)
    process.start()
    try:
        yield process
    finally:
        process.end(signal.SIGKILL)


def new_id(kind: str) -> str:
    """An id or key that nothing else has."""
    return f"{kind}-{uuid4().hex}"


def ticket_request(ticket_id: str = "", **changes: Any) -> dict[str, Any]:
    """A valid request for a ticket."""
    base = {
        "ticket_id": ticket_id or new_id("t"),
        "machine_id": "kiosk-1",
        "hall_id": HALL,
        "services": ["passport"],
        "taken_at": MORNING.isoformat(),
    }
    return {**base, **changes}


def check_digit(first17: str) -> str:
    """Last character of an identity number (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c) * w for c, w in zip(first17, weights, strict=True))
    return "10X98765432"[total % 11]


def application_request(application_id: str = "", **changes: Any) -> dict[str, Any]:
    """A valid application of a synthetic citizen (region 420299 does not exist)."""
    first17 = "42029919900307002"
    identity = {
        "card_kind": "citizen",
        "name": "测试甲",
        "sex": "2",
        "birth": "1990-03-07",
        "number": first17 + check_digit(first17),
        "ethnicity": "01",
        "address": "湖北省黄石市测试路1号",
        "issuer": "黄石市公安局",
        "valid_from": "2016-03-07",
        "valid_to": "2036-03-07",
    }
    base = {
        "application_id": application_id or new_id("a"),
        "machine_id": "kiosk-1",
        "hall_id": HALL,
        "made_at": MORNING.isoformat(),
        "form_version": "1",
        "language": "zh_CN",
        "identity": identity,
        "documents": [{"kind": "passport", "fields": {"phone": "13900000000"}}],
    }
    return {**base, **changes}
