"""Style and script of the display, style of the booking page; names change with what they hold."""

import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

_FOLDER = Path(__file__).resolve().parents[1] / "pages" / "assets"
_KINDS = {"css": "text/css", "js": "text/javascript"}
_FILES = frozenset({"display.css", "display.js", "book.css"})
PREFIX = "/display-assets"
assets = APIRouter(prefix=PREFIX, include_in_schema=False)


@cache
def _asset(name: str) -> tuple[bytes, str]:
    body = (_FOLDER / name).read_bytes()
    return body, hashlib.sha256(body).hexdigest()[:12]


def path_of(name: str) -> str:
    """Where a page finds an asset, for example `display.js`."""
    stem, kind = name.split(".")
    return f"{PREFIX}/{stem}-{_asset(name)[1]}.{kind}"


@cache
def version() -> str:
    """Of the display's page."""
    return _asset("display.css")[1] + _asset("display.js")[1]


@assets.get("/{stem}-{wanted}.{kind}")
async def asset(stem: str, wanted: str, kind: str) -> Response:
    """A style sheet or script."""
    name = f"{stem}.{kind}"
    if name not in _FILES:
        return Response(status_code=404)
    body, present = _asset(name)
    kept = "public, max-age=31536000, immutable" if wanted == present else "no-store"
    return Response(body, media_type=_KINDS[kind], headers={"Cache-Control": kept})
