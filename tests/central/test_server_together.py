"""Requests of one moment share a commit on SQLite; none takes another along."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert, select

from kiosk.central.contract import ErrorCode
from kiosk.central.server.database import Database
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.tables import meta


@pytest.fixture
def database(migrated_file: Path, tmp_path: Path) -> Database:
    path = tmp_path / "central.db"
    path.write_bytes(migrated_file.read_bytes())
    return Database(str(path))


def keep(name: str, fails: bool = False) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        connection.execute(insert(meta), {"name": name, "value": b""})
        if fails:
            raise RefusalError(409, ErrorCode.WRONG_STATE)
        return name

    return work


def kept(database: Database) -> list[str]:
    with database.transaction() as connection:
        return sorted(connection.execute(select(meta.c.name)).scalars())


def run(database: Database, *works: Callable[[Connection], str]) -> list[object]:
    async def all_at_once() -> list[object]:
        calls = [database.together(work) for work in works]
        return await asyncio.gather(*calls, return_exceptions=True)

    return asyncio.run(all_at_once())


def test_a_moments_requests_take_one_commit(database: Database) -> None:
    commits = []
    event.listen(database.engine, "commit", lambda _connection: commits.append(1))
    assert run(database, *(keep(f"n-{n}") for n in range(8))) == [f"n-{n}" for n in range(8)]
    assert len(commits) == 1
    assert kept(database) == [f"n-{n}" for n in range(8)]
    database.close()


def test_one_that_is_refused_takes_nobody_along(database: Database) -> None:
    answers = run(database, keep("one"), keep("two", fails=True), keep("three"))
    assert answers[::2] == ["one", "three"]
    assert isinstance(answers[1], RefusalError)
    assert kept(database) == ["one", "three"]
    database.close()


def test_one_alone_that_is_refused_leaves_nothing(database: Database) -> None:
    assert isinstance(run(database, keep("one", fails=True))[0], RefusalError)
    assert kept(database) == []
    database.close()


def test_nobody_is_answered_when_the_commit_fails(database: Database) -> None:
    def refuse(_connection: Connection) -> None:
        raise OSError("disk full")

    event.listen(database.engine, "commit", refuse)
    answers = run(database, keep("one"), keep("two"))
    event.remove(database.engine, "commit", refuse)
    assert all(isinstance(one, OSError) for one in answers)
    assert kept(database) == []
    database.close()
