"""Tickets: one visit, one ticket; numbered here, or reported from a lease (`leased.py`)."""

import math
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, or_, select, update

from kiosk.central.contract import (
    ErrorCode,
    PaperOutcome,
    PaperReport,
    Service,
    TicketIn,
    TicketOut,
    TicketState,
)
from kiosk.central.server import numbering
from kiosk.central.server.keys import Done
from kiosk.central.server.numbering import Queue
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.tables import ticket, ticket_change

_FIND = select(ticket).where(ticket.c.ticket_id == bindparam("ticket_id"))
_ADD = insert(ticket)
_ADD_CHANGE = insert(ticket_change)

_AFTER = {
    PaperOutcome.PRINTED: TicketState.ISSUED,
    PaperOutcome.SHOWN: TicketState.SHOWN,
    PaperOutcome.VOIDED: TicketState.VOIDED,
}
_ALLOWED = {
    TicketState.NUMBERED: {TicketState.ISSUED, TicketState.SHOWN, TicketState.VOIDED},
    TicketState.SHOWN: {TicketState.ISSUED, TicketState.VOIDED},
    TicketState.ISSUED: set[TicketState](),
    TicketState.VOIDED: set[TicketState](),
}


def take(connection: Connection, office: Office, request: TicketIn) -> Done:
    """Give a visit its number, or show the one it already has.

    Raises:
        RefusalError: hall or service unknown, or the day's numbers are used up.
    """
    services = office.offers.of(request.hall_id).ordered(request.services)
    existing = find(connection, request.ticket_id)
    if existing is not None:
        return Done(seen(connection, office, existing), 200)
    now = office.clock.now()
    queue = Queue(request.hall_id, now.date(), services[0].prefix)
    n, ahead = numbering.next_number(connection, queue)
    row = new_row(request, services, queue, n, now)
    add(connection, row, "taken")
    return Done(_out(office, row, services, ahead))


def show(connection: Connection, office: Office, ticket_id: str) -> TicketOut:
    """A ticket as it stands.

    Raises:
        RefusalError: there is no such ticket.
    """
    return seen(connection, office, _present(connection, ticket_id))


def report_paper(
    connection: Connection, office: Office, ticket_id: str, report: PaperReport
) -> Done:
    """Keep what became of a ticket's paper; the same outcome twice is fine.

    Raises:
        RefusalError: no such ticket, or it has already ended otherwise.
    """
    row = _present(connection, ticket_id, lock=True)
    before, after = TicketState(row.state), _AFTER[report.outcome]
    if after is not before:
        if after not in _ALLOWED[before]:
            raise RefusalError(409, ErrorCode.WRONG_STATE)
        connection.execute(
            update(ticket)
            .where(ticket.c.ticket_id == ticket_id)
            .values(state=after, prints=report.prints)
        )
        note(connection, row, after, office.clock.now(), report.outcome)
        if after is TicketState.VOIDED:
            numbering.count_waiting(connection, Queue(row.hall_id, row.day, row.prefix), -1)
    return Done(seen(connection, office, _present(connection, ticket_id)), 200)


def find(connection: Connection, ticket_id: str, lock: bool = False) -> Row[Any] | None:
    """A ticket's row.

    Args:
        connection: with an open transaction.
        ticket_id: which.
        lock: whether it will be changed; SQLite's transaction has the only lock already.
    """
    query = _FIND.with_for_update() if lock else _FIND
    return connection.execute(query, {"ticket_id": ticket_id}).one_or_none()


def new_row(
    request: TicketIn, services: tuple[Service, ...], queue: Queue, n: int, now: datetime
) -> dict[str, Any]:
    """A new ticket's columns."""
    return {
        "ticket_id": request.ticket_id,
        "hall_id": queue.hall_id,
        "day": queue.day,
        "prefix": queue.prefix,
        "n": n,
        "service_id": services[0].service_id,
        "services": [one.service_id for one in services],
        "machine_id": request.machine_id,
        "application_id": request.application_id,
        "lease_id": None,
        "taken_at": now,
        "received_at": now,
        "state": TicketState.NUMBERED,
        "prints": 0,
    }


def add(connection: Connection, row: dict[str, Any], reason: str) -> None:
    """Keep a new ticket and its first change."""
    connection.execute(_ADD, row)
    change = {"ticket_id": row["ticket_id"], "machine_id": row["machine_id"], "reason": reason}
    states = {"from_state": "", "to_state": row["state"]}
    connection.execute(_ADD_CHANGE, {**change, **states, "at": row["received_at"]})


def note(
    connection: Connection, row: Row[Any], after: TicketState, at: datetime, reason: str
) -> None:
    """Keep a change of a ticket; the queue is built on these rows."""
    change = {"ticket_id": row.ticket_id, "machine_id": row.machine_id, "reason": reason}
    states = {"from_state": row.state, "to_state": after}
    connection.execute(_ADD_CHANGE, {**change, **states, "at": at})


def seen(connection: Connection, office: Office, row: Row[Any]) -> TicketOut:
    """A kept ticket as a machine sees it."""
    offer = office.offers.by_hall.get(row.hall_id)
    # A service taken out of the catalogue leaves old tickets behind; they stay readable.
    services = (
        ()
        if offer is None
        else tuple(one for one in offer.services if one.service_id in row.services)
    )
    columns = row._asdict()
    return _out(office, columns, services, _ahead(connection, columns))


def _present(connection: Connection, ticket_id: str, lock: bool = False) -> Row[Any]:
    row = find(connection, ticket_id, lock)
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_TICKET)
    return row


def _ahead(connection: Connection, row: dict[str, Any]) -> int:
    earlier = or_(
        ticket.c.taken_at < row["taken_at"],
        and_(ticket.c.taken_at == row["taken_at"], ticket.c.id < row["id"]),
    )
    query = select(func.count()).where(
        ticket.c.hall_id == row["hall_id"],
        ticket.c.day == row["day"],
        ticket.c.service_id == row["service_id"],
        ticket.c.state != TicketState.VOIDED,
        earlier,
    )
    return int(connection.execute(query).scalar_one())


def _out(
    office: Office, row: dict[str, Any], services: tuple[Service, ...], ahead: int
) -> TicketOut:
    first = services[0] if services else None
    windows = first.windows if first else ()
    minutes = ahead * first.minutes_per_visit if first else 0
    return TicketOut(
        ticket_id=row["ticket_id"],
        number=numbering.label(row["prefix"], row["n"]),
        hall_id=row["hall_id"],
        day=row["day"],
        services=tuple(row["services"]),
        windows=windows,
        ahead=ahead,
        estimate_min=math.ceil(minutes / max(1, len(windows))),
        taken_at=office.local(row["taken_at"]),
        state=row["state"],
        application_id=row["application_id"],
    )
