"""Staff write the hall's notices: `/staff/notices`."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import TypeAdapter

from kiosk.central.contract import ErrorCode, ShortText
from kiosk.central.contract.notices import LongText, Notice, NoticeKind
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.desk import office_of
from kiosk.central.server.notices import board
from kiosk.central.server.notices.board import Draft
from kiosk.central.server.pages.page import show
from kiosk.central.server.pages.trouble import NotAllowedError
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.staff.guard import Submission, posted, signed_in

T = TypeVar("T")
HOME = "/staff/notices"
pages = APIRouter(prefix=HOME, include_in_schema=False)
Supervisor = Annotated[Actor, Depends(signed_in(Role.SUPERVISOR))]
SupervisorForm = Annotated[Submission, Depends(posted(Role.SUPERVISOR))]
LANGUAGES = ("zh_CN", "en", "zh_Hant")
_TITLE: TypeAdapter[str] = TypeAdapter(ShortText)
_TEXT: TypeAdapter[str] = TypeAdapter(LongText)


@pages.get("")
async def all_notices(http: Request, actor: Supervisor) -> Response:
    """Every notice, and a form for a new one."""
    return await _page(http, actor)


@pages.get("/{notice_id}")
async def one(http: Request, actor: Supervisor, notice_id: str) -> Response:
    """Every notice, and a form with this one."""
    office = office_of(http)

    def ask() -> Notice:
        with office.database.transaction() as tx:
            return board.of_id(tx, office, actor, notice_id)

    return await _page(http, actor, await _allowed(http, ask))


@pages.post("")
async def new(http: Request, sent: SupervisorForm) -> Response:
    """Keep a new notice."""
    return await _keep(http, sent, None)


@pages.post("/{notice_id}")
async def change(http: Request, sent: SupervisorForm, notice_id: str) -> Response:
    """Change a notice."""
    return await _keep(http, sent, notice_id)


@pages.post("/{notice_id}/withdraw")
async def withdraw(http: Request, sent: SupervisorForm, notice_id: str) -> Response:
    """End a notice now."""
    office = office_of(http)

    def end() -> None:
        with office.database.transaction() as tx:
            board.withdraw(tx, office, sent.actor, notice_id)

    await _allowed(http, end)
    return RedirectResponse(HOME, 303)


async def _keep(http: Request, sent: Submission, notice_id: str | None) -> Response:
    office = office_of(http)
    try:
        draft = _draft(sent, office.clock.today())
    except ValueError:
        return await _page(http, sent.actor, typed=sent.fields, notice_id=notice_id)

    def write() -> str:
        with office.database.transaction() as tx:
            return board.write(tx, office, sent.actor, draft, notice_id)

    await _allowed(http, write)
    return RedirectResponse(HOME, 303)


async def _allowed(http: Request, work: Callable[[], T]) -> T:
    try:
        return await office_of(http).database.run(work)
    except RefusalError as refused:
        if refused.code is ErrorCode.NOT_ALLOWED:
            raise NotAllowedError from refused
        raise


def _draft(sent: Submission, today: date) -> Draft:
    """What was typed.

    Raises:
        ValueError: something cannot be kept.
    """
    titles = {name: sent.field(f"title_{name}") for name in LANGUAGES}
    # A browser sends line ends as CR LF.
    texts = {name: sent.field(f"text_{name}").replace("\r\n", "\n") for name in LANGUAGES}
    if not titles["zh_CN"]:
        raise ValueError("no title")
    until = sent.field("valid_to")
    draft = Draft(
        kind=NoticeKind(sent.field("kind")),
        all_halls=bool(sent.field("all_halls")),
        titles={name: _TITLE.validate_python(one) for name, one in titles.items() if one},
        texts={name: _TEXT.validate_python(one) for name, one in texts.items() if one},
        priority=int(sent.field("priority")),
        valid_from=date.fromisoformat(sent.field("valid_from") or today.isoformat()),
        valid_to=date.fromisoformat(until) if until else None,
    )
    ends_first = draft.valid_to is not None and draft.valid_to < draft.valid_from
    if ends_first or draft.priority not in range(10):
        raise ValueError("days or priority")
    return draft


async def _page(
    http: Request,
    actor: Actor,
    editing: Notice | None = None,
    *,
    typed: dict[str, str] | None = None,
    notice_id: str | None = None,
) -> Response:
    office = office_of(http)

    def ask() -> tuple[Notice, ...]:
        with office.database.transaction() as tx:
            return board.manageable(tx, office, actor.hall_id)

    today = office.clock.today()
    values = {
        "notices": await office.database.run(ask),
        "kinds": tuple(NoticeKind),
        "today": today,
        "form": typed if typed is not None else _filled(editing, today),
        "at": notice_id or (editing.notice_id if editing else ""),
        "wrong": typed is not None,
        "everywhere": actor.role.includes(Role.ADMINISTRATOR),
        "languages_written": LANGUAGES,
    }
    return show(http, "notices.html", values, 422 if typed is not None else 200)


def _filled(editing: Notice | None, today: date) -> dict[str, str]:
    if editing is None:
        return {"kind": NoticeKind.ANNOUNCEMENT, "priority": "5", "valid_from": today.isoformat()}
    said = {f"title_{name}": one for name, one in editing.titles.items()}
    said |= {f"text_{name}": one for name, one in editing.texts.items()}
    return said | {
        "kind": editing.kind,
        "priority": str(editing.priority),
        "valid_from": editing.valid_from.isoformat(),
        "valid_to": editing.valid_to.isoformat() if editing.valid_to else "",
        "all_halls": "yes" if editing.hall_id is None else "",
    }
