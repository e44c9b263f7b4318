"""Draws the window's page: the board, and the file of whoever was scanned."""

import secrets
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import Connection

from kiosk.central.contract import ErrorCode, Service
from kiosk.central.contract.queue import TicketAtWindow, TicketPlace, WindowState, WindowView
from kiosk.central.server import lines, tickets
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.catalogue import Offer
from kiosk.central.server.desk import office_of
from kiosk.central.server.office import Office
from kiosk.central.server.pages.page import show
from kiosk.central.server.pages.words import speech_of
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.queue import desk_view, files, page_assets, picture, windows
from kiosk.central.server.queue.files import PersonFile
from kiosk.central.server.queue.windows import Desk
from kiosk.central.server.staff import accounts
from kiosk.domain.queueing import Need

PART = "X-Part"
"""header by which the page's script asks for the board alone"""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """The scanned ticket.

    Args:
        ticket: as the clerk sees it.
        place: where it stands.
        person: the file, None where the ticket has none yet.
        marked: what was found wrong so far.
    """

    ticket: TicketAtWindow
    place: TicketPlace
    person: PersonFile | None
    marked: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Seen:
    view: WindowView
    file: ShownFile | None
    clerk: str
    offer: Offer


async def show_list(http: Request, actor: Actor) -> Response:
    """All windows of a hall."""
    office = office_of(http)

    def look() -> list[tuple[WindowView, str]]:
        with office.database.transaction() as tx:
            names = windows.names_of(office.offers.of(actor.hall_id))
            views = [desk_view.view(tx, office, Desk(actor, name)) for name in names]
            return [(one, _clerk_of(tx, one.staff_id)) for one in views]

    found = await office.database.run(look)
    return show(http, "window/list.html", {"windows": found, "style_of": page_assets.path_of})


async def show_window(
    http: Request, desk: Desk, refused: ErrorCode | None = None, file_of: str | None = None
) -> Response:
    """One window, or its board alone when the script asks.

    Args:
        http: the request.
        desk: who and at which window.
        refused: why the act before was refused.
        file_of: ticket whose file is shown.

    Raises:
        RefusalError: the hall has no such window.
    """
    office = office_of(http)
    seen = await office.database.run(lambda: _look(office, desk, file_of))
    part = http.headers.get(PART)
    template = "window/board.html" if part else "window/window.html"
    values = _values(seen, desk, speech_of(http).language)
    return show(http, template, {**values, "refused": refused}, script=page_assets.path_of("js"))


def _values(seen: _Seen, desk: Desk, language: str) -> dict[str, Any]:
    view = seen.view
    services = {one.service_id: one for one in seen.offer.services}
    return {
        "view": view,
        "file": seen.file,
        "clerk": seen.clerk,
        "mine": view.staff_id == desk.actor.account_id,
        "free": view.state is WindowState.CLOSED,
        "may_take": desk.actor.role.includes(Role.SUPERVISOR),
        "name_of": lambda service_id: _name(services.get(service_id), service_id, language),
        "services": seen.offer.services,
        "chosen": {one.service_id: one.lead_min for one in view.services},
        "base": f"/staff/window/{desk.window}",
        # Every act is an event, so this is new after each: a press repeated by haste acts once,
        # and a board in which nothing changed is the same to the letter.
        "key": f"-{view.event_id}",
        "fresh": secrets.token_hex(8),
        "needs": tuple(Need),
        "errors": lines.policy_of(view.at.date()).rules.file_errors,
        "style_of": page_assets.path_of,
    }


def _look(office: Office, desk: Desk, file_of: str | None) -> _Seen:
    offer = office.offers.of(desk.hall_id)
    if desk.window not in windows.names_of(offer):
        raise RefusalError(404, ErrorCode.UNKNOWN_WINDOW)
    with office.database.transaction() as tx:
        view = desk_view.view(tx, office, desk)
        file = _file(tx, office, desk, file_of) if file_of else None
        return _Seen(view, file, _clerk_of(tx, view.staff_id), offer)


def _file(tx: Connection, office: Office, desk: Desk, ticket_id: str) -> ShownFile:
    row = tickets.find(tx, ticket_id)
    if row is None or row.hall_id != desk.hall_id:
        raise RefusalError(404, ErrorCode.UNKNOWN_TICKET)
    application_id = row.application_id
    return ShownFile(
        desk_view.at_window(office, row),
        picture.place(tx, office, ticket_id),
        files.opened(tx, office, desk, application_id) if application_id else None,
        files.marked(tx, ticket_id),
    )


def _clerk_of(tx: Connection, staff_id: str | None) -> str:
    row = accounts.by_id(tx, staff_id) if staff_id else None
    return str(row.name) if row is not None else ""


def _name(service: Service | None, service_id: str, language: str) -> str:
    if service is None:
        return service_id
    return service.names.get(language) or service.names.get("zh_CN") or service_id
