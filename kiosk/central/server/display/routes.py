"""The display: `/display/hs-1` for a television, `/v1/display` for its picture.

`?language=en` changes the words, `?voice=zh_CN,en` the languages of the calls, `?voice=none` is
for a second television in one room.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from kiosk.central.contract import ErrorCode, Id
from kiosk.central.contract.display import DisplayNow
from kiosk.central.server.desk import office_of, reading
from kiosk.central.server.display import calls, page_assets
from kiosk.central.server.display.calls import SoundAwayError, SpokenCall
from kiosk.central.server.display.feed import Feed
from kiosk.central.server.pages.page import show
from kiosk.central.server.pages.words import OFFERED, languages
from kiosk.central.server.problems import RefusalError
from kiosk.locale import CatalogueSpeech

reads = reading()
pages = APIRouter(prefix="/display", include_in_schema=False)
_SPEAKER = ThreadPoolExecutor(1, "central-voice")
"""one call is spoken at a time, in a hall as here"""
_WORDS = (
    *("now", "earlier", "window", "window_of", "waiting", "people", "about", "nobody"),
    *("no_window", "away", "silent"),
)
_OPEN = {"window": "{window}", "minutes": "{minutes}"}
"""places that the page's script fills"""


def feed_of(http: Request) -> Feed:
    """The pictures of this process."""
    feed: Feed = http.app.state.feed
    return feed


@reads.get("/display", response_model=DisplayNow)
async def display(http: Request, hall_id: Id) -> Response:
    """Everything a hall's display shows, from memory."""
    body = await feed_of(http).body(hall_id)
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


@pages.get("/{hall_id}")
async def page(
    http: Request,
    hall_id: Id,
    language: Annotated[str, Query(max_length=10)] = OFFERED[0],
    voice: Annotated[str, Query(max_length=40)] = OFFERED[0],
) -> Response:
    """The page; its script keeps it true."""
    offer = office_of(http).offers.of(hall_id, status=404)
    chosen = language if language in OFFERED else OFFERED[0]
    speech = languages().speech(chosen)
    values = {
        "hall_id": hall_id,
        "hall_name": offer.hall.names.get(chosen) or offer.hall.names.get("zh_CN", hall_id),
        "words": {name: speech.text(f"display.word.{name}", **_OPEN) for name in _WORDS},
        "kinds": _kinds(speech),
        "language": chosen,
        "voices": ",".join(one for one in voice.split(",") if one in calls.SPOKEN),
        "version": page_assets.version(),
        "display_style": page_assets.path_of("display.css"),
    }
    return show(http, "display.html", values, script=page_assets.path_of("display.js"))


def _kinds(speech: CatalogueSpeech) -> dict[str, str]:
    kinds = ("announcement", "guide", "fees", "deadlines", "green_channel", "travel_warning")
    return {one: speech.text(f"notice.kind.{one}") for one in kinds}


@pages.get("/{hall_id}/call/{language}/{number}/{window}.wav")
async def call(http: Request, hall_id: Id, language: str, number: str, window: str) -> Response:
    """A call as it sounds; only of numbers that are being called, so that nobody keeps it busy."""
    drawn = await feed_of(http).drawn(hall_id)
    called = {(one.number, one.window) for one in drawn.queue.calls}
    if (number, window) not in called or language not in calls.SPOKEN:
        raise RefusalError(404, ErrorCode.NOT_FOUND)
    recordings: Path | None = http.app.state.recordings
    wanted = SpokenCall(number, window, language)
    try:
        loop = asyncio.get_running_loop()
        body = await loop.run_in_executor(_SPEAKER, _sound, wanted, recordings)
    except SoundAwayError:
        raise RefusalError(404, ErrorCode.NOT_FOUND) from None
    kept = {"Cache-Control": "private, max-age=3600"}
    return Response(body, media_type="audio/wav", headers=kept)


@lru_cache(maxsize=64)
def _sound(wanted: SpokenCall, recordings: Path | None) -> bytes:
    return calls.sound(wanted, recordings)
