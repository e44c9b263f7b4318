"""What a page says when it cannot be shown."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from kiosk.central.contract import ErrorCode
from kiosk.central.server.pages.page import show
from kiosk.central.server.problems import RefusalError, problem_response

PAGES = "/staff"
"""every staff page's path begins so"""
_FOR_CITIZENS = "/book"
_Handler = Callable[[Request, Exception], Awaitable[Response] | Response]


class SignInNeededError(Exception):
    """A page is for people who are signed in."""


class NotAllowedError(Exception):
    """A page or form is not for this person, or a form does not come from our page."""


def install(app: FastAPI) -> None:
    """Let pages answer with pages, after the machines' refusals have been installed."""
    app.add_exception_handler(SignInNeededError, _sign_in)
    app.add_exception_handler(NotAllowedError, _not_allowed)
    for kind in (RefusalError, HTTPException):
        app.add_exception_handler(kind, _page_or(app.exception_handlers[kind]))


def too_large(http: Request) -> Response:
    """What a body above the limit is answered: a page where one was sent from, else a problem."""
    if http.url.path.startswith((PAGES, _FOR_CITIZENS)):
        return show(http, "trouble.html", {"what": "too_large"}, status=413)
    return problem_response(413, ErrorCode.TOO_LARGE)


async def _sign_in(http: Request, _error: Exception) -> Response:
    back = http.url.path if http.method == "GET" else PAGES
    return RedirectResponse(f"{PAGES}/sign-in?next={quote(back)}", 303)


async def _not_allowed(http: Request, _error: Exception) -> Response:
    return show(http, "trouble.html", {"what": "not_allowed"}, status=403)


def _page_or(others: _Handler) -> _Handler:
    async def answer(http: Request, error: Exception) -> Response:
        if http.url.path.startswith((PAGES, _FOR_CITIZENS)):
            assert isinstance(error, RefusalError | HTTPException), "registered for these"
            status = error.status if isinstance(error, RefusalError) else error.status_code
            what = "not_found" if status == 404 else "refused"
            return show(http, "trouble.html", {"what": what}, status=status)
        response = others(http, error)
        return response if isinstance(response, Response) else await response

    return answer
