"""The clerk's window: `/staff/window` chooses one, `/staff/window/3` works at it.

Whoever accepts only JSON, a keypad at the desk, is told in one line what was done or why not.
Every button is a form with a key made when the page was drawn, so a button pressed twice acts once.
With the page's script the answer replaces the board in place; without it the page loads anew.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from pydantic import ValidationError
from sqlalchemy import Connection

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.queue import (
    Acted,
    FileError,
    Regrade,
    TicketAct,
    TicketMove,
    Transfer,
    WindowOpening,
    WindowService,
)
from kiosk.central.server import keys
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.desk import office_of
from kiosk.central.server.keys import Delivery, Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError, problem_response
from kiosk.central.server.queue import acts, board, calling, files, windows
from kiosk.central.server.queue.windows import Desk
from kiosk.central.server.staff.guard import Submission, posted, signed_in

pages = APIRouter(prefix="/staff/window", include_in_schema=False)
Clerk = Annotated[Actor, Depends(signed_in(Role.CLERK))]
ClerkForm = Annotated[Submission, Depends(posted(Role.CLERK))]
Name = Annotated[str, Path(pattern=r"^[A-Za-z0-9]{1,8}$")]
_Act = Callable[[Connection, Office, Desk, Submission], str | None]
_MOST_SERVICES = 10
_JSON = "application/json"


@pages.get("")
async def choose(http: Request, actor: Clerk) -> Response:
    """All windows of the clerk's hall."""
    return await board.show_list(http, actor)


@pages.get("/{name}")
async def work(http: Request, actor: Clerk, name: Name) -> Response:
    """One window."""
    return await board.show_window(http, Desk(actor, name))


@pages.post("/{name}/scan")
async def scan(http: Request, sent: ClerkForm, name: Name) -> Response:
    """Show the ticket of a code, with its person's file; whoever was called here has come."""
    desk = Desk(sent.actor, name)
    office = office_of(http)

    def begin(connection: Connection) -> Done:
        row = files.scanned(connection, office, desk, sent.field("code"))
        if row.queue_state == "called" and row.window == name:
            come = TicketAct(ticket_id=row.ticket_id, move=TicketMove.BEGIN, reason="scanned")
            acts.act(connection, office, desk, come)
        return Done(Acted(ticket_id=row.ticket_id), 200)

    acted, refused = await _once(http, sent, begin)
    return await board.show_window(http, desk, refused, file_of=acted)


@pages.post("/{name}/{act}")
async def do(http: Request, sent: ClerkForm, name: Name, act: str) -> Response:
    """Do one thing at a window, once per key."""
    desk = Desk(sent.actor, name)
    office = office_of(http)

    def effect(connection: Connection) -> Done:
        try:
            ticket_id = _act_of(act)(connection, office, desk, sent)
        except ValidationError as wrong:
            raise RefusalError(422, ErrorCode.BAD_REQUEST) from wrong
        return Done(Acted(ticket_id=ticket_id), 200)

    acted, refused = await _once(http, sent, effect)
    if http.headers.get("accept") == _JSON:
        return _said(acted, refused)
    shown = acted if act in ("error", "regrade") else None
    return await board.show_window(http, desk, refused, file_of=shown)


def _said(acted: str | None, refused: ErrorCode | None) -> Response:
    if refused is not None:
        return problem_response(409, refused)
    return Response(Acted(ticket_id=acted).model_dump_json(), media_type=_JSON)


async def _once(
    http: Request, sent: Submission, effect: Callable[[Connection], Done]
) -> tuple[str | None, ErrorCode | None]:
    """Have the effect at most once per key of the form.

    Returns:
        Id of the ticket it was about, and why it was refused, either None.
    """
    office = office_of(http)
    key = f"window:{sent.actor.account_id}:{sent.field('key') or secrets.token_hex(8)}"[:128]
    said = repr(sorted(sent.fields.items())).encode()
    delivery = Delivery(
        key, keys.request_hash(http.method, http.url.path, said), office.clock.now()
    )
    try:
        answer = await keys.once_soon(office.database, delivery, effect)
    except RefusalError as refused:
        return None, refused.code
    return Acted.model_validate_json(answer.body).ticket_id, None


def _act_of(name: str) -> _Act:
    known: Mapping[str, _Act] = {
        "open": _open,
        "pause": _pause,
        "close": _close,
        "next": _next,
        "transfer": _transfer,
        "regrade": _regrade,
        "error": _error,
    }
    if name in known:
        return known[name]
    if name in set(TicketMove):
        move = TicketMove(name)
        return lambda tx, office, desk, sent: acts.act(
            tx, office, desk, TicketAct(ticket_id=sent.field("ticket_id"), move=move)
        )
    raise RefusalError(404, ErrorCode.NOT_FOUND)


def _open(tx: Connection, office: Office, desk: Desk, sent: Submission) -> None:
    chosen = tuple(
        WindowService(service_id=name.removeprefix("serve_"), lead_min=_lead(sent, name))
        for name in sent.fields
        if name.startswith("serve_")
    )
    usual = windows.usual_services(office.offers.of(desk.hall_id), desk.window)
    opening = WindowOpening(services=chosen[:_MOST_SERVICES] or usual)
    windows.open_window(tx, office, desk, opening)


def _lead(sent: Submission, name: str) -> Any:
    """As typed; the contract says what it may be."""
    return sent.field(name.replace("serve_", "lead_", 1)) or 0


def _pause(tx: Connection, office: Office, desk: Desk, _sent: Submission) -> None:
    windows.pause(tx, office, desk)


def _close(tx: Connection, office: Office, desk: Desk, _sent: Submission) -> None:
    windows.close(tx, office, desk)


def _next(tx: Connection, office: Office, desk: Desk, _sent: Submission) -> str:
    return calling.call_next(tx, office, desk)


def _transfer(tx: Connection, office: Office, desk: Desk, sent: Submission) -> str:
    wanted = Transfer(ticket_id=sent.field("ticket_id"), service_id=sent.field("service_id"))
    return acts.transfer(tx, office, desk, wanted)


def _regrade(tx: Connection, office: Office, desk: Desk, sent: Submission) -> str:
    need: Any = sent.field("need") or None
    return acts.regrade(tx, office, desk, Regrade(ticket_id=sent.field("ticket_id"), need=need))


def _error(tx: Connection, office: Office, desk: Desk, sent: Submission) -> str:
    found = FileError(
        ticket_id=sent.field("ticket_id"), code=sent.field("code"), note=sent.field("note")
    )
    return files.mark(tx, office, desk, found)
