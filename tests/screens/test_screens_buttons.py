"""Every state has a screen, and every button that can be seen is one that its state accepts."""

import typing
from collections.abc import Iterator
from typing import Any

import pytest

from kiosk.flows.application import events, states
from kiosk.flows.application.table import APPLICATION_ERRAND
from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.guide.table import GUIDE_ERRAND
from kiosk.flows.hall_kiosk import HALL_KIOSK
from kiosk.flows.overlays import CITIZEN
from kiosk.flows.session import (
    CancelConfirmed,
    HelpPage,
    IdleWarning,
    Language,
    LanguageChosen,
    Look,
    MoreTimeAsked,
    Overlay,
    OverlayClosed,
)
from kiosk.flows.suggestion.table import SUGGESTION_ERRAND
from kiosk.flows.ticket.table import TICKET_ERRAND
from tests.screens import sample_pages, sample_views

pytestmark = pytest.mark.window
STATES = dict(sample_views.every_state())
OURS = (APPLICATION_ERRAND, TICKET_ERRAND, GUIDE_ERRAND, SUGGESTION_ERRAND)
"""The errands whose every state has a sample here."""


@pytest.fixture(scope="module")
def stand() -> Iterator[Any]:
    from tests.screens.stand import Stand

    with Stand() as opened:
        yield opened


@pytest.fixture
def person(stand: Any) -> Any:
    from screens.person import Person

    stand.reported.clear()
    return Person()


def _show(stand: Any, person: Any, view: Any) -> None:
    stand.show(view)
    person.frames(3)
    stand.reported.clear()


def _told(stand: Any) -> list[object]:
    from kiosk.flows.session import Touched

    return [one for one in stand.reported if not isinstance(one, Touched)]


def test_every_state_has_a_screen_and_every_screen_a_state(stand: Any) -> None:
    from screens.gallery import of_role

    gallery = of_role("kiosk")
    assert set(gallery) >= set(typing.get_args(states.State))
    assert len({gallery.screen_class(state) for state in gallery}) == len(gallery)


def test_every_overlay_has_a_cover(stand: Any) -> None:
    from screens.overlays import COVERS

    assert set(COVERS) == set(typing.get_args(Overlay))


def test_every_sample_state_is_drawn_by_some_sample() -> None:
    wanted = {state for errand in OURS for state in errand.conduct.rules}
    # What stands in place of any errand that the machine cannot do now.
    wanted.add(ErrandClosed)
    assert {type(state) for state in STATES.values()} == wanted


@pytest.mark.parametrize("name", STATES)
def test_every_button_is_one_that_the_state_accepts(stand: Any, person: Any, name: str) -> None:
    from kivy.uix.behaviors import ButtonBehavior

    state = STATES[name]
    _show(stand, person, sample_views.view(state))
    stage = stand.app.navigator.frame.ids.stage
    count = sum(isinstance(one, ButtonBehavior) for one in stage.walk(restrict=True))
    for index in range(count):
        buttons = [one for one in person.widgets() if isinstance(one, ButtonBehavior)]
        shown = [one for one in buttons if not one.disabled and stage in _ancestors(one)]
        if index >= len(shown):
            break
        shown[index].dispatch("on_press")
        shown[index].dispatch("on_release")
    for event in _told(stand):
        kind = type(event)
        assert kind in CITIZEN or HALL_KIOSK.flow.expects(state, kind), f"{name}: {event!r}"


def _ancestors(widget: Any) -> Iterator[Any]:
    while widget.parent is not None and widget.parent is not widget:
        widget = widget.parent
        yield widget


@pytest.mark.parametrize("name", STATES)
def test_back_and_cancel_are_shown_exactly_where_they_are_offered(
    stand: Any, person: Any, name: str
) -> None:
    state = STATES[name]
    _show(stand, person, sample_views.view(state))
    offered = HALL_KIOSK.offers(state)
    # A keyboard or a list stands in their place while a field is answered.
    answering = isinstance(state, states.FillingForm) and bool(state.focus)
    assert bool(person.find(name="back")) == (offered.back and not answering)
    assert bool(person.find(name="cancel")) == (offered.cancel and not answering)


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("01_welcome", events.BeginAsked),
        ("41_materials", events.BeginAsked),
        ("03_documents", events.NextAsked),
        ("06_person", events.NextAsked),
        ("07_not_suited", events.EnquiryTicketAsked),
        ("08_form_apply", events.NextAsked),
        ("09_review", events.SubmitAsked),
        ("12_paper", events.ShowNumberAsked),
        ("13_taking", events.PaperTaken),
        ("14_number", events.NextAsked),
        ("15_without", events.NextAsked),
        ("16_thanks", events.NextAsked),
    ],
)
def test_the_main_action_goes_on(stand: Any, person: Any, name: str, event: type[Any]) -> None:
    _show(stand, person, sample_views.view(STATES[name]))
    person.tap(name="main")
    assert [type(one) for one in _told(stand)] == [event]


@pytest.mark.parametrize("look", [Look(), Look(large_type=True)], ids=["plain", "large type"])
def test_the_main_action_has_one_place_and_progress_shows_where_there_are_steps(
    stand: Any, person: Any, look: Look
) -> None:
    from screens.gallery import of_role
    from screens.widgets.progress import Progress

    gallery = of_role("kiosk")
    places: dict[str, int] = {}
    for name, state in STATES.items():
        _show(stand, person, sample_views.view(state, look=look))
        main = person.find(name="main")
        if main:
            places[name] = round(main.to_window(*main.pos)[1])
        shown = any(isinstance(one, Progress) and one.height > 0 for one in person.widgets())
        assert shown == (gallery.place(state).step >= 0), name
    assert len(places) > len(STATES) / 2
    assert len(set(places.values())) == 1, places


def test_documents_are_chosen_by_touch(stand: Any, person: Any) -> None:
    _show(stand, person, sample_views.view(states.ChoosingDocuments()))
    person.tap("往来台湾通行证")
    assert _told(stand) == [events.DocumentToggled(sample_views.EVERY[2])]


def test_a_choice_is_answered_in_place(stand: Any, person: Any) -> None:
    _show(stand, person, sample_views.view(STATES["08_form_apply"]))
    person.tap(name="W4")
    person.tap(name="MAC")
    assert _told(stand) == [
        events.AnswerGiven("reason", "W4"),
        events.AnswerGiven("places", ("HKG", "MAC")),
    ]


def test_digits_are_told_with_every_key(stand: Any, person: Any) -> None:
    _show(stand, person, sample_views.view(STATES["08_form_contact_phone"]))
    person.type("42")
    person.tap(name="done")
    assert _told(stand) == [
        events.AnswerGiven("phone", "13900004"),
        events.AnswerGiven("phone", "139000042"),
        events.FieldFocused(""),
    ]


def test_one_of_many_is_found_by_group_and_page(stand: Any, person: Any) -> None:
    _show(stand, person, sample_views.view(STATES["08_form_birth_region"]))
    person.tap("华中")
    assert person.sees("新疆维吾尔自治区3")
    person.tap("新疆维吾尔自治区3")
    assert _told(stand) == [events.AnswerGiven("region", "23"), events.FieldFocused("")]


def test_a_list_has_pages(stand: Any, person: Any) -> None:
    _show(stand, person, sample_views.view(STATES["08_form_birth_ethnicity"]))
    assert not person.sees("柯尔克孜族56")
    person.tap(name="later")
    person.tap(name="later")
    assert person.sees("柯尔克孜族56")


def test_a_drag_scrolls_and_touches_nothing(stand: Any, person: Any) -> None:
    _show(stand, person, sample_views.view(STATES["08_form_name"]))
    box = person.find(name="surname_pinyin")
    x, y = box.to_window(*box.center)
    person.drag(x, y, 0, 300)
    assert _told(stand) == []
    assert box.to_window(*box.center)[1] > y


def test_language_and_look_are_asked_for_everywhere(stand: Any, person: Any) -> None:
    _show(stand, person, sample_views.view(STATES["08_form_apply"]))
    for name in ("language", "large_type", "high_contrast", "help"):
        person.tap(name=name)
    assert [type(one).__name__ for one in _told(stand)] == [
        "LanguageAsked",
        "LargeTypeToggled",
        "HighContrastToggled",
        "HelpAsked",
    ]


def test_end_now_ends_and_is_not_taken_for_a_mere_touch(stand: Any, person: Any) -> None:
    _show(stand, person, sample_views.view(STATES["08_form_apply"], overlay=IdleWarning(9)))
    person.tap(name="second")
    assert stand.reported == [CancelConfirmed()]


def test_a_touch_beside_the_warning_means_that_somebody_is_there(stand: Any, person: Any) -> None:
    _show(stand, person, sample_views.view(STATES["08_form_apply"], overlay=IdleWarning(9)))
    person.touch(540, 60)
    assert stand.reported == [MoreTimeAsked()]


def test_a_question_lets_no_touch_through(stand: Any, person: Any) -> None:
    help_page = HelpPage("form")
    _show(stand, person, sample_views.view(STATES["08_form_apply"], overlay=help_page))
    person.touch(540, 300)
    assert stand.reported == []
    person.tap(name="main")
    assert stand.reported == [OverlayClosed()]


def test_a_language_is_chosen_in_its_own_words(stand: Any, person: Any) -> None:
    view = sample_views.view(STATES["08_form_apply"], overlay=sample_views.OVERLAYS["23_languages"])
    _show(stand, person, view)
    person.tap("English")
    assert stand.reported == [LanguageChosen(Language.EN)]


def test_a_new_language_keeps_what_is_being_typed(stand: Any, person: Any) -> None:
    state = states.FillingForm(sample_views.draft(), sample_pages.CONTACT, "phone")
    _show(stand, person, sample_views.view(state))
    _show(stand, person, sample_views.view(state, Language.EN))
    assert person.sees("Mobile phone")
    assert person.sees("1390000")
    person.type("7")
    assert _told(stand) == [events.AnswerGiven("phone", "13900007")]


def test_nothing_personal_stays_on_a_screen_that_was_left(stand: Any, person: Any) -> None:
    for name in ("06_person", "08_form_name", "09_review"):
        _show(stand, person, sample_views.view(STATES[name]))
    _show(stand, person, sample_views.view(states.Welcome()))
    said = [
        getattr(one, "text", "")
        for screen in stand.app.navigator.built()
        for one in screen.walk(restrict=True)
    ]
    # A screen's own `text` is a method; its address may look like a telephone number.
    kept = [text for text in said if isinstance(text, str)]
    assert kept
    assert not [text for text in kept if "欧阳" in text or "OUYANG" in text or "139" in text]


def test_the_mark_of_simulation_is_on_every_screen(stand: Any, person: Any) -> None:
    for state in STATES.values():
        _show(stand, person, sample_views.view(state, look=Look(high_contrast=True)))
        assert person.sees("Simulated devices")
