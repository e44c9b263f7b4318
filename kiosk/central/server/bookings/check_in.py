"""Checking in: what a booking is worth where and when its holder came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.central.contract import LeasedNumber, TicketIn, TicketOut
from kiosk.central.contract.bookings import BookingState, CheckedIn, CheckIn, CheckInOutcome
from kiosk.central.server import leased, lines, tickets
from kiosk.central.server.bookings import books
from kiosk.central.server.bookings.tables import booking
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office

_O = CheckInOutcome
_BEST_FIRST = (
    *(_O.ON_TIME, _O.EARLY, _O.LATE, _O.ALREADY_USED),
    *(_O.WRONG_HALL, _O.WRONG_DAY, _O.CANCELLED),
)
_ENDS_HERE = frozenset({_O.EARLY, _O.LATE})
"""outcomes after which an ordinary ticket takes the booking's place"""


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody comes.

    Args:
        hall_id: where.
        at: when.
    """

    hall_id: str
    at: datetime


def check_in(connection: Connection, office: Office, request: CheckIn) -> Done:
    """Give the ticket of a booking, or say why it does not hold here and now.

    Raises:
        RefusalError: the hall or a service is unknown.
    """
    office.offers.of(request.hall_id)
    coming = Coming(request.hall_id, office.clock.now())
    found = _best(office, _named(connection, office, request), coming)
    if found is None:
        return Done(CheckedIn(outcome=_O.NOT_FOUND, booking=None, ticket=None), 200)
    row, outcome = found
    if row.ticket_id == request.ticket_id and row.state == BookingState.USED:
        outcome = _O.ON_TIME  # the same visit asks again
    ticket = _ticket(connection, office, request, row, outcome)
    kept = books.present(connection, row.booking_id)
    answer = CheckedIn(outcome=outcome, booking=books.shown(office, kept), ticket=ticket)
    return Done(answer, 200)


def take(connection: Connection, office: Office, request: TicketIn) -> Done:
    """Give a visit its ticket; whoever has booked for now is not left in the ordinary line.

    Raises:
        RefusalError: see `tickets.take`.
    """
    row = _for_now(connection, office, request, office.clock.now())
    if row is None:
        return tickets.take(connection, office, request)
    standing = lines.standing_of(office.clock.today(), request.need, booked=True)
    done = tickets.take(connection, office, request, standing)
    books.mark(connection, office, row, BookingState.USED, request.ticket_id)
    return done


def report(connection: Connection, office: Office, request: TicketIn, given: LeasedNumber) -> Done:
    """Keep a ticket given while cut off; a booking counts by when the ticket was taken.

    Raises:
        RefusalError: see `leased.report`.
    """
    at = min(request.taken_at, office.clock.now())
    row = _for_now(connection, office, request, at)
    done = leased.report(connection, office, request, given, booked=row is not None)
    if row is not None:
        books.mark(connection, office, row, BookingState.USED, request.ticket_id)
    return done


def _ticket(
    connection: Connection,
    office: Office,
    request: CheckIn,
    row: Row[Any],
    outcome: CheckInOutcome,
) -> TicketOut | None:
    if outcome is _O.ALREADY_USED:
        earlier = tickets.find(connection, row.ticket_id)
        return tickets.seen(connection, office, earlier) if earlier is not None else None
    if outcome is not _O.ON_TIME and not request.fall_back:
        return None
    booked = outcome is _O.ON_TIME
    standing = lines.standing_of(office.clock.today(), request.need, booked=booked)
    wanted = _as_ticket(request, row)
    done = tickets.take(connection, office, wanted, standing)
    if booked:
        books.mark(connection, office, row, BookingState.USED, request.ticket_id)
    elif outcome in _ENDS_HERE:
        books.mark(connection, office, row, BookingState.FELL_BACK, request.ticket_id)
    assert isinstance(done.value, TicketOut), "tickets are answered so"
    return done.value


def _as_ticket(request: CheckIn, row: Row[Any]) -> TicketIn:
    return TicketIn(
        ticket_id=request.ticket_id,
        machine_id=request.machine_id,
        hall_id=request.hall_id,
        services=tuple(dict.fromkeys((*row.services, *request.services)))[:10],
        application_id=request.application_id,
        taken_at=request.taken_at,
        need=request.need,
        holder_number=request.holder_number,
    )


def _for_now(
    connection: Connection, office: Office, request: TicketIn, at: datetime
) -> Row[Any] | None:
    """The booking that a new ticket uses, None for none."""
    if request.holder_number is None or tickets.find(connection, request.ticket_id) is not None:
        return None
    rows = _of_holder(connection, office, request.holder_number)
    found = _best(office, rows, Coming(request.hall_id, at))
    if found is None or found[1] is not _O.ON_TIME:
        return None
    return found[0] if set(found[0].services) & set(request.services) else None


def _named(connection: Connection, office: Office, request: CheckIn) -> Sequence[Row[Any]]:
    if request.holder_number is not None:
        return _of_holder(connection, office, request.holder_number)
    query = select(booking).where(booking.c.code == request.code).with_for_update()
    return connection.execute(query).all()


def _of_holder(connection: Connection, office: Office, number: str) -> Sequence[Row[Any]]:
    query = select(booking).where(
        booking.c.holder == office.sealer.index(books.HOLDER, number),
        booking.c.day >= office.clock.today(),
    )
    return connection.execute(query.order_by(booking.c.booking_id).with_for_update()).all()


def _best(
    office: Office, rows: Sequence[Row[Any]], coming: Coming
) -> tuple[Row[Any], CheckInOutcome] | None:
    """Of several bookings the one that is worth most, of equal ones the nearest."""
    judged = [(row, _worth(office, row, coming)) for row in rows]
    return min(
        judged,
        key=lambda one: (
            _BEST_FIRST.index(one[1]),
            abs(office.local(one[0].starts_at) - coming.at),
        ),
        default=None,
    )


def _worth(office: Office, row: Row[Any], coming: Coming) -> CheckInOutcome:
    state = BookingState(row.state)
    if state in (BookingState.USED, BookingState.CANCELLED):
        return _O.ALREADY_USED if state is BookingState.USED else _O.CANCELLED
    if row.day != office.day_of(coming.at):
        return _O.WRONG_DAY
    if row.hall_id != coming.hall_id:
        return _O.WRONG_HALL
    times = books.reminder(office, row)
    if state is BookingState.FELL_BACK or coming.at > times.come_until:
        return _O.LATE
    return _O.EARLY if coming.at < times.come_from else _O.ON_TIME
