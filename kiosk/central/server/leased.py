"""Numbers for machines that are cut off: giving leases, and tickets reported from them."""

from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.central.contract import (
    ErrorCode,
    LeasedNumber,
    LeaseRequest,
    NumberLease,
    Service,
    TicketIn,
    TicketState,
)
from kiosk.central.server import changes, lines, numbering, tickets
from kiosk.central.server.changes import Cause
from kiosk.central.server.keys import Done
from kiosk.central.server.lines import Standing
from kiosk.central.server.numbering import Queue
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.tables import lease, machine, superseded_number, ticket
from kiosk.domain.queueing import QueueState, TicketClass

_OF_PAPER = frozenset({"prefix", "n", "lease_id", "machine_id", "hall_id", "day", "taken_at"})
_OF_LINE = frozenset({"service_id", "services", "services_left", "place_ms", "due_ms"})


def give(connection: Connection, office: Office, request: LeaseRequest) -> Done:
    """Give a machine a range from the same counter that online tickets use.

    Raises:
        RefusalError: hall or service unknown, or the machine has started again since.
    """
    service = office.offers.of(request.hall_id).ordered([request.service_id])[0]
    booted = connection.execute(
        select(machine).where(machine.c.machine_id == request.machine_id)
    ).one_or_none()
    if booted is None or (booted.epoch, booted.hall_id) != (request.epoch, request.hall_id):
        raise RefusalError(409, ErrorCode.LEASE_INVALID)
    now = office.clock.now()
    queue = Queue(request.hall_id, now.date(), service.prefix)
    first, last = numbering.next_range(connection, queue, request.count)
    given = NumberLease(
        lease_id=uuid4().hex,
        hall_id=request.hall_id,
        service_id=service.service_id,
        prefix=service.prefix,
        day=queue.day,
        first=first,
        last=last,
        epoch=request.epoch,
    )
    columns = {"machine_id": request.machine_id, "given_at": now, **given.model_dump()}
    connection.execute(insert(lease), columns)
    return Done(given)


def report(
    connection: Connection,
    office: Office,
    request: TicketIn,
    leased: LeasedNumber,
    *,
    booked: bool = False,
) -> Done:
    """Keep a ticket that a machine gave from its lease: the paper in the hand is the truth.

    An older epoch's lease counts too: its ticket may have been printed before the restart and
    be reported late. A disk restored from an image shows when two tickets claim one number.

    With `booked` a booking held when the ticket was taken. A ticket that is known already stays
    worth what it is: its booking was used then, or a clerk has seen a proof since.

    Raises:
        RefusalError: the lease is not this machine's for that day and service, or the number
            belongs to another ticket.
    """
    services = office.offers.of(request.hall_id).ordered(request.services)
    queue = _checked(connection, office, request, leased, services[0])
    existing = tickets.find(connection, request.ticket_id, lock=True)
    if existing is not None and existing.lease_id is not None:
        if (existing.lease_id, existing.n) != (leased.lease_id, leased.n):
            raise RefusalError(409, ErrorCode.ALREADY_EXISTS)
        return Done(tickets.seen(connection, office, existing), 200)
    if _is_used(connection, queue, leased.n):
        raise RefusalError(409, ErrorCode.LEASE_NUMBER_USED)
    now = office.clock.now()
    row = tickets.new_row(office, request, services, queue, leased.n)
    # A machine whose clock runs ahead does not send its citizens to the end of the queue.
    taken_at = min(request.taken_at, now)
    row |= {"lease_id": leased.lease_id, "taken_at": taken_at}
    standing = _standing(existing) or lines.standing_of(queue.day, request.need, booked)
    tickets.stand(row, standing, taken_at)
    _keep(connection, office, existing, row)
    kept = tickets.find(connection, request.ticket_id)
    assert kept is not None, "kept above"
    return Done(tickets.seen(connection, office, kept), 201 if existing is None else 200)


def _standing(existing: Row[Any] | None) -> Standing | None:
    if existing is None:
        return None
    return Standing(TicketClass(existing.ticket_class), existing.need, existing.booked)


def _keep(
    connection: Connection, office: Office, existing: Row[Any] | None, row: dict[str, Any]
) -> None:
    if existing is not None:
        _supersede(connection, office, existing, row)
        return
    tickets.add(connection, row, "taken from lease")
    queue = Queue(row["hall_id"], row["day"], row["prefix"])
    numbering.count_waiting(connection, queue, 1)


def _checked(
    connection: Connection,
    office: Office,
    request: TicketIn,
    leased: LeasedNumber,
    service: Service,
) -> Queue:
    row = connection.execute(select(lease).where(lease.c.lease_id == leased.lease_id)).one_or_none()
    fits = row is not None and (
        row.machine_id == request.machine_id
        and row.hall_id == request.hall_id
        and row.service_id == service.service_id
        and row.first <= leased.n <= row.last
        and row.day == office.day_of(request.taken_at)
    )
    if row is None or not fits:
        raise RefusalError(409, ErrorCode.LEASE_INVALID)
    return Queue(row.hall_id, row.day, row.prefix)


def _is_used(connection: Connection, queue: Queue, n: int) -> bool:
    query = select(ticket.c.ticket_id).where(
        ticket.c.hall_id == queue.hall_id,
        ticket.c.day == queue.day,
        ticket.c.prefix == queue.prefix,
        ticket.c.n == n,
    )
    return connection.execute(query).first() is not None


def _supersede(
    connection: Connection, office: Office, existing: Row[Any], row: dict[str, Any]
) -> None:
    """Give a ticket whose online answer was lost the number that its paper says.

    Until a clerk has touched it, it also moves to the line that the paper says; afterwards it stays
    where it is.
    """
    now = office.clock.now()
    lost = {name: getattr(existing, name) for name in ("hall_id", "day", "prefix", "n")}
    connection.execute(
        insert(superseded_number), {**lost, "ticket_id": existing.ticket_id, "at": now}
    )
    changed = {name: value for name, value in row.items() if name in _OF_PAPER}
    moves = existing.queue_state == QueueState.WAITING and existing.called_at is None
    if moves:
        changed |= {name: row[name] for name in _OF_LINE}
    connection.execute(
        update(ticket).where(ticket.c.ticket_id == existing.ticket_id).values(**changed)
    )
    reason = f"number {numbering.label(existing.prefix, existing.n)} superseded by paper"
    changes.paper(connection, existing, TicketState(existing.state), now, reason)
    if moves:
        _change_line(connection, office, existing, row, reason)


def _change_line(
    connection: Connection, office: Office, existing: Row[Any], row: dict[str, Any], reason: str
) -> None:
    old = lines.Place(existing.hall_id, existing.day, existing.service_id)
    new = lines.Place(row["hall_id"], row["day"], row["service_id"])
    if old == new:
        return
    # The same order as everybody's, so that nobody waits in a circle.
    for place, change in sorted(((old, -1), (new, 1)), key=lambda one: one[0].service_id):
        lines.count_in(connection, office, place, change)
    cause = Cause(row["machine_id"], reason, new.service_id)
    changes.place(connection, existing, QueueState.WAITING, office.clock.now(), cause)
