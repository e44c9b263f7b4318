"""Supervisors read the suggestions box: `/staff/suggestions`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from kiosk.central.contract import Id
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.desk import office_of
from kiosk.central.server.office import Office
from kiosk.central.server.pages.page import show
from kiosk.central.server.staff.guard import Submission, posted, signed_in
from kiosk.central.server.suggestions import box

HOME = "/staff/suggestions"
pages = APIRouter(prefix=HOME, include_in_schema=False)
Supervisor = Annotated[Actor, Depends(signed_in(Role.SUPERVISOR))]
SupervisorForm = Annotated[Submission, Depends(posted(Role.SUPERVISOR))]


@pages.get("")
async def all_of_them(http: Request, actor: Supervisor) -> Response:
    """The list; nothing is opened."""
    return await _page(http, actor)


@pages.get("/{suggestion_id}")
async def one(http: Request, actor: Supervisor, suggestion_id: Id) -> Response:
    """The list, and one of them opened; the look is recorded."""
    return await _page(http, actor, suggestion_id)


@pages.post("/{suggestion_id}/done")
async def done(http: Request, sent: SupervisorForm, suggestion_id: Id) -> Response:
    """Somebody has dealt with it."""
    office = office_of(http)

    def end() -> None:
        with office.database.transaction() as tx:
            box.done(tx, office, sent.actor, suggestion_id)

    await office.database.run(end)
    return RedirectResponse(HOME, 303)


async def _page(http: Request, actor: Actor, suggestion_id: str = "") -> Response:
    office = office_of(http)

    def look() -> tuple[tuple[box.Line, ...], box.Opened | None]:
        with office.database.transaction() as tx:
            lines = box.of_hall(tx, office, actor.hall_id)
            return lines, _opened(tx, office, actor, suggestion_id)

    lines, opened = await office.database.run(look)
    return show(http, "suggestions.html", {"lines": lines, "opened": opened})


def _opened(
    connection: Connection, office: Office, actor: Actor, suggestion_id: str
) -> box.Opened | None:
    return box.read(connection, office, actor, suggestion_id) if suggestion_id else None
