"""Central on both engines."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.central.server.database import Database
from kiosk.central.server.migrate import migrate
from tests.kit.central import Caller, RunningCentral
from tests.kit.postgres import Postgres, running_postgres


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
