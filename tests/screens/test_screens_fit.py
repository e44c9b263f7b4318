"""Every screen in every language and look: nothing overflows, everything can be touched and read.

With KIOSK_SHOTS=folder a picture of each is left there.
"""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from kiosk.domain.rating import Level
from kiosk.flows.rating.states import ChoosingLevel
from kiosk.flows.session import Language, Look
from tests.screens import sample_ratings, sample_views
from tests.screens.fitting import LOOKS, mistakes, silences

pytestmark = pytest.mark.window

CASES = [
    pytest.param(language, name, id=f"{language.value}-{name}")
    for language, name in itertools.product(Language, LOOKS)
]


@pytest.fixture(scope="module")
def stand() -> Iterator[Any]:
    from tests.screens.stand import Stand

    with Stand() as opened:
        yield opened


PARTS = ("applying", "visiting", "rating")
"""The application with what lies over screens, and the rest; each is quick enough for a test."""
FIRST_OF_A_VISIT = "30"


def _pictures(language: Language, look: Look, part: str) -> Iterator[tuple[str, Any]]:
    if part == "rating":
        for name, state in sample_ratings.rating_states():
            yield name, sample_views.view(state, language, look)
        return
    for name, state in sample_views.every_state():
        if (name >= FIRST_OF_A_VISIT) is (part == "visiting"):
            yield name, sample_views.view(state, language, look)
    if part == "visiting":
        return
    for name, overlay in sample_views.OVERLAYS.items():
        yield name, sample_views.view(sample_views.under_questions(), language, look, overlay)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("language", "look"), CASES)
def test_every_screen_fits(stand: Any, language: Language, look: str, part: str) -> None:
    pictures = _pictures(language, LOOKS[look], part)
    found = list(mistakes(stand, f"{language.value}-{look}", pictures))
    assert stand.app.failures_seen == 0
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("language", "look"), CASES)
def test_all_five_faces_are_there_at_once(stand: Any, language: Language, look: str) -> None:
    """A face that has to be scrolled to, or is smaller, is not as easy to touch as the others."""
    from screens.person import Person

    person = Person()
    shown = sample_views.view(ChoosingLevel(sample_ratings.QUESTION), language, LOOKS[look])
    stand.show(replace(shown, machine=replace(shown.machine, central_away=True)))
    person.until(lambda: person.find(name="very_dissatisfied"), "the last face")
    person.frames(4)
    assert person.find(name="scroll_down") is None
    faces = [person.find(name=level.value) for level in Level]
    assert len({(*one.size, *one.ids.face.size) for one in faces}) == 1, "one is larger"
    colours = {(*one.fill, *one.edge, *one.ids.face.color, *one.ids.words.color) for one in faces}
    assert len(colours) == 1, "one is painted to be seen first"
    assert len({one.ids.words.font_size for one in faces}) == 1, "one speaks louder"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", list(Language))
def test_every_text_is_in_the_catalogues(stand: Any, language: Language, part: str) -> None:
    assert not silences(stand, language.value, _pictures(language, Look(), part))
