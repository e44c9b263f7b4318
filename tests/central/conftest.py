"""Central on both engines, and a window's terminals before it."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.central.server.database import Database
from kiosk.central.server.migrate import migrate
from tests.kit.central import Caller, RunningCentral
from tests.kit.chaos_proxy import ChaosProxy, Fault
from tests.kit.fake_clock import FakeClock
from tests.kit.postgres import Postgres, running_postgres
from tests.kit.ratings import ClerkAtWindow
from tests.kit.terminal_bed import TerminalBed
from tests.kit.terminal_world import World


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def central_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database on each engine."""
    if request.param == "sqlite":
        return str(tmp_path / "central.db")
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no row, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "central.db"
    _migrate(str(path))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    """Name of a database with every table and no row, to be copied."""
    address = postgres.new_database()
    _migrate(address)
    return address.rsplit("/", 1)[1]


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def ready_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with every table on each engine, for tests that migrate nothing."""
    if request.param == "sqlite":
        source: Path = request.getfixturevalue("migrated_file")
        return str(shutil.copy(source, tmp_path / "central.db"))
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database(request.getfixturevalue("migrated_postgres"))


def _migrate(address: str) -> None:
    database = Database(address)
    migrate(database)
    database.close()


@pytest.fixture
def central(central_database: str) -> Iterator[RunningCentral]:
    with RunningCentral(central_database) as server:
        yield server


@pytest.fixture
def caller(central: RunningCentral) -> Iterator[Caller]:
    plain = Caller(central.port)
    yield plain
    plain.close()


@pytest.fixture
def world(migrated_file: Path, tmp_path: Path) -> Iterator[World]:
    database = tmp_path / "central.db"
    database.write_bytes(migrated_file.read_bytes())
    with (
        RunningCentral(str(database)) as central,
        ChaosProxy(central.port, random.Random(1), (Fault.REFUSE,), rate=0.0) as line,
    ):
        yield World(central, line, ClerkAtWindow(central), FakeClock())


@pytest.fixture
def beds(world: World, tmp_path: Path) -> Iterator[Callable[..., TerminalBed]]:
    def make(machine_id: str = "e-1") -> TerminalBed:
        folder = tmp_path / machine_id
        folder.mkdir()
        world.beds.append(TerminalBed(folder, world.url, world.clock, machine_id))
        return world.beds[-1]

    yield make
    for one in world.beds:
        one.stop()


@pytest.fixture
def bed(beds: Callable[..., TerminalBed]) -> TerminalBed:
    return beds()
