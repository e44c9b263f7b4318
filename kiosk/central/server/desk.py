"""How an endpoint hands its request to one service function in one transaction."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from kiosk.central.contract import KEY_PATTERN, Model
from kiosk.central.server import keys
from kiosk.central.server.door import proven
from kiosk.central.server.keys import Delivery, Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import documented

Key = Annotated[
    str,
    Header(alias="Idempotency-Key", pattern=KEY_PATTERN, description="Made once per intent."),
]
M = TypeVar("M", bound=Model)
Effect = Callable[[Connection, Office], Done]


def reading() -> APIRouter:
    """A router for what everybody may read, with the refusals its endpoints may answer."""
    return APIRouter(prefix="/v1", responses=documented(404, 405, 422, 500, 503))


def asking() -> APIRouter:
    """A router for what only machines may read, with the refusals its endpoints may answer."""
    refusals = documented(401, 403, 404, 405, 422, 500, 503)
    return APIRouter(prefix="/v1", responses=refusals, dependencies=[Depends(proven)])


def writing() -> APIRouter:
    """A router for what machines write, with the refusals its endpoints may answer."""
    refusals = documented(400, 401, 403, 405, 409, 413, 422, 500, 503)
    return APIRouter(prefix="/v1", responses=refusals, dependencies=[Depends(proven)])


def office_of(http: Request) -> Office:
    """The parts of the server that got a request."""
    office: Office = http.app.state.office
    return office


async def hash_of(http: Request) -> bytes:
    """Hash of a request, for its key."""
    return keys.request_hash(http.method, http.url.path, await http.body())


async def write(http: Request, key: str, effect: Effect, turn: str | None = None) -> Response:
    """Have an effect once per key and answer with it.

    Args:
        http: the request.
        key: its idempotency key.
        effect: what to do, in one transaction.
        turn: see `keys.once_soon`.
    """
    office = office_of(http)
    delivery = Delivery(key, await hash_of(http), office.clock.now())
    answer = await keys.once_soon(office.database, delivery, lambda tx: effect(tx, office), turn)
    headers = {"Idempotent-Replay": "true"} if answer.replayed else None
    return Response(answer.body, answer.status, headers, media_type="application/json")


async def read(http: Request, work: Callable[[Connection, Office], M]) -> M:
    """Answer with what one transaction reads."""
    office = office_of(http)

    def ask() -> M:
        with office.database.transaction() as connection:
            return work(connection, office)

    return await office.database.run(ask)
