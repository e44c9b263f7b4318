"""Reads kept events."""

from sqlalchemy import Connection, bindparam, func, select

from kiosk.central.contract.events import Event, EventKind
from kiosk.central.server.events.tables import event
from kiosk.central.server.office import Office

BATCH = 200
_AFTER = (
    select(event)
    .where(event.c.event_id > bindparam("last"))
    .order_by(event.c.event_id)
    .limit(BATCH)
)
_OF_HALL = _AFTER.where(event.c.hall_id == bindparam("hall_id"))
_ENDS = select(func.min(event.c.event_id), func.max(event.c.event_id))


def after(
    connection: Connection, office: Office, last: int, hall_id: str | None = None
) -> list[Event]:
    """Events with larger ids, in order, at most one batch.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        last: id that the reader has.
        hall_id: of one hall; None for all.
    """
    query = _AFTER if hall_id is None else _OF_HALL
    rows = connection.execute(query, {"last": last, "hall_id": hall_id})
    return [
        Event(
            event_id=row.event_id,
            kind=EventKind(row.kind),
            hall_id=row.hall_id,
            subject=row.subject,
            at=office.local(row.at),
            facts=row.facts,
        )
        for row in rows
    ]


def lost(connection: Connection, last: int) -> bool:
    """Whether something after an id is no longer kept, or the id is of another database."""
    oldest, newest = connection.execute(_ENDS).one()
    if newest is None:
        return last > 0
    return bool(last > newest or last < oldest - 1)
