"""Requests of one moment share a commit; none takes another along."""

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, event, insert, select

from kiosk.central.contract import ErrorCode
from kiosk.central.server.database import Database
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.tables import meta
from tests.kit.patience import PATIENCE_S


@pytest.fixture
def database(ready_database: str) -> Iterator[Database]:
    opened = Database(ready_database)
    yield opened
    opened.close()


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


def test_one_that_is_refused_takes_nobody_along(database: Database) -> None:
    answers = run(database, keep("one"), keep("two", fails=True), keep("three"))
    assert answers[::2] == ["one", "three"]
    assert isinstance(answers[1], RefusalError)
    assert kept(database) == ["one", "three"]


def test_one_alone_that_is_refused_leaves_nothing(database: Database) -> None:
    assert isinstance(run(database, keep("one", fails=True))[0], RefusalError)
    assert kept(database) == []


def test_nobody_is_answered_when_the_commit_fails(database: Database) -> None:
    def refuse(_connection: Connection) -> None:
        raise OSError("disk full")

    event.listen(database.engine, "commit", refuse)
    answers = run(database, keep("one"), keep("two"))
    event.remove(database.engine, "commit", refuse)
    assert all(isinstance(one, OSError) for one in answers)
    assert kept(database) == []


def test_what_arrives_during_a_commit_goes_together_next(database: Database) -> None:
    commits: list[int] = []
    all_are_here = threading.Event()

    async def one_then_many() -> list[str]:
        loop, first_is_in = asyncio.get_running_loop(), asyncio.Event()

        def slow(connection: Connection) -> str:
            loop.call_soon_threadsafe(first_is_in.set)
            # SQLite's commits are the loop's own: nothing can arrive meanwhile.
            assert database.is_sqlite or all_are_here.wait(PATIENCE_S)
            return keep("slow")(connection)

        first = asyncio.create_task(database.together(slow))
        await first_is_in.wait()
        others = [asyncio.create_task(database.together(keep(f"n-{n}"))) for n in range(5)]
        await asyncio.sleep(0)
        all_are_here.set()
        return await asyncio.gather(first, *others)

    event.listen(database.engine, "commit", lambda _connection: commits.append(1))
    assert asyncio.run(one_then_many()) == ["slow", *(f"n-{n}" for n in range(5))]
    assert len(commits) == 2


def test_requests_lock_in_the_order_of_their_turns(database: Database) -> None:
    done: list[str] = []

    def noted(name: str) -> Callable[[Connection], str]:
        return lambda _connection: done.append(name) or name

    async def all_at_once() -> list[str]:
        turns = ("c", "a", "b")
        return await asyncio.gather(*(database.together(noted(one), one) for one in turns))

    assert asyncio.run(all_at_once()) == ["c", "a", "b"]
    assert done == ["a", "b", "c"]
