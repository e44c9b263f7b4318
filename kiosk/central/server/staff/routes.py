"""Pages to sign in and out, and to choose a language."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.desk import office_of
from kiosk.central.server.pages.page import LINKS, show
from kiosk.central.server.pages.words import LANGUAGE_COOKIE, OFFERED
from kiosk.central.server.staff import accounts, sessions, sign_in
from kiosk.central.server.staff.guard import (
    COOKIE,
    Submission,
    form_of,
    posted,
    require_own_origin,
    signed_in,
)
from kiosk.central.server.staff.records import Action, Subject, note
from kiosk.central.server.staff.sign_in import Opened, Refusal

HOME = "/staff"
pages = APIRouter(prefix=HOME, include_in_schema=False)
Clerk = Annotated[Actor, Depends(signed_in(Role.CLERK))]
ClerkForm = Annotated[Submission, Depends(posted(Role.CLERK))]


@pages.get("/home")
async def home(actor: Clerk) -> Response:
    """The first page that somebody may see."""
    allowed = [one.path for one in LINKS if actor.role.includes(one.role)]
    return RedirectResponse(allowed[0] if allowed else f"{HOME}/me", 303)


@pages.get("/me")
async def me(http: Request, _actor: Clerk) -> Response:
    """Who is signed in."""
    return show(http, "staff/me.html", {})


@pages.get("/sign-in")
async def sign_in_page(http: Request, to: str = "") -> Response:
    """Name and password."""
    back = own_path(http.query_params.get("next", to))
    return _sign_in_page(http, "staff/sign_in.html", back, None)


@pages.get("/code")
async def code_page(http: Request) -> Response:
    """A one-time code and a new password."""
    return _sign_in_page(http, "staff/code.html", "", None)


@pages.post("/sign-in")
async def sign_in_form(http: Request) -> Response:
    """Let somebody in by name and password."""
    require_own_origin(http)
    sent, _ = await form_of(http)
    login, password = sent.get("login", ""), sent.get("password", "")
    answer = await sign_in.with_password(office_of(http), login, password)
    back = own_path(sent.get("next", ""))
    if isinstance(answer, Refusal):
        return _sign_in_page(http, "staff/sign_in.html", back, answer)
    return _in(http, answer, back)


@pages.post("/code")
async def code_form(http: Request) -> Response:
    """Let somebody in by a one-time code and set their password."""
    require_own_origin(http)
    sent, _ = await form_of(http)
    names = ("login", "code", "password", "again")
    login, code, password, again = (sent.get(name, "") for name in names)
    answer = await sign_in.with_code(office_of(http), login, code, password, again)
    if isinstance(answer, Refusal):
        return _sign_in_page(http, "staff/code.html", "", answer)
    return _in(http, answer, "")


@pages.post("/sign-out")
async def sign_out(http: Request, sent: ClerkForm) -> Response:
    """End the session."""
    office = office_of(http)
    account_id = sent.actor.account_id

    def leave() -> None:
        with office.database.transaction() as connection:
            sessions.end(connection, http.cookies.get(COOKIE, ""))
            subject = Subject(accounts.TABLE, account_id)
            note(connection, office, account_id, Action.SIGNED_OUT, subject)

    await office.database.run(leave)
    answer = RedirectResponse(f"{HOME}/sign-in", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


@pages.get("/language/{name}")
async def language(http: Request, name: str) -> Response:
    """Remember a language in this browser."""
    back = own_path(http.query_params.get("next", ""))
    answer = RedirectResponse(back or f"{HOME}/sign-in", 303)
    if name in OFFERED:
        answer.set_cookie(LANGUAGE_COOKIE, name, max_age=31536000, httponly=True, samesite="strict")
    return answer


def own_path(path: str) -> str:
    """A path of our own pages, empty for anything else: nobody is led elsewhere."""
    plain = path.startswith((f"{HOME}/", f"{HOME}?")) or path == HOME
    return path if plain and "\\" not in path and "//" not in path else ""


def _in(http: Request, opened: Opened, back: str) -> Response:
    answer = RedirectResponse(back or f"{HOME}/home", 303)
    answer.set_cookie(
        COOKIE,
        opened.secret,
        httponly=True,
        samesite="strict",
        secure=http.url.scheme == "https",
        path="/",
    )
    return answer


def _sign_in_page(http: Request, template: str, back: str, refusal: Refusal | None) -> Response:
    rules = accounts.rules_of(office_of(http))
    values = {"next": back, "refusal": refusal, "rules": rules}
    return show(http, template, values, status=403 if refusal else 200)
