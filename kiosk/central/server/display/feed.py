"""The display's picture, kept in memory until something happens in its hall.

Every hall that is looked at has a reader of the event stream of its own. What the reader holds when
somebody asks tells whether the kept picture is still true; nothing runs in between.
"""

import asyncio
from dataclasses import dataclass, field

from sqlalchemy import Connection

from kiosk.central.contract.display import DisplayNow, DisplayService
from kiosk.central.server.display import page_assets
from kiosk.central.server.events.hub import Hub, Listener
from kiosk.central.server.notices import board
from kiosk.central.server.office import Office
from kiosk.central.server.queue import picture

OLDEST_S = 20.0
"""waits grow by themselves, so that even a quiet hall's picture is made anew"""


@dataclass(slots=True)
class _Kept:
    listener: Listener | None = None
    body: bytes = b""
    drawn: DisplayNow | None = None
    made_s: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Feed:
    """The pictures of one server process.

    Args:
        office: the server's parts.
        hub: that tells of events.
    """

    def __init__(self, office: Office, hub: Hub) -> None:
        self._office = office
        self._hub = hub
        self._halls: dict[str, _Kept] = {}

    async def body(self, hall_id: str) -> bytes:
        """A hall's picture as JSON.

        Raises:
            RefusalError: the hall is unknown.
        """
        return (await self._current(hall_id)).body

    async def drawn(self, hall_id: str) -> DisplayNow:
        """A hall's picture.

        Raises:
            RefusalError: the hall is unknown.
        """
        kept = await self._current(hall_id)
        assert kept.drawn is not None, "made below"
        return kept.drawn

    async def _current(self, hall_id: str) -> _Kept:
        self._office.offers.of(hall_id, status=404)
        kept = self._halls.setdefault(hall_id, _Kept())
        if self._is_true(kept):
            return kept
        async with kept.lock:  # many displays ask at once when somebody is called
            if not self._is_true(kept):
                await self._make(hall_id, kept)
        return kept

    def _is_true(self, kept: _Kept) -> bool:
        if kept.listener is None or not kept.body:
            return False
        return not kept.listener.unread.qsize() and self._age_s(kept) < OLDEST_S

    def _age_s(self, kept: _Kept) -> float:
        return self._office.clock.monotonic_s() - kept.made_s

    async def _make(self, hall_id: str, kept: _Kept) -> None:
        listener = kept.listener
        # Read until nothing more stands there, then look: what comes while looking stays unread.
        while listener is not None and listener.unread.qsize():
            if listener.unread.get_nowait() is None:  # the hub let this reader go
                listener = None
        if listener is None:
            listener = Listener(hall_id, frozenset())
            await self._hub.join(listener)
        kept.listener = listener
        made_s = self._office.clock.monotonic_s()
        kept.drawn = await self._office.database.run(lambda: self._look(hall_id))
        kept.body, kept.made_s = kept.drawn.model_dump_json().encode(), made_s

    def _look(self, hall_id: str) -> DisplayNow:
        with self._office.database.transaction() as connection:
            return look(connection, self._office, hall_id)


def look(connection: Connection, office: Office, hall_id: str) -> DisplayNow:
    """Put a hall's picture together.

    Raises:
        RefusalError: the hall is unknown.
    """
    offer = office.offers.of(hall_id, status=404)
    return DisplayNow(
        names=offer.hall.names,
        opens=offer.hall.opens,
        drawn_at=office.clock.now(),
        version=page_assets.version(),
        services=tuple(
            DisplayService(service_id=one.service_id, prefix=one.prefix, names=one.names)
            for one in offer.services
        ),
        queue=picture.hall(connection, office, hall_id),
        notices=board.today(connection, office, hall_id).notices,
    )
