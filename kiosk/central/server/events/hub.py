"""Tells events to everybody who listens at this server process.

One task reads new rows when it is woken: by a commit of this process, by PostgreSQL's NOTIFY from
another, and twice a second while somebody listens, which also carries what a lost wake would have.
A reader that does not keep up is let go; it comes back with the last id it saw. It holds nothing.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from kiosk.central.contract.events import Event, EventKind
from kiosk.central.server.events import publish, reading
from kiosk.central.server.office import Office
from kiosk.central.server.tables import counter

log = logging.getLogger(__name__)

TICK_S = 0.5
_RECONNECT_S = 2.0
_MOST_UNREAD = 500
_UNKNOWN = -1
_LINES = select(counter.c.hall_id, counter.c.prefix, counter.c.n, counter.c.waiting)


class Listener:
    """One reader of the stream.

    Args:
        hall_id: whose events.
        kinds: that it wants; empty for all.
    """

    def __init__(self, hall_id: str, kinds: frozenset[EventKind]) -> None:
        self.hall_id = hall_id
        self._kinds = kinds
        self.unread: asyncio.Queue[Event | None] = asyncio.Queue(_MOST_UNREAD)
        """None ends the stream"""

    def wants(self, event: Event) -> bool:
        """Whether an event is for this reader; what was lost concerns everybody."""
        kind = event.kind
        asked = not self._kinds or kind in self._kinds or kind is EventKind.EVENTS_LOST
        return asked and event.hall_id == self.hall_id

    def offer(self, event: Event) -> bool:
        """Leave an event for the reader; False when it has too many already."""
        if self.unread.full():
            return False
        if self.wants(event):
            self.unread.put_nowait(event)
        return True

    def end(self) -> None:
        """Let the reader go, whatever it has not read yet."""
        while self.unread.full():
            self.unread.get_nowait()
        self.unread.put_nowait(None)


class Hub:
    """All readers of one server process.

    Args:
        office: the server's parts.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._listeners: set[Listener] = set()
        self._last = _UNKNOWN
        self._counters: dict[str, tuple[tuple[str, int, int], ...]] = {}
        self._day: date | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.closed = False

    def start(self) -> None:
        """Begin to read; called on the event loop that serves."""
        self._loop = asyncio.get_running_loop()
        self._office.database.on_publish = self.wake
        self._tasks = [self._loop.create_task(self._read_on())]
        if not self._office.database.is_sqlite:
            self._tasks.append(self._loop.create_task(self._listen()))

    def wake(self) -> None:
        """There may be something new; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    def close(self) -> None:
        """End every stream, so that the server can end; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end_all)

    async def stop(self) -> None:
        """End the tasks."""
        self._end_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def join(self, listener: Listener) -> int:
        """Tell a reader everything that is committed after this returns.

        Returns:
            The id of an event up to which nothing is told any more.
        """
        self._listeners.add(listener)
        if self._last == _UNKNOWN:
            newest = await self._office.database.run(self._newest)
            # Events told while this waited stand in the reader's queue already.
            self._last = max(newest, self._last)
        if self.closed:
            listener.end()
        self._woken.set()
        return max(self._last, 0)

    def leave(self, listener: Listener) -> None:
        """Tell a reader nothing more."""
        self._listeners.discard(listener)

    @property
    def listening(self) -> int:
        """How many read at this process."""
        return len(self._listeners)

    def _end_all(self) -> None:
        self.closed = True
        for listener in tuple(self._listeners):
            listener.end()

    async def _read_on(self) -> None:
        while True:
            timeout_s = TICK_S if self._listeners else None
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), timeout_s)
            self._woken.clear()
            if not self._listeners:
                self._last = _UNKNOWN
                continue
            try:
                news = await self._office.database.run(self._news)
                if self._last != _UNKNOWN:
                    self._last = max([self._last, *(one.event_id for one in news)])
                self._tell(news)
                if len(news) >= reading.BATCH:
                    self._woken.set()
            except DBAPIError as error:
                log.warning("events cannot be read: %s", type(error).__name__)
                await asyncio.sleep(TICK_S)

    def _newest(self) -> int:
        with self._office.database.transaction() as connection:
            return publish.newest(connection)

    def _news(self) -> list[Event]:
        last = self._last
        with self._office.database.transaction() as connection:
            found = [] if last == _UNKNOWN else reading.after(connection, self._office, last)
            today = self._office.clock.today()
            if today != self._day:
                publish.forget(connection, self._office.clock.now())
                self._day = today
            lines = connection.execute(_LINES.where(counter.c.day == today)).all()
        return [*found, *self._changed(tuple(row) for row in lines)]

    def _changed(self, lines: Iterable[tuple[str, str, int, int]]) -> list[Event]:
        """Halls whose lines have changed since last looked at."""
        now: dict[str, tuple[tuple[str, int, int], ...]] = {}
        for hall_id, prefix, n, waiting in lines:
            now[hall_id] = (*now.get(hall_id, ()), (prefix, n, waiting))
        before, self._counters = self._counters, now
        at = self._office.clock.now()
        return [
            Event(event_id=0, kind=EventKind.QUEUE_CHANGED, hall_id=one, subject=one, at=at)
            for one in now
            if now[one] != before.get(one)
        ]

    def _tell(self, news: list[Event]) -> None:
        for listener in tuple(self._listeners):
            if not all(listener.offer(one) for one in news):
                self.leave(listener)
                listener.end()

    async def _listen(self) -> None:
        # A server on SQLite does without the driver and its nine megabytes.
        import psycopg  # noqa: PLC0415 - only for PostgreSQL

        url = self._office.database.engine.url.set(drivername="postgresql")
        address = url.render_as_string(hide_password=False)
        while True:
            with contextlib.suppress(psycopg.Error, OSError):
                async with await psycopg.AsyncConnection.connect(address, autocommit=True) as line:
                    await line.execute(f"LISTEN {publish.CHANNEL}")
                    self._woken.set()
                    async for _ in line.notifies():
                        self._woken.set()
            await asyncio.sleep(_RECONNECT_S)
