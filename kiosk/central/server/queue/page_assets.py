"""Style and script of the window's page; their names change with them."""

import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

_FOLDER = Path(__file__).resolve().parents[1] / "pages" / "assets"
_KINDS = {"css": "text/css", "js": "text/javascript"}
PREFIX = "/staff/window-assets"
assets = APIRouter(prefix=PREFIX, include_in_schema=False)


@cache
def _asset(kind: str) -> tuple[bytes, str]:
    body = (_FOLDER / f"window.{kind}").read_bytes()
    return body, hashlib.sha256(body).hexdigest()[:12]


def path_of(kind: str) -> str:
    """Where the page finds its `css` or `js`."""
    return f"{PREFIX}/{_asset(kind)[1]}.{kind}"


@assets.get("/{version}.{kind}")
async def asset(version: str, kind: str) -> Response:
    """The style sheet or the script."""
    if kind not in _KINDS:
        return Response(status_code=404)
    body, present = _asset(kind)
    kept = "public, max-age=31536000, immutable" if version == present else "no-store"
    return Response(body, media_type=_KINDS[kind], headers={"Cache-Control": kept})
