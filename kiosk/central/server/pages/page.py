"""Renders a page: escaped, in the reader's language, loading nothing from elsewhere."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.pages.words import OFFERED, speech_of
from kiosk.domain.text import key_of
from kiosk.locale import CatalogueSpeech

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
_STYLE = _HERE / "assets" / "central.css"
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
_WITH_SCRIPT = _POLICY + "; script-src 'self'; connect-src 'self'; media-src 'self'"
assets = APIRouter(prefix="/staff/assets", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the bar at the top.

    Args:
        path: of the page.
        key: of its name.
        role: who may go there.
    """

    path: str
    key: str
    role: Role


LINKS = (
    Link("/staff", "page.bar.today", Role.SUPERVISOR),
    Link("/staff/window", "window.list.title", Role.CLERK),
    Link("/staff/applications", "progress.page.title", Role.CLERK),
    Link("/staff/ratings", "page.bar.ratings", Role.SUPERVISOR),
    Link("/staff/follow-ups", "page.bar.follow_ups", Role.SUPERVISOR),
    Link("/staff/call-backs", "page.bar.call_backs", Role.SUPERVISOR),
    Link("/staff/suggestions", "suggestion.page.title", Role.SUPERVISOR),
    Link("/staff/machines", "page.bar.machines", Role.SUPERVISOR),
    Link("/staff/notices", "notice.page.title", Role.SUPERVISOR),
    Link("/staff/accounts", "page.bar.accounts", Role.ADMINISTRATOR),
    Link("/staff/admission", "staff.admission.title", Role.ADMINISTRATOR),
    Link("/staff/records", "page.bar.records", Role.ADMINISTRATOR),
)
"""every area's pages, in the order of the bar"""


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> tuple[bytes, str]:
    css = _STYLE.read_bytes()
    return css, hashlib.sha256(css).hexdigest()[:12]


def show(
    http: Request, template: str, values: dict[str, Any], status: int = 200, script: str = ""
) -> Response:
    """Render a template.

    Args:
        http: the request; a signed-in actor stands in its state.
        template: below `templates/`.
        values: for it; `say(key, **values)` and the frame's own come along. What answers a form at
            an address of its own says by `again` where the same page is opened.
        status: of HTTP.
        script: path of the page's own script, empty for a page without one.
    """
    speech = speech_of(http)
    actor: Actor | None = getattr(http.state, "actor", None)
    frame = {
        "say": speech.text,
        "word_of": lambda key, word: _in_words(speech, key, word),
        "speech": speech,
        "actor": actor,
        "token": lambda: _token(actor),
        "here": http.url.path,
        "again": _again(http),
        "links": _links(actor, speech),
        "languages": OFFERED,
        "style": f"/staff/assets/{_style()[1]}.css",
        "script": script,
    }
    text = _environment().get_template(template).render({**frame, **values})
    return HTMLResponse(text, status, headers=headers(script=bool(script)))


def headers(*, script: bool = False) -> dict[str, str]:
    """What every page's answer forbids the browser."""
    return {
        "Content-Security-Policy": _WITH_SCRIPT if script else _POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def _in_words(speech: CatalogueSpeech, key: str, code: str) -> str:
    """A machine's code in words where there are any; others stay as they are.

    Args:
        speech: the reader's.
        key: of the message, with `{}` where the code stands.
        code: a state, a device, a reason.
    """
    found = key.format(key_of(code))
    return speech.text(found) if code and speech.has(found) else code


def _again(http: Request) -> str:
    """Where the page is opened again, in another language."""
    query = http.url.query if http.method == "GET" else ""
    return f"{http.url.path}?{query}" if query else http.url.path


def _token(actor: Actor | None) -> Markup:
    """The hidden field that every form carries (staff/guard.py)."""
    field = Markup('<input type="hidden" name="form_token" value="{}">')
    return field.format(actor.form_token if actor else "")


def _links(actor: Actor | None, speech: CatalogueSpeech) -> list[tuple[str, str]]:
    if actor is None:
        return []
    return [(one.path, speech.text(one.key)) for one in LINKS if actor.role.includes(one.role)]


@assets.get("/{name}.css")
async def style(name: str) -> Response:
    """The style sheet; its name changes with it, so that browsers may keep it."""
    css, version = _style()
    kept = "public, max-age=31536000, immutable" if name == version else "no-store"
    return Response(css, media_type="text/css", headers={"Cache-Control": kept})
