"""What machines, displays and visitors read of the queue; nothing here is personal."""

from typing import Annotated

from fastapi import Query, Request

from kiosk.central.contract import Id
from kiosk.central.contract.queue import (
    HallsWaiting,
    HolderIn,
    HolderTickets,
    QueueNow,
    TicketPlace,
)
from kiosk.central.server.desk import read, reading, writing
from kiosk.central.server.queue import picture

reads = reading()
writes = writing()
Number = Annotated[str, Query(pattern=r"^[A-Z][0-9]{3,6}$", description="As called: A023.")]


@reads.get("/queue")
async def queue(http: Request, hall_id: Id) -> QueueNow:
    """A hall's queue: who is called where, how many wait."""
    return await read(http, lambda tx, office: picture.hall(tx, office, hall_id))


@reads.get("/queue/place")
async def place_of_number(http: Request, hall_id: Id, number: Number) -> TicketPlace:
    """Where today's ticket with a number stands."""
    return await read(http, lambda tx, office: picture.place_of_number(tx, office, hall_id, number))


@reads.get("/tickets/{ticket_id}/place")
async def place(http: Request, ticket_id: Id) -> TicketPlace:
    """Where a ticket stands."""
    return await read(http, lambda tx, office: picture.place(tx, office, ticket_id))


@writes.post("/tickets/of-holder")
async def tickets_of(http: Request, holder: HolderIn) -> HolderTickets:
    """Today's tickets taken with a card; changes nothing, so it needs no key."""
    return await read(http, lambda tx, office: picture.tickets_of(tx, office, holder))


@reads.get("/halls/waiting")
async def halls(http: Request, service_id: Id | None = None) -> HallsWaiting:
    """The city's halls, shortest wait first; halls without an open window last."""
    return await read(http, lambda tx, office: picture.halls(tx, office, service_id))
