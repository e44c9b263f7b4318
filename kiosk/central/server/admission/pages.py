"""The administrator's page of the machines that may come in."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from kiosk.central.contract import ID_PATTERN, ErrorCode
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.admission import register
from kiosk.central.server.desk import office_of
from kiosk.central.server.door import door_of
from kiosk.central.server.pages.page import show
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.staff.accounts import rules_of
from kiosk.central.server.staff.guard import Submission, posted, signed_in

HERE = "/staff/admission"
pages = APIRouter(prefix=HERE, include_in_schema=False)
Administrator = Annotated[Actor, Depends(signed_in(Role.ADMINISTRATOR))]
AdministratorForm = Annotated[Submission, Depends(posted(Role.ADMINISTRATOR))]


@pages.get("")
async def machines(http: Request, actor: Administrator) -> Response:
    """Every machine of the hall that is in, awaited or shut out."""
    return await _page(http, actor)


@pages.post("")
async def make_code(http: Request, sent: AdministratorForm) -> Response:
    """Make a machine's one-time code and show it, once."""
    office = office_of(http)
    machine_id = sent.field("machine_id")
    if not re.match(ID_PATTERN, machine_id):
        return await _page(http, sent.actor, mistake="id", status=422)

    def make() -> str | None:
        with office.database.transaction() as connection:
            return register.make_code(connection, office, sent.actor, machine_id)

    code = await office.database.run(make)
    if code is None:
        return await _page(http, sent.actor, mistake="elsewhere", status=409)
    return await _page(http, sent.actor, code=code, machine_id=machine_id)


@pages.post("/{machine_id}/shut-out")
async def shut_out(http: Request, machine_id: str, sent: AdministratorForm) -> Response:
    """Believe a machine no longer."""
    office = office_of(http)

    def shut() -> bool:
        with office.database.transaction() as connection:
            return register.shut_out(connection, office, sent.actor, machine_id)

    if not await office.database.run(shut):
        raise RefusalError(404, ErrorCode.NOT_FOUND)
    door_of(http).forget(machine_id)
    return RedirectResponse(HERE, 303)


async def _page(
    http: Request,
    actor: Actor,
    *,
    code: str = "",
    machine_id: str = "",
    mistake: str = "",
    status: int = 200,
) -> Response:
    office = office_of(http)

    def ask() -> list[register.MachineLine]:
        with office.database.transaction() as connection:
            return register.lines(connection, office, actor.hall_id)

    values = {
        "lines": await office.database.run(ask),
        "code": code,
        "machine_id": machine_id,
        "mistake": mistake,
        "minutes": rules_of(office).code_minutes,
    }
    return show(http, "staff/admission.html", values, status)
