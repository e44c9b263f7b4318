"""Clerks say how far documents are: `/staff/applications`.

An application is found by the code on its ticket or by its holder's number; either is recorded.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection, Row

from kiosk.central.contract import ApplicationProgress, ErrorCode, Id
from kiosk.central.server import lines
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.desk import office_of
from kiosk.central.server.office import Office
from kiosk.central.server.pages.page import show
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.progress import papers, steps
from kiosk.central.server.progress.steps import Change
from kiosk.central.server.queue.files import TICKET_CODE
from kiosk.central.server.staff.guard import Submission, posted, signed_in
from kiosk.central.server.staff.records import Subject, note_read
from kiosk.domain.progress import STEPS, Progress

HOME = "/staff/applications"
pages = APIRouter(prefix=HOME, include_in_schema=False)
Clerk = Annotated[Actor, Depends(signed_in(Role.CLERK))]
ClerkForm = Annotated[Submission, Depends(posted(Role.CLERK))]


@pages.get("")
async def search(http: Request, _actor: Clerk) -> Response:
    """A field for a code or a number."""
    return _shown(http, (), searched=False)


@pages.post("")
async def find(http: Request, sent: ClerkForm) -> Response:
    """The applications of a code or of a holder's number."""
    office = office_of(http)

    def look() -> tuple[ApplicationProgress, ...]:
        with office.database.transaction() as tx:
            rows = _rows(tx, office, sent)
            return tuple(_read(tx, office, sent.actor, row) for row in rows)

    return _shown(http, await office.database.run(look), searched=True)


@pages.get("/{application_id}")
async def one(http: Request, actor: Clerk, application_id: Id) -> Response:
    """One application, and what can be done about each of its documents."""
    office = office_of(http)

    def look() -> ApplicationProgress:
        with office.database.transaction() as tx:
            return _read(tx, office, actor, papers.present(tx, application_id))

    return _shown(http, (await office.database.run(look),), searched=True)


@pages.post("/{application_id}/{position}")
async def step(http: Request, sent: ClerkForm, application_id: Id, position: int) -> Response:
    """Move a document on."""
    office = office_of(http)
    change = _change(sent, position)

    def do() -> None:
        with office.database.transaction() as tx:
            steps.take(tx, office, sent.actor, application_id, change)

    await office.database.run(do)
    return RedirectResponse(f"{HOME}/{application_id}", 303)


def _change(sent: Submission, position: int) -> Change:
    before, after = sent.field("before"), sent.field("after")
    known = set(Progress)
    if before not in known or after not in known:
        raise RefusalError(422, ErrorCode.BAD_REQUEST)
    lacks, reason = sent.field("lacks"), sent.field("reason")
    return Change(position, Progress(before), Progress(after), lacks, reason)


def _rows(connection: Connection, office: Office, sent: Submission) -> Sequence[Row[Any]]:
    """What a typed or scanned text names in the clerk's hall."""
    text = sent.field("code")
    if text.startswith(TICKET_CODE):
        found = papers.find(connection, text.removeprefix(TICKET_CODE)[:64])
        rows: Sequence[Row[Any]] = [found] if found is not None else []
    else:
        rows = papers.rows_of_holder(connection, office, text.upper())
    return [row for row in rows if row.hall_id == sent.actor.hall_id]


def _read(
    connection: Connection, office: Office, actor: Actor, row: Row[Any]
) -> ApplicationProgress:
    if row.hall_id != actor.hall_id:
        raise RefusalError(404, ErrorCode.UNKNOWN_APPLICATION)
    note_read(connection, office, actor, Subject(papers.TABLE, row.application_id), "progress")
    return papers.progress(connection, office, row)


def _shown(http: Request, found: tuple[ApplicationProgress, ...], *, searched: bool) -> Response:
    office = office_of(http)
    actor: Actor = http.state.actor
    values = {
        "found": found,
        "searched": searched,
        "steps": STEPS,
        "states": tuple(Progress),
        "corrects": actor.role.includes(Role.SUPERVISOR),
        "errors": lines.policy_of(office.clock.today()).rules.file_errors,
        "today": office.clock.today(),
    }
    return show(http, "applications.html", values)
