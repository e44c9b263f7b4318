"""One way into the database, the same for SQLite and PostgreSQL."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

T = TypeVar("T")
_Found = tuple[Any, Exception | None]
"""what one request's writing came to: its value, or why there is none"""

PUBLISHED = "published"
"""mark on a connection whose transaction tells of an event"""
_POSTGRES_THREADS = 8
_LOST_RACES = frozenset({"40001", "40P01"})
"""SQLSTATE of a serialization failure and of a deadlock"""


class Database:
    """Transactions on one engine.

    Args:
        address: path of an SQLite file, or a `postgresql://` URL.
    """

    def __init__(self, address: str) -> None:
        self.is_sqlite = not address.startswith("postgresql")
        self.engine = _sqlite(Path(address)) if self.is_sqlite else _postgres(address)
        # SQLite has one writer anyway; waiting here is in order, waiting there is polling.
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(_POSTGRES_THREADS, "central-database")
        self._waiting: list[tuple[Callable[[Connection], Any], asyncio.Future[Any]]] = []
        self.on_publish: Callable[[], None] | None = None
        """called after a commit that tells of an event, on the committing thread"""

    @property
    def name(self) -> str:
        """The engine: sqlite or postgresql."""
        return self.engine.dialect.name

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction: committed at the end of the block, rolled back by an exception."""
        published = False
        with self._lock if self.is_sqlite else nullcontext(), self.engine.begin() as connection:
            try:
                yield connection
            finally:
                published = connection.info.pop(PUBLISHED, False)
        if published and self.on_publish is not None:
            self.on_publish()

    async def run(self, work: Callable[[], T]) -> T:
        """Do one transaction's blocking work.

        SQLite's stays on the event loop: transactions follow one another anyway, and going to a
        thread and back costs a third of the whole request.
        """
        if self.is_sqlite:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def together(self, work: Callable[[Connection], T]) -> T:
        """Do one request's writing on SQLite; whatever arrives at that moment shares its commit.

        A commit waits for the disk, and one wait does for all: each request stands in a savepoint
        of its own, so that one that fails takes nobody along, and nobody is answered before the
        commit.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._waiting.append((work, answer))
        if len(self._waiting) == 1:
            loop.call_soon(self._commit_together)
        return await answer

    def _commit_together(self) -> None:
        waiting, self._waiting = self._waiting, []
        try:
            with self.transaction() as connection:
                if len(waiting) == 1:
                    found: list[_Found] = [(waiting[0][0](connection), None)]
                else:
                    found = [_apart(connection, work) for work, _answer in waiting]
        except Exception as trouble:  # noqa: BLE001 - whoever waits for an answer gets it instead
            found = [(None, trouble)] * len(waiting)
        for (_work, answer), (value, error) in zip(waiting, found, strict=True):
            if answer.done():
                continue  # the caller has hung up
            if error is None:
                answer.set_result(value)
            else:
                answer.set_exception(error)

    def close(self) -> None:
        """Finish what runs and close every connection."""
        self._threads.shutdown()
        self.engine.dispose()


def _apart(
    connection: Connection, work: Callable[[Connection], T]
) -> tuple[T | None, Exception | None]:
    """One request's writing, or why there is none of it."""
    try:
        with connection.begin_nested():
            return work(connection), None
    except Exception as error:  # noqa: BLE001 - handed to the one who asked
        return None, error


def lost_race(error: DBAPIError) -> bool:
    """Whether another transaction came first, so that reading again helps."""
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", "") in _LOST_RACES


def _sqlite(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        f"sqlite:///{path}",
        hide_parameters=True,
        pool_size=1,
        connect_args={"check_same_thread": False, "timeout": 5},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # Python's own transaction control would begin late and let two readers both write.
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgres(address: str) -> Engine:
    return create_engine(
        make_url(address).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=_POSTGRES_THREADS,
        connect_args={
            "connect_timeout": 5,
            "options": "-c timezone=UTC -c statement_timeout=5000 -c lock_timeout=3000",
        },
    )
