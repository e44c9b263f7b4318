"""Central on both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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


@pytest.fixture
def central(central_database: str) -> Iterator[RunningCentral]:
    with RunningCentral(central_database) as server:
        yield server


@pytest.fixture
def caller(central: RunningCentral) -> Iterator[Caller]:
    plain = Caller(central.port)
    yield plain
    plain.close()
