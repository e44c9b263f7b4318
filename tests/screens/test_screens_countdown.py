"""What leaves by itself says when; what a document costs and how long it takes is said before."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.flows.application import states
from kiosk.flows.session import Language
from kiosk.forms.views import Text
from tests.screens import sample_views

pytestmark = pytest.mark.window


class Ticks:
    """Rings when the test says so."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], object]] = []

    def every(self, _seconds: float, call: Callable[[], object]) -> Callable[[], None]:
        self.calls.append(call)
        return lambda: self.calls.remove(call)

    def ring(self) -> None:
        for call in tuple(self.calls):
            call()


def _counts(stand: Any, person: Any, state: object, left_s: float | None, ticks: Ticks) -> None:
    screen = stand.app.navigator.screen(type(state))
    screen.actions.countdown._every = ticks.every
    stand.show(replace(sample_views.view(state), time_left_s=left_s))
    person.frames(2)


def test_a_ticket_waits_and_says_how_long(stand: Any, person: Any) -> None:
    ticks, state = Ticks(), states.TakingTicket(sample_views.TICKET)
    _counts(stand, person, state, 2.4, ticks)
    assert person.sees("3 秒后自动继续")
    ticks.ring()
    person.frames(2)
    assert person.sees("2 秒后自动继续")
    # The last second stays until the machine really goes on.
    for _ in range(3):
        ticks.ring()
    person.frames(2)
    assert person.sees("1 秒后自动继续")
    assert ticks.calls == []


def test_a_countdown_ends_with_its_screen(stand: Any, person: Any) -> None:
    ticks = Ticks()
    _counts(stand, person, states.Thanks("A001"), 8.0, ticks)
    assert person.sees("8 秒后自动继续")
    stand.show(sample_views.view(states.Welcome()))
    person.frames(2)
    ticks.ring()
    assert ticks.calls == []


def test_where_nothing_leaves_by_itself_nothing_counts(stand: Any, person: Any) -> None:
    ticks = Ticks()
    for state in (states.Submitting(None, "v"), states.PrintingTicket(sample_views.TICKET)):
        _counts(stand, person, state, 20.0, ticks)
        assert not person.sees("自动继续")
    _counts(stand, person, states.TakingTicket(sample_views.TICKET), None, ticks)
    assert not person.sees("自动继续")
    assert ticks.calls == []


@pytest.mark.parametrize(
    ("language", "note", "time"),
    [
        (Language.ZH_CN, "费用以窗口告知为准", "受理后 7 个工作日内办好"),
        (Language.EN, "The window will tell you the fee", "Ready within 7 working days"),
        (Language.ZH_HANT, "費用以窗口告知為準", "受理後 7 個工作日內辦好"),
    ],
)
def test_the_review_says_what_is_open_of_the_fee_and_how_long_it_takes(
    stand: Any, person: Any, language: Language, note: str, time: str
) -> None:
    about, first, *_ = sample_views.sections()
    told = replace(
        first,
        lines=(),
        fee_fen=None,
        fee_note=Text("fee.at_window"),
        processing=Text("form.processing.working_days", (("n", 7),)),
    )
    reviewing = states.Reviewing(sample_views.draft(), (about, told), shown=1)
    stand.show(sample_views.view(reviewing, language))
    person.frames(3)
    assert person.sees(note), person.reads()
    assert person.sees(time), person.reads()


@pytest.mark.parametrize("by_form", [True, False])
def test_the_steps_of_the_form_stand_only_over_a_ticket_by_form(
    stand: Any, person: Any, by_form: bool
) -> None:
    stand.show(sample_views.view(states.TakingTicket(sample_views.TICKET, by_form)))
    person.frames(3)
    assert person.sees("选证件") is by_form, person.reads()
