"""What machines ask and tell about ratings."""

import base64

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import Connection, select

from kiosk.central.contract import ErrorCode, Id, ShortText, ratings
from kiosk.central.server.desk import Key, office_of, read, reading, write, writing
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError, documented
from kiosk.central.server.ratings import giving, requests, terminals
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.central.server.ratings.windows import window_now
from kiosk.central.server.staff.tables import staff_account

reads = reading()
writes = writing()


@reads.get("/rating-options")
async def options(http: Request, hall_id: Id) -> ratings.RatingOptions:
    """Levels and reasons in force."""
    office = office_of(http)
    office.offers.of(hall_id, status=404)
    return rating_policy(office.clock.now().date()).options


@reads.get("/clerks/{number}/photo")
async def photo(http: Request, number: ShortText, hall_id: Id) -> ratings.ClerkPhoto:
    """A clerk's photo."""
    return await read(http, lambda tx, _office: _photo(tx, hall_id, number))


@writes.post("/evaluators", response_model=ratings.TerminalView, responses=documented(403))
async def hello(http: Request, key: Key, said: ratings.TerminalHello) -> Response:
    """A terminal takes its place at a window."""
    return await write(http, key, lambda tx, office: terminals.hello(tx, office, said, window_now))


@writes.post("/evaluators/{machine_id}/view", responses=documented(403, 404))
async def view(http: Request, machine_id: Id, look: ratings.TerminalLook) -> ratings.TerminalView:
    """What a terminal should show now; needs no key, for it changes nothing."""

    def show(connection: Connection, office: Office) -> ratings.TerminalView:
        return terminals.view(connection, office, machine_id, look.secret, window_now)

    return await read(http, show)


@writes.post(
    "/rating-requests",
    status_code=201,
    response_model=ratings.RatingRequest,
    responses={200: {"model": ratings.RatingRequest, "description": "Kept already."}},
)
async def ask(http: Request, key: Key, own: ratings.OwnRequestIn) -> Response:
    """A machine asks a citizen whom it served itself."""
    return await write(http, key, lambda tx, office: requests.ask_own(tx, office, own))


@writes.post(
    "/ratings",
    status_code=201,
    response_model=ratings.RatingReceipt,
    responses={
        200: {"model": ratings.RatingReceipt, "description": "Kept already."},
        **documented(403, 404),
    },
)
async def rate(http: Request, key: Key, sent: ratings.RatingIn) -> Response:
    """What a citizen answered."""
    return await write(http, key, lambda tx, office: giving.give(tx, office, sent))


def _photo(connection: Connection, hall_id: str, number: str) -> ratings.ClerkPhoto:
    query = select(staff_account.c.photo, staff_account.c.photo_version).where(
        staff_account.c.hall_id == hall_id, staff_account.c.number == number
    )
    row = connection.execute(query).one_or_none()
    if row is None or row.photo is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_CLERK)
    encoded = base64.b64encode(row.photo).decode()
    return ratings.ClerkPhoto(number=number, photo_version=row.photo_version, jpeg_base64=encoded)
