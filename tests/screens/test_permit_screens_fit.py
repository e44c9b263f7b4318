"""Every screen of the endorsement machine in every language and look: nothing overflows.

With KIOSK_SHOTS=folder a picture of each is left there.
"""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.domain.rating import Level
from kiosk.flows.endorsement.states import Confirming, Finished
from kiosk.flows.endorsement_machine import ENDORSEMENT_MACHINE
from kiosk.flows.rating.states import ChoosingReasons
from kiosk.flows.session import Language, Look, Touched
from tests.screens import sample_permits, sample_ratings
from tests.screens.fitting import LOOKS, mistakes, silences

pytestmark = pytest.mark.window

CASES = [
    pytest.param(language, name, id=f"{language.value}-{name}")
    for language, name in itertools.product(Language, LOOKS)
]


@pytest.fixture(scope="module")
def stand() -> Iterator[Any]:
    from tests.screens.stand import Stand, StandParts

    parts = StandParts(role="endorsement", offers=ENDORSEMENT_MACHINE.offers)
    with Stand(parts) as opened:
        yield opened


def _pictures(language: Language, look: Look) -> Iterator[tuple[str, Any]]:
    for name, state in sample_permits.every_state():
        yield name, sample_permits.view(state, language, look)
    for name, overlay in sample_permits.OVERLAYS.items():
        yield name, sample_permits.view(sample_permits.under_questions(), language, look, overlay)


@pytest.mark.parametrize(("language", "look"), CASES)
def test_every_permit_screen_fits(stand: Any, language: Language, look: str) -> None:
    found = list(mistakes(stand, f"{language.value}-{look}", _pictures(language, LOOKS[look])))
    assert stand.app.failures_seen == 0
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", list(Language))
def test_every_permit_screen_speaks_every_language(stand: Any, language: Language) -> None:
    assert not silences(stand, language.value, _pictures(language, Look()))


@pytest.mark.parametrize("level", list(Level))
def test_the_face_that_was_touched_stands_over_its_reasons(stand: Any, level: Level) -> None:
    stand.show(sample_permits.view(ChoosingReasons(sample_ratings.QUESTION, level)))
    assert stand.app.navigator.screen(ChoosingReasons).ids.face.picture is not None


def test_who_would_lose_an_unused_endorsement_is_warned_of_its_place(stand: Any) -> None:
    from screens.person import Person

    hong_kong, macao = sample_permits.choices()[1], sample_permits.choices()[4]
    for chosen, warning in (
        ((hong_kong, macao), "Cancels your Hong Kong endorsement"),
        ((macao,), ""),
    ):
        state = Confirming(sample_permits.choices(), chosen)
        stand.show(sample_permits.view(state, Language.EN))
        Person().frames(2)
        screen = stand.app.navigator.screen(Confirming)
        assert screen.warning_title == warning
        assert bool(screen.warning_body) is bool(warning)


def test_back_leads_on_wherever_it_is_offered(stand: Any) -> None:
    from screens.person import Person

    person, tried = Person(), 0
    for name, state in sample_permits.every_state():
        if ENDORSEMENT_MACHINE.offers(state).back:
            stand.show(sample_permits.view(state))
            person.frames(2)
            stand.reported.clear()
            person.tap(name="back")
            (event,) = (one for one in stand.reported if not isinstance(one, Touched))
            assert ENDORSEMENT_MACHINE.flow.step(state, event) is not None, name
            tried += 1
    assert tried


def test_a_page_that_is_too_long_begins_with_its_headline(stand: Any) -> None:
    from screens.person import Person

    states = dict(sample_permits.every_state())
    for name in ("25_made", "25_kept"):
        stand.show(sample_permits.view(states[name], Language.EN, Look(large_type=True)))
        Person().frames(4)
    body = stand.app.navigator.screen(Finished).ids.body
    assert body.overflowing
    assert max(part.top for part in body.column.children) <= body.sight.top
