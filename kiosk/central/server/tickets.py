"""Tickets: one visit, one ticket; numbered here, or reported from a lease (`leased.py`)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from kiosk.central.contract import (
    ErrorCode,
    PaperOutcome,
    PaperReport,
    Service,
    TicketIn,
    TicketOut,
    TicketState,
)
from kiosk.central.server import changes, lines, numbering
from kiosk.central.server.keys import Done
from kiosk.central.server.lines import Standing
from kiosk.central.server.numbering import Queue
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.sealing import PERSON
from kiosk.central.server.served import ServedErrand
from kiosk.central.server.tables import ticket
from kiosk.domain.queueing import Move, QueueState, after
from kiosk.domain.rating import CaseKind

_FIND = select(ticket).where(ticket.c.ticket_id == bindparam("ticket_id"))
_ADD = insert(ticket)
HOLDER = "ticket holder"

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


def take(
    connection: Connection, office: Office, request: TicketIn, standing: Standing | None = None
) -> Done:
    """Give a visit its number and its place in line, or show the ticket it already has.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        request: what the machine says.
        standing: what the ticket is worth in line; the request's need says it where None.

    Raises:
        RefusalError: hall or service unknown, or the day's numbers are used up.
    """
    services = office.offers.of(request.hall_id).ordered(request.services)
    existing = find(connection, request.ticket_id)
    if existing is not None:
        return Done(seen(connection, office, existing), 200)
    now = office.clock.now()
    queue = Queue(request.hall_id, now.date(), services[0].prefix)
    n, waiting = numbering.next_number(connection, queue)
    row = new_row(office, request, services, queue, n)
    stand(row, standing or lines.standing_of(queue.day, request.need), now)
    row["id"] = add(connection, row, "taken")
    ordinary = row["due_ms"] == lines.moment_ms(now)
    # Whoever has no head start stands behind everybody; the counter knows how many that are.
    before = waiting if ordinary else lines.ahead(connection, row)
    return Done(_out(office, row, services, before))


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
    before, wanted = TicketState(row.state), _AFTER[report.outcome]
    if wanted is not before:
        if wanted not in _ALLOWED[before]:
            raise RefusalError(409, ErrorCode.WRONG_STATE)
        changed: dict[str, Any] = {"state": wanted, "prints": report.prints}
        now = office.clock.now()
        changes.paper(connection, row, wanted, now, report.outcome)
        if wanted is TicketState.VOIDED:
            changed |= _leave(connection, office, row, now)
        connection.execute(update(ticket).where(ticket.c.ticket_id == ticket_id).values(**changed))
        if wanted is not TicketState.VOIDED:
            office.serving.errand(connection, office, _errand(row))
    return Done(seen(connection, office, _present(connection, ticket_id)), 200)


def _errand(row: Row[Any]) -> ServedErrand:
    """The errand at the machine, which ends with the number in the visitor's hand."""
    case = (CaseKind.APPLICATION, row.ticket_id)
    return ServedErrand(row.hall_id, row.machine_id, *case, row.day, row.taken_at)


def _leave(connection: Connection, office: Office, row: Row[Any], now: datetime) -> dict[str, Any]:
    """Take a ticket without paper out of line; about one already called a clerk decides."""
    ended = after(QueueState(row.queue_state), Move.VOID)
    if ended is None or row.queue_state == QueueState.CALLED:
        return {}
    if row.due_ms is not None:
        lines.count(connection, office, row, -1)
    by = changes.Cause(row.machine_id, "paper voided", row.service_id)
    changes.place(connection, row, ended, now, by)
    return {"queue_state": ended, "due_ms": None}


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
    office: Office, request: TicketIn, services: tuple[Service, ...], queue: Queue, n: int
) -> dict[str, Any]:
    """A new ticket's columns, but for its place in line."""
    now = office.clock.now()
    number = request.holder_number
    ids = [one.service_id for one in services]
    return {
        "ticket_id": request.ticket_id,
        "hall_id": queue.hall_id,
        "day": queue.day,
        "prefix": queue.prefix,
        "n": n,
        "service_id": ids[0],
        "services": ids,
        "services_left": ids[1:],
        "machine_id": request.machine_id,
        "application_id": request.application_id,
        "lease_id": None,
        "taken_at": now,
        "received_at": now,
        "state": TicketState.NUMBERED,
        "prints": 0,
        "queue_state": QueueState.WAITING,
        "times_called": 0,
        "returns": 0,
        "holder": office.sealer.index(HOLDER, number) if number else None,
        "person": office.sealer.index(PERSON, number) if number else None,
    }


def stand(row: dict[str, Any], standing: Standing, taken_at: datetime) -> None:
    """Put a new ticket in its line."""
    place_ms = lines.policy_of(row["day"]).place_ms(taken_at, standing.ticket_class)
    row |= {"ticket_class": standing.ticket_class, "need": standing.need}
    row |= {"booked": standing.booked}
    row |= {"place_ms": place_ms, "due_ms": place_ms}


def add(connection: Connection, row: dict[str, Any], reason: str) -> int:
    """Keep a new ticket and its first change.

    Returns:
        The row's number: who stands first of two taken in one millisecond.
    """
    key = connection.execute(_ADD, row).inserted_primary_key
    changes.first(connection, row, reason)
    assert key is not None, "an insert of one row has its key"
    return int(key[0])


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
    return _out(office, columns, services, lines.ahead(connection, columns))


def _present(connection: Connection, ticket_id: str, lock: bool = False) -> Row[Any]:
    row = find(connection, ticket_id, lock)
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_TICKET)
    return row


def _out(
    office: Office, row: Mapping[str, Any], services: tuple[Service, ...], ahead: int
) -> TicketOut:
    first = next((one for one in services if one.service_id == row["service_id"]), None)
    windows = first.windows if first else ()
    return TicketOut(
        ticket_id=row["ticket_id"],
        number=numbering.label(row["prefix"], row["n"]),
        hall_id=row["hall_id"],
        day=row["day"],
        services=tuple(row["services"]),
        windows=windows,
        ahead=ahead,
        estimate_min=lines.wait_min(first, ahead, len(windows)),
        taken_at=office.local(row["taken_at"]),
        state=row["state"],
        application_id=row["application_id"],
        ticket_class=row["ticket_class"],
    )
