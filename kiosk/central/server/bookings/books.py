"""Booking, showing, cancelling; what is kept of a booking."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, text, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.bookings import (
    Booking,
    BookingCancel,
    BookingIn,
    BookingState,
    Reminder,
)
from kiosk.central.contract.events import EventKind
from kiosk.central.server.bookings import slots
from kiosk.central.server.bookings.bring import to_bring
from kiosk.central.server.bookings.slots import Place
from kiosk.central.server.bookings.tables import booking
from kiosk.central.server.events.publish import Happened, publish
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError

HOLDER = "booking holder"
_CODES = 10**8
_ONE_BY_ONE = text("SELECT pg_advisory_xact_lock(:holder)")


def book(connection: Connection, office: Office, request: BookingIn) -> Done:
    """Give somebody a place in a slot, or show the booking they have already made.

    Raises:
        RefusalError: hall, service or slot is unknown, the slot is full, or the person has as many
            bookings as policy allows, or one on that day.
    """
    services = office.offers.of(request.hall_id).ordered(request.services)
    holder = office.sealer.index(HOLDER, request.holder_number)
    _alone(connection, office, holder)
    kept = find(connection, request.booking_id)
    if kept is not None:
        if kept.holder != holder:
            raise RefusalError(409, ErrorCode.ALREADY_EXISTS)
        return Done(shown(office, kept), 200)
    tidy(connection, office)
    place = Place(request.hall_id, services[0].service_id)
    slot = slots.bookable(office, place, request.starts_at)
    _may_book(connection, office, holder, slot.starts_at)
    slots.take_place(connection, place, slot)
    now = office.clock.now()
    row = {
        "booking_id": request.booking_id,
        "code": f"{secrets.randbelow(_CODES):08d}",
        "hall_id": place.hall_id,
        "service_id": place.service_id,
        "services": [one.service_id for one in services],
        "day": slot.starts_at.date(),
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "state": BookingState.BOOKED,
        "holder": holder,
        "phone": _sealed_phone(office, request),
        "ticket_id": None,
        "made_at": now,
        "changed_at": now,
    }
    connection.execute(insert(booking), row)
    tell(connection, office, place)
    return Done(shown(office, present(connection, request.booking_id)))


def show(connection: Connection, office: Office, booking_id: str) -> Booking:
    """A booking as it stands.

    Raises:
        RefusalError: there is no such booking.
    """
    return shown(office, present(connection, booking_id))


def cancel(
    connection: Connection, office: Office, booking_id: str, _request: BookingCancel
) -> Done:
    """Give a place back; twice is fine.

    Raises:
        RefusalError: no such booking, it was used, or its time is too near.
    """
    row = present(connection, booking_id, lock=True)
    state = state_of(office, row)
    if state is not BookingState.CANCELLED:
        if state is not BookingState.BOOKED:
            raise RefusalError(409, ErrorCode.WRONG_STATE)
        if office.clock.now() > reminder(office, row).cancel_until:
            raise RefusalError(409, ErrorCode.TOO_LATE_TO_CANCEL)
        mark(connection, office, row, BookingState.CANCELLED)
        place = Place(row.hall_id, row.service_id)
        slots.give_back(connection, place, row.starts_at)
        tell(connection, office, place)
    return Done(show(connection, office, booking_id), 200)


def mark(
    connection: Connection,
    office: Office,
    row: Row[Any],
    state: BookingState,
    ticket_id: str | None = None,
) -> None:
    """Note what became of a booking; the phone number has no further use."""
    changed = {"state": state, "ticket_id": ticket_id, "phone": None}
    connection.execute(
        update(booking)
        .where(booking.c.booking_id == row.booking_id)
        .values(**changed, changed_at=office.clock.now())
    )


def tell(connection: Connection, office: Office, place: Place) -> None:
    """Tell that a service's free places changed; the booking's own id is a secret."""
    publish(
        connection, office, Happened(EventKind.BOOKING_CHANGED, place.hall_id, place.service_id)
    )


def tidy(connection: Connection, office: Office) -> None:
    """End what was not used on its day, wipe its phone numbers, and forget what is old."""
    today = office.clock.today()
    past = booking.c.day < today
    connection.execute(
        update(booking)
        .where(past, booking.c.state == BookingState.BOOKED)
        .values(state=BookingState.FELL_BACK, phone=None)
    )
    old = today - timedelta(days=slots.rules_of(today).keep_days)
    connection.execute(delete(booking).where(booking.c.day < old))


def find(connection: Connection, booking_id: str, lock: bool = False) -> Row[Any] | None:
    """A booking's row."""
    query = select(booking).where(booking.c.booking_id == booking_id)
    return connection.execute(query.with_for_update() if lock else query).one_or_none()


def present(connection: Connection, booking_id: str, lock: bool = False) -> Row[Any]:
    """A booking's row.

    Raises:
        RefusalError: there is none.
    """
    row = find(connection, booking_id, lock)
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_BOOKING)
    return row


def state_of(office: Office, row: Row[Any], at: datetime | None = None) -> BookingState:
    """What a booking is worth now; one whose time is over has fallen back."""
    state = BookingState(row.state)
    late = (at or office.clock.now()) > reminder(office, row).come_until
    return BookingState.FELL_BACK if state is BookingState.BOOKED and late else state


def shown(office: Office, row: Row[Any]) -> Booking:
    """A booking as anybody who has its id may see it."""
    return Booking(
        booking_id=row.booking_id,
        code=row.code,
        hall_id=row.hall_id,
        services=tuple(row.services),
        starts_at=office.local(row.starts_at),
        ends_at=office.local(row.ends_at),
        state=state_of(office, row),
        ticket_id=row.ticket_id,
        reminder=reminder(office, row),
    )


def reminder(office: Office, row: Row[Any]) -> Reminder:
    """When and where to come and what to bring."""
    rules = slots.rules_of(row.day)
    starts_at, ends_at = office.local(row.starts_at), office.local(row.ends_at)
    offer = office.offers.by_hall.get(row.hall_id)
    return Reminder(
        come_from=starts_at - timedelta(minutes=rules.early_min),
        come_until=ends_at + timedelta(minutes=rules.late_min),
        cancel_until=starts_at - timedelta(minutes=rules.cancel_min),
        hall_names=offer.hall.names if offer else {},
        address=offer.hall.address if offer else {},
        bring=to_bring(row.day, tuple(row.services)),
    )


def _alone(connection: Connection, office: Office, holder: str) -> None:
    """One person's bookings follow one another, so that counting them means something."""
    if not office.database.is_sqlite:
        connection.execute(_ONE_BY_ONE, {"holder": int(holder[:15], 16)})


def _may_book(connection: Connection, office: Office, holder: str, starts_at: datetime) -> None:
    today = office.clock.today()
    query = select(booking.c.day).where(
        booking.c.holder == holder,
        booking.c.day >= today,
        booking.c.state == BookingState.BOOKED,
    )
    days = connection.execute(query).scalars().all()
    most = slots.rules_of(today).most_open
    if starts_at.date() in days or len(days) >= most:
        raise RefusalError(409, ErrorCode.ALREADY_BOOKED)


def _sealed_phone(office: Office, request: BookingIn) -> bytes | None:
    if request.phone is None:
        return None
    return office.sealer.seal("booking", request.booking_id, "phone", request.phone)
