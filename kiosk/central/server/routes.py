"""The foundation's endpoints: catalogue, tickets, applications, machines."""

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import text

from kiosk.central import contract
from kiosk.central.contract import Id
from kiosk.central.server import applications, leased, machines, tickets
from kiosk.central.server.bookings import check_in
from kiosk.central.server.desk import Key, asking, hash_of, office_of, read, reading, write, writing
from kiosk.central.server.problems import documented

reads = reading()
asks = asking()
writes = writing()


@reads.get("/health")
async def health(http: Request) -> contract.Health:
    """Whether server and database are there."""
    office = office_of(http)

    def ask() -> contract.Health:
        with office.database.transaction() as connection:
            connection.execute(text("SELECT 1"))
        name = office.database.name
        return contract.Health(status="ok", database=name, server_time=office.clock.now())

    return await office.database.run(ask)


@reads.get("/catalogue")
async def catalogue(http: Request, hall_id: Id) -> contract.Catalogue:
    """What a hall offers."""
    office = office_of(http)
    offer = office.offers.of(hall_id, status=404)
    now = office.clock.now()
    return contract.Catalogue(
        version=office.offers.version,
        hall=offer.hall,
        services=offer.services,
        server_time=now,
        business_day=now.date(),
    )


@asks.get("/tickets/{ticket_id}")
async def ticket(http: Request, ticket_id: Id) -> contract.TicketOut:
    """A ticket as it stands now."""
    return await read(http, lambda tx, office: tickets.show(tx, office, ticket_id))


@writes.post("/boots", status_code=201, response_model=contract.Boot)
async def boot(http: Request, key: Key, request: contract.BootRequest) -> Response:
    """A machine has started; its new epoch ends the giving of leases to earlier ones."""
    return await write(http, key, lambda tx, office: machines.boot(tx, office, request))


@writes.post("/leases", status_code=201, response_model=contract.NumberLease)
async def lease(http: Request, key: Key, request: contract.LeaseRequest) -> Response:
    """Numbers for when the machine is cut off."""
    return await write(http, key, lambda tx, office: leased.give(tx, office, request))


@writes.post(
    "/applications",
    status_code=201,
    response_model=contract.ApplicationReceipt,
    responses={200: {"model": contract.ApplicationReceipt, "description": "Kept already."}},
)
async def put_application(http: Request, key: Key, sent: contract.ApplicationIn) -> Response:
    """One citizen's application for one or more documents."""
    sent_hash = await hash_of(http)
    return await write(http, key, lambda tx, office: applications.put(tx, office, sent, sent_hash))


@writes.post(
    "/tickets",
    status_code=201,
    response_model=contract.TicketOut,
    responses={200: {"model": contract.TicketOut, "description": "The visit has its ticket."}},
)
async def take_ticket(http: Request, key: Key, request: contract.TicketIn) -> Response:
    """A number for a visit, or the report of one given from a lease."""
    given = request.leased
    if given is None:
        turn = f"{request.hall_id} {request.services[0]}"
        return await write(http, key, lambda tx, office: check_in.take(tx, office, request), turn)
    return await write(http, key, lambda tx, office: check_in.report(tx, office, request, given))


@writes.post(
    "/tickets/{ticket_id}/paper",
    response_model=contract.TicketOut,
    responses=documented(404),
)
async def report_paper(
    http: Request, key: Key, ticket_id: Id, report: contract.PaperReport
) -> Response:
    """What became of a ticket's paper."""
    return await write(
        http, key, lambda tx, office: tickets.report_paper(tx, office, ticket_id, report)
    )


@writes.post("/staff-calls", status_code=201, response_model=contract.Accepted)
async def call_staff(http: Request, key: Key, call: contract.StaffCall) -> Response:
    """Somebody needs help at a machine."""
    return await write(http, key, lambda tx, office: machines.call_staff(tx, office, call))


@writes.post("/heartbeats")
async def heartbeat(http: Request, report: contract.Heartbeat) -> contract.HeartbeatAnswer:
    """A machine is alive; needs no key, for the newest report replaces the last."""
    return await read(http, lambda tx, office: machines.beat(tx, office, report))
