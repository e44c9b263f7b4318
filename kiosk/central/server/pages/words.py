"""The languages of central's pages."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fastapi import Request

from kiosk.locale import CatalogueLanguages, CatalogueSpeech, load

LOCALES = Path(__file__).resolve().parents[4] / "locales"
LANGUAGE_COOKIE = "language"
OFFERED = ("zh_CN", "en")
"""languages that are complete"""


@cache
def languages() -> CatalogueLanguages:
    """Every catalogue, read once."""
    return load(LOCALES, {"zh_Hant": "zh_CN"})


def speech_of(http: Request) -> CatalogueSpeech:
    """The language chosen at this browser, else the one it prefers, else Chinese."""
    chosen = http.cookies.get(LANGUAGE_COOKIE, "")
    if chosen not in OFFERED:
        chosen = preferred(http.headers.get("accept-language", ""), OFFERED)
    return languages().speech(chosen)


def preferred(header: str, offered: Sequence[str]) -> str:
    """The first offered language of an Accept-Language header; the first offered for none."""
    for part in header.split(","):
        wanted = part.split(";")[0].strip().lower()
        for one in offered:
            if wanted and wanted.split("-")[0] == one.split("_")[0].lower():
                return one
    return offered[0]
