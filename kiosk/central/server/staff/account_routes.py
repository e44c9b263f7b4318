"""Pages of the administrator: accounts and records."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from kiosk.central.contract import ErrorCode
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.desk import office_of
from kiosk.central.server.office import Office
from kiosk.central.server.pages.page import show
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.staff import accounts, editing, records
from kiosk.central.server.staff.accounts import AccountTakenError
from kiosk.central.server.staff.editing import Mistake, MistakeError
from kiosk.central.server.staff.guard import Submission, posted, signed_in

pages = APIRouter(prefix="/staff", include_in_schema=False)
Administrator = Annotated[Actor, Depends(signed_in(Role.ADMINISTRATOR))]
AdministratorForm = Annotated[Submission, Depends(posted(Role.ADMINISTRATOR))]
_MOST_RECORDS = 300


@pages.get("/accounts")
async def accounts_page(http: Request, actor: Administrator) -> Response:
    """Everybody of the hall."""
    return await _accounts(http, actor)


@pages.post("/accounts")
async def make_account(http: Request, sent: AdministratorForm) -> Response:
    """Make an account and show its one-time code, once."""
    office = office_of(http)

    def make() -> str:
        new = editing.new_account(sent.fields, sent.actor.hall_id)
        with office.database.transaction() as connection:
            return accounts.make(connection, office, new, sent.actor.account_id)

    try:
        code = await office.database.run(make)
    except AccountTakenError:
        return await _accounts(http, sent.actor, mistake=Mistake.TAKEN, status=409)
    except MistakeError as wrong:
        return await _accounts(http, sent.actor, mistake=wrong.mistake, status=422)
    return await _accounts(http, sent.actor, code=code, login=sent.field("login").lower())


@pages.post("/accounts/{account_id}")
async def change_account(http: Request, account_id: str, sent: AdministratorForm) -> Response:
    """Change a person's name, role, stars, state or photo."""
    office = office_of(http)

    def change() -> None:
        with office.database.transaction() as connection:
            _require(connection, sent.actor, account_id)
            editing.change(connection, office, sent.actor, account_id, (sent.fields, sent.files))

    try:
        await office.database.run(change)
    except MistakeError as wrong:
        return await _accounts(http, sent.actor, mistake=wrong.mistake, status=422)
    return RedirectResponse("/staff/accounts", 303)


@pages.post("/accounts/{account_id}/code")
async def new_code(http: Request, account_id: str, sent: AdministratorForm) -> Response:
    """Give somebody who forgot their password a one-time code."""
    office = office_of(http)

    def give() -> tuple[str, str]:
        with office.database.transaction() as connection:
            login = _require(connection, sent.actor, account_id)
            code = accounts.give_code(connection, office, account_id, sent.actor.account_id)
            return code, login

    code, login = await office.database.run(give)
    return await _accounts(http, sent.actor, code=code, login=login)


@pages.get("/records")
async def records_page(http: Request, actor: Administrator) -> Response:
    """What staff did and which personal data they were shown."""
    office = office_of(http)

    def ask() -> list[records.RecordLine]:
        with office.database.transaction() as connection:
            return records.newest(connection, office, actor.hall_id, _MOST_RECORDS)

    lines = await office.database.run(ask)
    return show(http, "staff/records.html", {"lines": lines, "most": _MOST_RECORDS})


async def _accounts(
    http: Request,
    actor: Actor,
    *,
    code: str = "",
    login: str = "",
    mistake: Mistake | None = None,
    status: int = 200,
) -> Response:
    office: Office = office_of(http)

    def ask() -> list[editing.AccountLine]:
        with office.database.transaction() as connection:
            return editing.lines(connection, office, actor.hall_id)

    values = {
        "lines": await office.database.run(ask),
        "roles": list(Role),
        "code": code,
        "login": login,
        "mistake": mistake,
        "rules": accounts.rules_of(office),
        "again": "/staff/accounts",
    }
    # After making an account the page lies at the same address as before.
    return show(http, "staff/accounts.html", values, status)


def _require(connection: Connection, actor: Actor, account_id: str) -> str:
    """The login of an account of the actor's own hall."""
    row = accounts.by_id(connection, account_id)
    if row is None or row.hall_id != actor.hall_id:
        raise RefusalError(404, ErrorCode.NOT_FOUND)
    return str(row.login)
