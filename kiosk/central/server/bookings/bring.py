"""What to bring, as far as it is known before the person is."""

from datetime import date
from functools import lru_cache

from kiosk.central.server.pages.words import languages
from kiosk.policy.loader import shipped

_USUAL = frozenset({"not_expired"})
"""conditions that hold for most; the machine's checklist knows the person and says the rest"""
_LANGUAGES = ("zh_CN", "en", "zh_Hant")


@lru_cache(maxsize=128)
def to_bring(day: date, services: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Names of the materials for a visit, by locale.

    Args:
        day: of the visit.
        services: ids, equal to document kinds where they serve one.
    """
    wanted = set(services)
    keys = [
        row.key
        for row in shipped().on(day).materials
        if wanted & set(row.documents) and not row.kinds and set(row.when) <= _USUAL
    ]
    speeches = {name: languages().speech(name) for name in _LANGUAGES}
    return tuple(
        {name: speech.text(f"material.{key}") for name, speech in speeches.items()}
        for key in dict.fromkeys(keys)
    )
