"""A rest screen says what works, crosses out what does not, and answers every touch."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from kiosk.flows.application.events import BeginAsked as ApplicationAsked
from kiosk.flows.application.states import Welcome
from kiosk.flows.endorsement.events import BeginAsked, WindowAsked
from kiosk.flows.endorsement.states import FaceNotSeen, LookingAtCamera, Purpose, Resting
from kiosk.flows.endorsement_machine import ENDORSEMENT_MACHINE
from kiosk.flows.session import Language, Touched
from kiosk.flows.ticket.events import NumberAsked
from tests.screens import sample_closed, sample_permits, sample_views

pytestmark = pytest.mark.window


@pytest.fixture(scope="module")
def permits() -> Iterator[Any]:
    from tests.screens.stand import Stand, StandParts

    parts = StandParts(role="endorsement", offers=ENDORSEMENT_MACHINE.offers)
    with Stand(parts) as opened:
        yield opened


def shown(stand: Any, state: Any, *away: str, language: Language = Language.EN) -> Any:
    view = sample_permits.view(state, language)
    stand.show(replace(view, machine=replace(view.machine, devices_away=away)))
    _person().frames(3)
    return stand.app.navigator.screen(type(state))


def _person() -> Any:
    from screens.person import Person

    return Person()


def touched(stand: Any, name: str) -> object:
    stand.reported.clear()
    _person().tap(name=name)
    (event,) = (one for one in stand.reported if not isinstance(one, Touched))
    return event


def test_everything_works_and_nothing_is_said(permits: Any) -> None:
    screen = shown(permits, Resting())
    assert (screen.away, screen.away_body, screen.shut) == ("", "", False)
    assert screen.main_text == "Make an endorsement"
    assert touched(permits, "main") == BeginAsked(Purpose.ENDORSEMENT)


def test_cash_full_says_what_to_pay_with(permits: Any) -> None:
    screen = shown(permits, Resting(), "cash_acceptor")
    assert screen.away == "Not taken just now: cash"
    assert screen.away_body == "Pay by WeChat, Alipay, UnionPay or bank card instead."
    assert screen.main_text


@pytest.mark.parametrize(
    ("away", "says"),
    [("camera", "A fingerprint will do"), ("fingerprint_reader", "The camera check works")],
)
def test_of_two_ways_to_prove_oneself_the_other_is_named(
    permits: Any, away: str, says: str
) -> None:
    assert says in shown(permits, Resting(), away).away_body


def test_without_card_path_queries_stand_first_and_endorsements_are_crossed_out(
    permits: Any,
) -> None:
    screen = shown(permits, Resting(sample_closed.NO_CARD_PATH), "cash_acceptor")
    assert screen.title == "Closed here for now: endorsements"
    assert screen.away == "The card unit is being repaired"
    assert screen.away_body == "Still working: trips left, slip again."
    assert screen.main_text == ""
    assert [one.name for one in screen.ids.shut.children] == ["shut"]
    assert not any(one.closed for one in screen.ids.queries.children)
    assert touched(permits, "shut") == BeginAsked(Purpose.ENDORSEMENT)
    assert touched(permits, "entries") == BeginAsked(Purpose.ENTRIES)


def test_without_paper_the_slip_is_crossed_out_too_and_comes_back(permits: Any) -> None:
    screen = shown(permits, Resting(sample_closed.NO_SLIPS))
    assert {one.name for one in screen.ids.shut.children} == {"shut", "slip"}
    assert all(one.closed for one in screen.ids.shut.children)
    screen = shown(permits, Resting())
    assert screen.title == "Endorsements here"
    assert not screen.ids.shut.children
    assert {one.name for one in screen.ids.queries.children} == {"entries", "slip"}


@pytest.mark.parametrize(
    "state",
    [
        LookingAtCamera(b"", "ZmluZ2Vy"),
        FaceNotSeen(b"", "ZmluZ2Vy", "unsure", 1, again=True),
        FaceNotSeen(b"", "ZmluZ2Vy", "unsure", 3, again=False),
    ],
    ids=("looking", "again", "no more"),
)
def test_a_finger_is_offered_only_where_a_reader_can_take_it(permits: Any, state: Any) -> None:
    def offered(screen: Any) -> bool:
        return "my finger" in f"{screen.finger} {screen.main_text}".lower()

    assert offered(shown(permits, state))
    assert not offered(shown(permits, state, "fingerprint_reader"))
    assert touched(permits, "second") == WindowAsked()


def test_a_hall_kiosk_crosses_out_what_needs_paper_and_answers_each_touch() -> None:
    from tests.screens.stand import Stand

    with Stand() as stand:
        stand.show(sample_views.view(Welcome(sample_closed.NO_PAPER), Language.EN))
        _person().frames(3)
        screen = stand.app.navigator.screen(Welcome)
        shut = {one.name for one in screen.ids.ways.children if one.closed}
        assert shut == {"number", "booking"}
        assert screen.away_body == "Still working: my ticket, progress, guide, feedback."
        assert touched(stand, "shut") == ApplicationAsked()
        assert touched(stand, "number") == NumberAsked()
        stand.show(sample_views.view(Welcome(), Language.EN))
        _person().frames(3)
        assert not screen.shut
        assert not any(one.closed for one in screen.ids.ways.children)
        assert touched(stand, "main") == ApplicationAsked()
