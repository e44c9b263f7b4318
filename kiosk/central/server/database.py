"""One way into the database, the same for SQLite and PostgreSQL."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

T = TypeVar("T")
_Found = tuple[Any, Exception | None]
"""what one request's writing came to: its value, or why there is none"""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A request that writes together with others.

    Args:
        turn: its place among them.
        work: its writing.
        answer: for whoever asked.
    """

    turn: str
    work: Callable[[Connection], Any]
    answer: asyncio.Future[Any]


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
        self._waiting: list[_Waiting] = []
        self._committing = False
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

    async def together(self, work: Callable[[Connection], T], turn: str = "") -> T:
        """Do one request's writing; whatever arrives at that moment shares its commit.

        A commit waits for the disk, and one wait does for all. On PostgreSQL what arrives while
        others are committed waits for them here, where no lock is held, and goes together next.
        Nobody is answered before the commit, and one that fails takes nobody along.

        Args:
            work: may run again after it was rolled back.
            turn: what it locks first; in this order, so that two servers do not lock crosswise.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._waiting.append(_Waiting(turn, work, answer))
        if len(self._waiting) == 1 and not self._committing:
            loop.call_soon(self._commit_together)
        return await answer

    def _commit_together(self) -> None:
        waiting = sorted(self._waiting, key=lambda one: one.turn)
        self._waiting = []
        if self.is_sqlite:
            self._tell(waiting, self._written(waiting))
            return
        self._committing = True
        loop = asyncio.get_running_loop()
        done = loop.run_in_executor(self._threads, self._written, waiting)
        done.add_done_callback(lambda found: self._committed(waiting, found.result()))

    def _committed(self, waiting: list[_Waiting], found: list[_Found]) -> None:
        self._committing = False
        self._tell(waiting, found)
        if self._waiting:
            self._commit_together()

    def _written(self, waiting: list[_Waiting]) -> list[_Found]:
        try:
            with self.transaction() as connection:
                return [(one.work(connection), None) for one in waiting]
        except Exception as trouble:  # noqa: BLE001 - whoever waits for an answer gets it instead
            if len(waiting) == 1:
                return [(None, trouble)]
        # Somebody's failed, which is rare: once more, each in a savepoint of its own.
        try:
            with self.transaction() as connection:
                return [_apart(connection, one.work) for one in waiting]
        except Exception as trouble:  # noqa: BLE001 - whoever waits for an answer gets it instead
            return [(None, trouble)] * len(waiting)

    @staticmethod
    def _tell(waiting: list[_Waiting], found: list[_Found]) -> None:
        for one, (value, error) in zip(waiting, found, strict=True):
            if one.answer.done():
                continue  # the caller has hung up
            if error is None:
                one.answer.set_result(value)
            else:
                one.answer.set_exception(error)

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
