"""Pictures of the queue: a hall's, a ticket's, a window's, all halls'."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Row, bindparam, desc, func, select

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.queue import (
    Call,
    HallsWaiting,
    HallWait,
    HolderIn,
    HolderTickets,
    QueueNow,
    ServiceQueue,
    TicketPlace,
)
from kiosk.central.server import lines, numbering, tickets
from kiosk.central.server.catalogue import Offer
from kiosk.central.server.database import Database
from kiosk.central.server.events import publish
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.queue import windows
from kiosk.central.server.tables import counter, ticket
from kiosk.domain.queueing import AT_WINDOW

_WAITING = select(counter.c.prefix, counter.c.waiting).where(
    counter.c.hall_id == bindparam("hall_id"), counter.c.day == bindparam("day")
)
_OLDEST = (
    select(ticket.c.service_id, func.min(ticket.c.taken_at).label("taken_at"))
    .where(
        ticket.c.hall_id == bindparam("hall_id"),
        ticket.c.day == bindparam("day"),
        ticket.c.due_ms.is_not(None),
    )
    .group_by(ticket.c.service_id)
)
_CALLS = (
    select(ticket)
    .where(
        ticket.c.hall_id == bindparam("hall_id"),
        ticket.c.day == bindparam("day"),
        ticket.c.called_at.is_not(None),
        ticket.c.window.is_not(None),
    )
    .order_by(desc(ticket.c.called_at))
    .limit(bindparam("most"))
)
_NUMBERED = select(ticket).where(
    ticket.c.hall_id == bindparam("hall_id"),
    ticket.c.day == bindparam("day"),
    ticket.c.prefix == bindparam("prefix"),
    ticket.c.n == bindparam("n"),
)
_HELD = (
    select(ticket)
    .where(
        ticket.c.hall_id == bindparam("hall_id"),
        ticket.c.day == bindparam("day"),
        ticket.c.holder == bindparam("holder"),
    )
    .order_by(desc(ticket.c.id))
    .limit(10)
)
_LARGEST_SQL_INTEGER = 2**31 - 1
_KEPT: WeakKeyDictionary[Database, dict[str, tuple[object, QueueNow]]] = WeakKeyDictionary()
"""by server and hall: what the last picture was drawn from, and the picture"""


def hall(connection: Connection, office: Office, hall_id: str) -> QueueNow:
    """A hall's queue now; drawn anew only when an event, a counter or the minute has changed.

    Raises:
        RefusalError: the hall is unknown.
    """
    offer = office.offers.of(hall_id, status=404)
    now = office.clock.now()
    # The id is read before the state: an event told twice is harmless, one passed by is not.
    event_id = publish.newest(connection)
    lengths = _waiting(connection, hall_id, now.date())
    seen = (event_id, tuple(sorted(lengths.items())), now.replace(second=0, microsecond=0))
    kept = _KEPT.setdefault(office.database, {})
    if hall_id in kept and kept[hall_id][0] == seen:
        return kept[hall_id][1].model_copy(update={"at": now})
    most = lines.policy_of(now.date()).rules.calls_shown
    here = {"hall_id": hall_id, "day": now.date(), "most": most}
    drawn = QueueNow(
        hall_id=hall_id,
        day=now.date(),
        at=now,
        event_id=event_id,
        services=queues(connection, office, offer),
        calls=tuple(_call(office, row) for row in connection.execute(_CALLS, here)),
    )
    kept[hall_id] = (seen, drawn)
    return drawn


def queues(connection: Connection, office: Office, offer: Offer) -> tuple[ServiceQueue, ...]:
    """The lines of a hall, in the order of its services."""
    now = office.clock.now()
    here = {"hall_id": offer.hall.hall_id, "day": now.date()}
    waiting = _waiting(connection, offer.hall.hall_id, now.date())
    oldest = {row.service_id: row.taken_at for row in connection.execute(_OLDEST, here)}
    opened = windows.open_for(connection, offer.hall.hall_id)
    found = []
    for one in offer.services:
        count, names = waiting.get(one.prefix, 0), opened.get(one.service_id, ())
        longest = now - oldest[one.service_id] if one.service_id in oldest else None
        found.append(
            ServiceQueue(
                service_id=one.service_id,
                waiting=count,
                windows=names,
                wait_min=lines.wait_min(one, count, len(names) or len(one.windows)),
                longest_min=max(0, int(longest.total_seconds()) // 60) if longest else 0,
            )
        )
    return tuple(found)


def place(connection: Connection, office: Office, ticket_id: str) -> TicketPlace:
    """Where a ticket stands.

    Raises:
        RefusalError: there is no such ticket.
    """
    query = select(ticket).where(ticket.c.ticket_id == ticket_id)
    return _place(connection, office, connection.execute(query).one_or_none())


def place_of_number(
    connection: Connection, office: Office, hall_id: str, number: str
) -> TicketPlace:
    """Where today's ticket with a number stands.

    Raises:
        RefusalError: hall or ticket is unknown.
    """
    office.offers.of(hall_id, status=404)
    n = int(number[1:])
    if n > _LARGEST_SQL_INTEGER:
        raise RefusalError(404, ErrorCode.UNKNOWN_TICKET)
    wanted = {"hall_id": hall_id, "day": office.clock.today(), "prefix": number[0], "n": n}
    return _place(connection, office, connection.execute(_NUMBERED, wanted).one_or_none())


def tickets_of(connection: Connection, office: Office, holder: HolderIn) -> HolderTickets:
    """Today's tickets that were taken with a card, newest first.

    Raises:
        RefusalError: the hall is unknown.
    """
    office.offers.of(holder.hall_id)
    found = connection.execute(
        _HELD,
        {
            "hall_id": holder.hall_id,
            "day": office.clock.today(),
            "holder": office.sealer.index(tickets.HOLDER, holder.holder_number),
        },
    )
    return HolderTickets(tickets=tuple(_place(connection, office, row) for row in found.all()))


def halls(connection: Connection, office: Office, service_id: str | None) -> HallsWaiting:
    """All halls that offer a service, or all, shortest wait first."""
    today = office.clock.today()
    found = []
    for hall_id, offer in office.offers.by_hall.items():
        services = [one for one in offer.services if service_id in (None, one.service_id)]
        if not services:
            continue
        waiting = _waiting(connection, hall_id, today)
        opened = windows.open_for(connection, hall_id)
        names = {name for one in services for name in opened.get(one.service_id, ())}
        counts = {one.service_id: waiting.get(one.prefix, 0) for one in services}
        wait = sum(lines.wait_min(one, counts[one.service_id], 1) for one in services)
        found.append(
            HallWait(
                hall_id=hall_id,
                names=offer.hall.names,
                waiting=sum(counts.values()),
                wait_min=-(-wait // max(1, len(names))),
                windows_open=len(names),
            )
        )
    found.sort(key=lambda one: (one.windows_open == 0, one.wait_min, one.hall_id))
    return HallsWaiting(at=office.clock.now(), service_id=service_id, halls=tuple(found))


def _waiting(connection: Connection, hall_id: str, day: date) -> dict[str, int]:
    rows = connection.execute(_WAITING, {"hall_id": hall_id, "day": day})
    return {row.prefix: row.waiting for row in rows}


def _call(office: Office, row: Row[Any]) -> Call:
    return Call(
        number=numbering.label(row.prefix, row.n),
        window=row.window,
        service_id=row.service_id,
        called_at=office.local(row.called_at),
        times=row.times_called,
        state=row.queue_state,
    )


def _place(connection: Connection, office: Office, row: Row[Any] | None) -> TicketPlace:
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_TICKET)
    offer = office.offers.by_hall.get(row.hall_id)
    services = offer.services if offer else ()
    service = next((one for one in services if one.service_id == row.service_id), None)
    names = windows.open_for(connection, row.hall_id).get(row.service_id, ())
    columns: Mapping[str, Any] = row._asdict()
    before = lines.ahead(connection, columns)
    usual = service.windows if service else ()
    return TicketPlace(
        ticket_id=row.ticket_id,
        number=numbering.label(row.prefix, row.n),
        hall_id=row.hall_id,
        day=row.day,
        state=row.queue_state,
        ticket_class=row.ticket_class,
        service_id=row.service_id,
        services_left=tuple(row.services_left),
        ahead=before,
        wait_min=lines.wait_min(service, before, len(names) or len(usual)),
        windows=(row.window,) if row.queue_state in AT_WINDOW else names or usual,
    )
