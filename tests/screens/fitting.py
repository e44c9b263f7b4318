"""The looks a screen is worn in, and what is wrong with it in one of them."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kiosk.flows.session import Look

SHOTS = os.environ.get("KIOSK_SHOTS", "")
"""A folder in which a picture of every screen is left."""
ONLY = os.environ.get("KIOSK_SHOTS_ONLY", "")
"""Beginnings of names, comma between them: only these screens are drawn."""
LOOKS = {
    "normal": Look(),
    "large": Look(large_type=True),
    "contrast": Look(high_contrast=True),
    "large-contrast": Look(large_type=True, high_contrast=True),
}


def mistakes(stand: Any, folder: str, pictures: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """Show every picture; name every mistake.

    Args:
        stand: the window.
        folder: for the pictures.
        pictures: names and views.
    """
    from screens.person import Person
    from tests.screens import measuring

    person = Person()
    for name, view in pictures:
        if ONLY and not name.startswith(tuple(ONLY.split(","))):
            continue
        stand.show(view)
        person.frames(2)
        seen = list(person.widgets())
        worn = stand.app.navigator.look
        found = list(measuring.mistakes(seen, worn, person.size()))
        yield from (f"{name}: {one}" for one in found)
        if SHOTS:
            person.shot(Path(SHOTS) / folder / f"{name}.png")


def silences(stand: Any, language: str, pictures: Iterable[tuple[str, Any]]) -> set[str]:
    """Messages that a language lacks and some picture asks for.

    Args:
        stand: the window.
        language: locale in which every picture is.
        pictures: names and views.
    """
    from screens.person import Person

    person = Person()
    for _name, view in pictures:
        stand.show(view)
        person.frames(1)
    missing: set[str] = stand.parts.languages.speech(language).missing
    return missing
