"""Every screen in every language and look: nothing overflows, everything can be touched and read.

With KIOSK_SHOTS=folder a picture of each is left there.
"""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.flows.session import Language, Look
from tests.screens import sample_views

pytestmark = pytest.mark.window

SHOTS = os.environ.get("KIOSK_SHOTS", "")
LOOKS = {
    "normal": Look(),
    "large": Look(large_type=True),
    "contrast": Look(high_contrast=True),
    "large-contrast": Look(large_type=True, high_contrast=True),
}
CASES = [
    pytest.param(language, name, id=f"{language.value}-{name}")
    for language, name in itertools.product(Language, LOOKS)
]


@pytest.fixture(scope="module")
def stand() -> Iterator[Any]:
    from tests.screens.stand import Stand

    with Stand() as opened:
        yield opened


def _pictures(language: Language, look: Look) -> Iterator[tuple[str, Any]]:
    for name, state in sample_views.every_state():
        yield name, sample_views.view(state, language, look)
    for name, overlay in sample_views.OVERLAYS.items():
        yield name, sample_views.view(sample_views.under_questions(), language, look, overlay)


@pytest.mark.parametrize(("language", "look"), CASES)
def test_every_screen_fits(stand: Any, language: Language, look: str) -> None:
    from screens.person import Person
    from tests.screens import measuring

    person = Person()
    wrong: list[str] = []
    for name, view in _pictures(language, LOOKS[look]):
        stand.show(view)
        person.frames(2)
        seen = list(person.widgets())
        worn = stand.app.navigator.look
        wrong += [f"{name}: {one}" for one in measuring.mistakes(seen, worn, person.size())]
        if SHOTS:
            person.shot(Path(SHOTS) / f"{language.value}-{look}" / f"{name}.png")
    assert stand.app.failures_seen == 0
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", list(Language))
def test_every_text_is_in_the_catalogues(stand: Any, language: Language) -> None:
    from screens.person import Person

    person = Person()
    speech = stand.parts.languages.speech(language.value)
    for _name, view in _pictures(language, Look()):
        stand.show(view)
        person.frames(1)
    assert not speech.missing
