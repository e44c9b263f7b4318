"""The screens of staff in every language and look: nothing overflows, every button is heard.

With KIOSK_SHOTS=folder a picture of each is left there.
"""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.flows.application.states import Welcome
from kiosk.flows.application.table import APPLICATION_ERRAND
from kiosk.flows.errand import together
from kiosk.flows.maintenance.events import DigitTyped, LeaveAsked, MaintenanceAsked
from kiosk.flows.maintenance.states import Door, Entry, LoggingIn
from kiosk.flows.maintenance.table import maintenance
from kiosk.flows.session import Language, Look
from tests.screens import sample_maintenance, sample_views
from tests.screens.test_screens_fit import LOOKS

pytestmark = pytest.mark.window

SEEN = ("normal", "large-contrast")
SHOTS = os.environ.get("KIOSK_SHOTS", "")
BOTH = together("kiosk", [APPLICATION_ERRAND, maintenance(Welcome(), (Welcome,))])


@pytest.fixture(scope="module")
def stand() -> Iterator[Any]:
    from tests.screens.stand import Stand, StandParts

    with Stand(StandParts(offers=BOTH.offers)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("language", "look"),
    [
        pytest.param(language, name, id=f"{language.value}-{name}")
        for language, name in itertools.product((Language.ZH_CN, Language.EN), SEEN)
    ],
)
def test_every_screen_of_staff_fits(stand: Any, language: Language, look: str) -> None:
    from screens.person import Person
    from tests.screens import measuring

    person = Person()
    wrong: list[str] = []
    speech = stand.parts.languages.speech(language.value)
    for name, state in sample_maintenance.every_state():
        stand.show(sample_views.view(state, language, LOOKS[look]))
        person.frames(2)
        seen = list(person.widgets())
        worn = stand.app.navigator.look
        wrong += [f"{name}: {one}" for one in measuring.mistakes(seen, worn, person.size())]
        if SHOTS:
            person.shot(Path(SHOTS) / f"{language.value}-{look}" / f"{name}.png")
    assert stand.app.failures_seen == 0
    assert not speech.missing
    assert not wrong, "\n".join(wrong)


def test_a_pin_goes_to_the_flow_and_stays_nowhere_else(stand: Any) -> None:
    from screens.person import Person

    person = Person()
    stand.show(sample_views.view(LoggingIn(entry=Entry.PIN, operator="1001", pin="29")))
    person.frames(2)
    stand.reported.clear()
    person.tap(name="4")
    assert DigitTyped("4") in stand.reported
    shown = stand.app.navigator.screen(LoggingIn)
    assert (shown.pin, shown.pad.value) == ("●●", "")
    person.tap(name="cancel")
    assert LeaveAsked() in stand.reported


def test_a_finger_held_on_the_mark_of_the_header_opens_the_door(stand: Any) -> None:
    from screens.person import Person

    person = Person()
    stand.show(sample_views.view(Welcome(), look=Look()))
    person.frames(2)
    stand.reported.clear()
    frame = stand.app.navigator.frame
    frame.held(4.9)
    assert MaintenanceAsked(Door.TOUCH) not in stand.reported
    frame.held(5.0)
    assert MaintenanceAsked(Door.TOUCH) in stand.reported


def test_a_real_finger_on_the_mark_is_timed_and_one_beside_it_is_not(
    stand: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from screens import frame as frame_module
    from screens.person import Person

    person = Person()
    stand.show(sample_views.view(Welcome(), look=Look()))
    person.frames(2)
    mark = stand.app.navigator.frame.ids.header.ids.mark
    x, y = mark.to_window(*mark.center)
    stand.reported.clear()
    person.touch(x, y)
    assert MaintenanceAsked(Door.TOUCH) not in stand.reported
    monkeypatch.setattr(frame_module, "STAFF_HOLD_S", 0.0)
    person.touch(x + 3 * mark.width, y)
    assert MaintenanceAsked(Door.TOUCH) not in stand.reported
    person.touch(x, y)
    assert MaintenanceAsked(Door.TOUCH) in stand.reported
