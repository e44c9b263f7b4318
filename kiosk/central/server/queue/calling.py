"""Calling the next person: each ticket once, whatever is asked at once.

Each of a window's lines offers its first tickets from the index, and the earliest place wins. On
PostgreSQL `SKIP LOCKED` passes over a ticket that another window is calling at this moment; SQLite
has one writer at a time.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select, union_all, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.events import EventKind
from kiosk.central.contract.queue import WindowState
from kiosk.central.server import changes, lines, numbering
from kiosk.central.server.changes import Cause
from kiosk.central.server.events.publish import Happened, publish
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.queue import windows
from kiosk.central.server.queue.tables import window
from kiosk.central.server.queue.windows import Desk
from kiosk.central.server.tables import ticket
from kiosk.domain.queueing import QueueState

_MINUTE_MS = 60_000
_CALLERS = 64
"""more windows than can call in one moment, so that one is left for each"""
_TAKE = (
    update(ticket)
    .where(ticket.c.id == bindparam("row"))
    .values(
        queue_state=QueueState.CALLED,
        due_ms=None,
        window=bindparam("at_window"),
        called_at=bindparam("now"),
        began_at=None,
        times_called=1,
    )
)
_OCCUPY = (
    update(window)
    .where(window.c.hall_id == bindparam("hall"), window.c.window == bindparam("name"))
    .values(ticket_id=bindparam("called"))
)


def call_next(connection: Connection, office: Office, desk: Desk) -> str:
    """Call whoever is next at a window.

    Returns:
        Id of the ticket.

    Raises:
        RefusalError: the window is closed, paused, another clerk's or occupied, or nobody waits.
    """
    here = windows.own(connection, desk)
    if here.state != WindowState.OPEN:
        raise RefusalError(409, ErrorCode.WINDOW_CLOSED)
    if here.ticket_id is not None:
        raise RefusalError(409, ErrorCode.WINDOW_BUSY)
    now = office.clock.now()
    found = _first(connection, office, here, now)
    if found is None:
        raise RefusalError(409, ErrorCode.NOBODY_WAITS)
    put_at(connection, desk, found, now)
    lines.count(connection, office, found, -1)
    by = Cause(desk.actor.account_id, "called", found.service_id, desk.window)
    changes.place(connection, found, QueueState.CALLED, now, by)
    tell_call(connection, office, desk, found, 1)
    return str(found.ticket_id)


def put_at(connection: Connection, desk: Desk, row: Row[Any], now: datetime) -> None:
    """Give a window a ticket that is called for the first time there."""
    connection.execute(_TAKE, {"row": row.id, "at_window": desk.window, "now": now})
    occupy(connection, desk, row.ticket_id)


def occupy(connection: Connection, desk: Desk, ticket_id: str | None) -> None:
    """Note whom a window has now, None for nobody."""
    place = {"hall": desk.hall_id, "name": desk.window}
    connection.execute(_OCCUPY, {**place, "called": ticket_id})


def tell_call(
    connection: Connection, office: Office, desk: Desk, row: Row[Any], times: int
) -> None:
    """Tell displays and machines of a call."""
    facts = {
        "number": numbering.label(row.prefix, row.n),
        "window": desk.window,
        "service_id": row.service_id,
        "times": str(times),
    }
    told = Happened(EventKind.TICKET_CALLED, desk.hall_id, row.ticket_id, facts)
    publish(connection, office, told)


def _first(
    connection: Connection, office: Office, here: Row[Any], now: datetime
) -> Row[Any] | None:
    services: Sequence[dict[str, Any]] = here.services
    values: dict[str, Any] = {"hall_id": here.hall_id, "day": now.date()}
    for i, one in enumerate(services):
        values[f"service_{i}"] = one["service_id"]
        values[f"lead_{i}"] = one["lead_min"] * _MINUTE_MS
    depth = 1 if office.database.is_sqlite else _CALLERS
    return connection.execute(_query(len(services), depth), values).one_or_none()


@cache
def _query(count: int, depth: int) -> Select[Any]:
    heads = []
    for i in range(count):
        place = (ticket.c.due_ms - bindparam(f"lead_{i}")).label("place")
        line = (
            select(ticket.c.id.label("row"), place)
            .where(
                ticket.c.hall_id == bindparam("hall_id"),
                ticket.c.day == bindparam("day"),
                ticket.c.service_id == bindparam(f"service_{i}"),
                ticket.c.due_ms.is_not(None),
            )
            .order_by(ticket.c.due_ms, ticket.c.id)
            .limit(depth)
            .subquery()
        )
        heads.append(select(line.c.row, line.c.place))
    head = union_all(*heads).subquery()
    # Asked again of the locked row: it may have been called while this statement waited.
    return (
        select(ticket)
        .join(head, ticket.c.id == head.c.row)
        .where(ticket.c.due_ms.is_not(None))
        .order_by(head.c.place, ticket.c.id)
        .limit(1)
        .with_for_update(of=ticket, skip_locked=True)
    )
