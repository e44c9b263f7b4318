"""Every way the server says no, always with a `Problem` body."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from kiosk.central.contract import ErrorCode, Problem

log = logging.getLogger(__name__)

_OF_STATUS = {
    404: ErrorCode.NOT_FOUND,
    405: ErrorCode.METHOD_NOT_ALLOWED,
    413: ErrorCode.TOO_LARGE,
}


class RefusalError(Exception):
    """A service function refuses; its transaction is rolled back.

    Args:
        status: of HTTP.
        code: why.
        retry_after_s: when trying again may help; None when it will not.
        headers: that come along.
    """

    def __init__(
        self,
        status: int,
        code: ErrorCode,
        retry_after_s: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        wait = {"Retry-After": str(retry_after_s)} if retry_after_s else {}
        self.headers = {**(headers or {}), **wait}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of an endpoint, for the OpenAPI."""
    words = {
        400: "The body is not JSON, or the idempotency key is missing or malformed.",
        401: "It does not come from a machine that central has let in, or its proof is stale.",
        403: "It is not for this caller.",
        404: "There is no such thing.",
        405: "The path exists, the method does not.",
        409: "The present state does not allow it; `busy` with Retry-After: try again.",
        413: "The body is larger than 256 KiB.",
        422: "The request says something impossible, or its key was used for another request.",
        500: "A mistake in the server; the key is not burnt.",
        503: "The database is away; try again with the same key.",
    }
    return {status: {"model": Problem, "description": words[status]} for status in statuses}


def problem_response(
    status: int,
    code: ErrorCode,
    detail: str = "",
    headers: dict[str, str] | None = None,
) -> Response:
    """A refusal on its way out."""
    body = Problem(code=code, detail=detail).model_dump_json()
    return Response(body, status, headers, media_type="application/json")


def install(app: FastAPI) -> None:
    """Give every refusal of the framework a `Problem` body as well."""
    app.add_exception_handler(RefusalError, _refusal)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    for kind in (OperationalError, InterfaceError, PoolTimeoutError):
        app.add_exception_handler(kind, _database_away)
    app.add_exception_handler(Exception, _mistake)


async def _refusal(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusalError), "registered for this type"
    return problem_response(error.status, error.code, headers=error.headers)


async def _invalid(_request: Request, error: Exception) -> Response:
    """Say where and what, never the value: it may be personal."""
    assert isinstance(error, RequestValidationError), "registered for this type"
    errors = error.errors()
    if any(one["loc"][:1] == ("header",) for one in errors):
        return problem_response(400, ErrorCode.KEY_MISSING, "Idempotency-Key: 8 to 128 characters")
    unreadable = any(one["type"] == "json_invalid" for one in errors)
    # A key of the body may hold what no answer can: a lone surrogate.
    detail = "; ".join(f"{'.'.join(str(p) for p in one['loc'])}: {one['msg']}" for one in errors)
    safe = detail.encode("ascii", "backslashreplace").decode()[:500]
    return problem_response(400 if unreadable else 422, ErrorCode.BAD_REQUEST, safe)


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException), "registered for this type"
    code = _OF_STATUS.get(error.status_code, ErrorCode.BAD_REQUEST)
    headers = dict(error.headers) if error.headers else None
    return problem_response(error.status_code, code, headers=headers)


async def _database_away(_request: Request, error: Exception) -> Response:
    # The engine's own code tells a lock waited for too long from a database that is gone.
    code = getattr(getattr(error, "orig", None), "sqlstate", "")
    log.error("database away: %s %s", type(error).__name__, code)
    return problem_response(503, ErrorCode.BUSY, headers={"Retry-After": "1"})


async def _mistake(request: Request, error: Exception) -> Response:
    log.error("mistake at %s: %s", request.scope["path"], type(error).__name__)
    return problem_response(500, ErrorCode.INTERNAL)
