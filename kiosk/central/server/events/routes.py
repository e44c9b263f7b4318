"""`GET /v1/events`: the stream."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Header, Query, Request
from fastapi.responses import StreamingResponse

from kiosk.central.contract import Id
from kiosk.central.contract.events import Event, EventKind
from kiosk.central.server.desk import office_of, reading
from kiosk.central.server.events import reading as kept
from kiosk.central.server.events.hub import Hub, Listener
from kiosk.central.server.office import Office

BEAT_S = 15.0
RETRY_MS = 1000
reads = reading()
_STREAM = {"description": "The stream; it ends when the reader or the server does."}


@reads.get(
    "/events",
    response_class=StreamingResponse,
    responses={200: {**_STREAM, "content": {"text/event-stream": {}}}},
)
async def events(
    http: Request,
    hall_id: Id,
    kind: Annotated[tuple[EventKind, ...], Query()] = (),
    after: Annotated[int | None, Query(ge=0, le=2**62)] = None,
    last_event_id: Annotated[str | None, Header(max_length=40)] = None,
) -> StreamingResponse:
    """What happens in a hall, from now on or from an event on, until the reader goes."""
    office = office_of(http)
    office.offers.of(hall_id, status=404)
    if last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit():
        after = min(int(last_event_id), 2**62)
    hub: Hub = http.app.state.hub
    listener = Listener(hall_id, frozenset(kind))
    # Joined before the first byte: whoever has the answer's head misses nothing from then on. One
    # that hangs up before the stream runs is let go when it has too much unread.
    position = await hub.join(listener)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        _stream(office, hub, listener, (position, after)),
        media_type="text/event-stream",
        headers=headers,
    )


async def _stream(
    office: Office, hub: Hub, listener: Listener, since: tuple[int, int | None]
) -> AsyncIterator[bytes]:
    position, after = since
    try:
        # An id without data is noted by the reader: lost before its first event, it catches up.
        number = f"id: {position}\n" if after is None else ""
        yield f"retry: {RETRY_MS}\n{number}: here\n\n".encode()
        last = 0
        if after is not None:
            last = after
            async for missed in _missed(office, listener, after):
                last = missed.event_id
                if listener.wants(missed):
                    yield _frame(missed)
        while True:
            try:
                event = await asyncio.wait_for(listener.unread.get(), BEAT_S)
            except TimeoutError:
                yield b": beat\n\n"
                continue
            if event is None:
                return
            # What was caught up with above may have been told in the meantime as well.
            if event.event_id == 0 or event.event_id > last:
                yield _frame(event)
    finally:
        hub.leave(listener)


async def _missed(office: Office, listener: Listener, after: int) -> AsyncIterator[Event]:
    def is_lost() -> bool:
        with office.database.transaction() as connection:
            return kept.lost(connection, after)

    def batch() -> list[Event]:
        with office.database.transaction() as connection:
            return kept.after(connection, office, after, listener.hall_id)

    if await office.database.run(is_lost):
        hall_id, now = listener.hall_id, office.clock.now()
        yield Event(
            event_id=0, kind=EventKind.EVENTS_LOST, hall_id=hall_id, subject=hall_id, at=now
        )
        after = 0
    while found := await office.database.run(batch):
        for one in found:
            yield one
        after = found[-1].event_id


def _frame(event: Event) -> bytes:
    number = f"id: {event.event_id}\n" if event.event_id else ""
    return f"{number}event: {event.kind}\ndata: {event.model_dump_json()}\n\n".encode()
