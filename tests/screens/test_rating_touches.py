"""A hurried finger touches twice; the second touch must not answer what came up beneath it."""

from typing import Any

import pytest

from kiosk.domain.rating import Level
from kiosk.flows.rating import events, states
from kiosk.flows.session import Touched
from tests.screens import sample_ratings, sample_views

pytestmark = pytest.mark.window
QUESTION = sample_ratings.QUESTION
BAD = Level.VERY_DISSATISFIED
REASONS = states.ChoosingReasons(QUESTION, BAD)
PHONE = states.LeavingPhone(QUESTION, BAD, (), "1")
LOST = states.RatingNotKept("r-1", called=False)


def _again(place: tuple[float, float]) -> None:
    """The second touch of two quick ones, as the window hands it to its screens."""
    from kivy.base import EventLoop
    from kivy.tests.common import UnitTestTouch

    touch = UnitTestTouch(*place)
    touch.is_double_tap = True
    touch.touch_down()
    EventLoop.idle()
    touch.touch_up()
    EventLoop.idle()


def _show(stand: Any, person: Any, state: object) -> None:
    stand.show(sample_views.view(state))
    person.frames(4)


def _told(stand: Any) -> list[object]:
    return [one for one in stand.reported if not isinstance(one, Touched)]


@pytest.mark.parametrize(
    ("before", "name", "told", "after"),
    [
        pytest.param(REASONS, "main", events.RatingGiven(), LOST, id="hand_in_then_apology"),
        pytest.param(PHONE, "main", events.RatingGiven(), LOST, id="number_then_apology"),
        pytest.param(REASONS, "second", events.CallWanted(), PHONE, id="call_me_then_figures"),
        pytest.param(PHONE, "back", events.CallWithdrawn(), REASONS, id="no_call_then_faces"),
    ],
)
def test_a_second_quick_touch_does_nothing_on_what_came_up(
    stand: Any, person: Any, before: object, name: str, told: object, after: object
) -> None:
    _show(stand, person, before)
    place = person.find(name=name).center
    stand.reported.clear()
    person.touch(*place)
    _show(stand, person, after)
    _again(place)
    assert _told(stand) == [told]


def test_a_number_with_the_same_figure_twice_is_typed_as_quickly_as_any(
    stand: Any, person: Any
) -> None:
    _show(stand, person, PHONE)
    stand.reported.clear()
    person.tap(name="0")
    _again(person.find(name="0").to_window(*person.find(name="0").center))
    assert _told(stand) == [events.PhoneTyped("10"), events.PhoneTyped("100")]


def test_every_screen_of_the_errand_has_the_guard() -> None:
    from screens.gallery import of_role
    from screens.rating.pictures import SCREENS
    from screens.rating.rating_screen import RatingPicture

    gallery = of_role("kiosk")
    assert all(issubclass(gallery.screen_class(state), RatingPicture) for state in SCREENS)
