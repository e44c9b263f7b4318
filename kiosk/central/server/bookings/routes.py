"""Endpoints of the bookings."""

from fastapi import Request
from fastapi.responses import Response

from kiosk.central.contract import Id
from kiosk.central.contract.bookings import (
    Booking,
    BookingCancel,
    BookingId,
    BookingIn,
    CheckedIn,
    CheckIn,
    Slots,
)
from kiosk.central.server.bookings import books, check_in, slots
from kiosk.central.server.bookings.slots import Place
from kiosk.central.server.desk import Key, read, reading, write, writing
from kiosk.central.server.problems import documented

reads = reading()
writes = writing()


@reads.get("/bookings/slots")
async def free_slots(http: Request, hall_id: Id, service_id: Id) -> Slots:
    """What can be booked, and how many places are free."""
    place = Place(hall_id, service_id)
    return await read(http, lambda tx, office: slots.offered(tx, office, place))


@reads.get("/bookings/{booking_id}")
async def show(http: Request, booking_id: BookingId) -> Booking:
    """A booking with its reminder; names nobody."""
    return await read(http, lambda tx, office: books.show(tx, office, booking_id))


@writes.post(
    "/bookings",
    status_code=201,
    response_model=Booking,
    responses={200: {"model": Booking, "description": "Booked already."}},
)
async def book(http: Request, key: Key, request: BookingIn) -> Response:
    """Hold a place in a slot for one person."""
    return await write(http, key, lambda tx, office: books.book(tx, office, request))


@writes.post("/bookings/check-in", response_model=CheckedIn)
async def come(http: Request, key: Key, request: CheckIn) -> Response:
    """Somebody who has booked is at a machine."""
    return await write(http, key, lambda tx, office: check_in.check_in(tx, office, request))


@writes.post("/bookings/{booking_id}/cancel", response_model=Booking, responses=documented(404))
async def cancel(
    http: Request, key: Key, booking_id: BookingId, request: BookingCancel
) -> Response:
    """Give the place back."""
    return await write(http, key, lambda tx, office: books.cancel(tx, office, booking_id, request))
