"""Somebody walks away, or only thinks for a while."""

import pytest

from kiosk.flows.application import events, states
from kiosk.flows.application.states import CardTrouble
from kiosk.flows.effects import StopReadingIdCard, StopTimer, WipeSession
from kiosk.flows.session import (
    CancelConfirmed,
    HelpAsked,
    HelpPage,
    HighContrastToggled,
    IdleWarning,
    Language,
    LanguageAsked,
    LanguageChoice,
    LanguageChosen,
    LargeTypeToggled,
    MoreTimeAsked,
    Session,
    TimerRang,
    Touched,
)
from kiosk.flows.times import IDLE_TICK
from tests.kit.application_stories import at_card, at_welcome, filling, printing, reviewing


def test_the_warning_counts_down_by_the_second_and_ends_the_session() -> None:
    story = at_card().wait(59.9).covered_by(None).wait(0.1).covered_by(IdleWarning(15))
    for left in range(14, 0, -1):
        story.wait(1).covered_by(IdleWarning(left))
    story.wait(1).see(states.Welcome).expect(StopReadingIdCard(), WipeSession())
    assert story.session == Session()
    assert story.running == frozenset()


def test_where_answers_would_be_lost_there_is_more_time() -> None:
    filling().wait(60).covered_by(IdleWarning(30)).wait(29).see(states.FillingForm).wait(1).see(
        states.Welcome
    )


@pytest.mark.parametrize("sign", [MoreTimeAsked(), Touched(), LargeTypeToggled()])
def test_a_sign_of_life_takes_the_warning_away(sign: object) -> None:
    story = filling().wait(65)
    before = story.state
    story.do(sign).covered_by(None).expect(StopTimer(IDLE_TICK))
    assert story.state == before
    assert story.running == {"idle"}
    story.wait(59).covered_by(None).wait(1).covered_by(IdleWarning(30))


def test_ending_at_once_from_the_warning() -> None:
    filling().wait(61).do(CancelConfirmed()).see(states.Welcome).expect(WipeSession())


def test_every_touch_starts_the_idle_time_anew() -> None:
    story = filling()
    for _ in range(5):
        story.wait(50).do(Touched()).covered_by(None)
    story.wait(50).do(LanguageChosen(Language.EN)).wait(50).do(HighContrastToggled())
    story.wait(50).see(states.FillingForm).covered_by(None)


def test_a_reader_is_no_sign_of_life() -> None:
    story = at_card().do(events.CardTroubled(CardTrouble.READER_AWAY)).wait(61)
    story.do(events.CardTroubled(CardTrouble.READER_AWAY))
    assert isinstance(story.session.overlay, IdleWarning)


def test_a_card_laid_down_under_the_warning_takes_it_away() -> None:
    story = at_card().wait(65).do(events.CardFound()).covered_by(None).see(states.ReadingCard)
    assert story.running == {"reading"}


def test_nobody_is_asked_whether_they_are_there_while_a_device_works() -> None:
    printing().wait(29.9).see(states.PrintingTicket).covered_by(None)


def test_the_welcome_screen_rests_until_something_is_changed() -> None:
    story = at_welcome().do(Touched())
    assert story.running == frozenset()
    story.do(LanguageChosen(Language.EN), LargeTypeToggled())
    assert story.running == {"idle"}
    story.wait(44).see(states.Welcome)
    assert story.session.language is Language.EN
    story.wait(1).covered_by(None)
    assert story.session == Session()
    assert story.running == frozenset()


def test_help_left_open_on_the_welcome_screen_closes() -> None:
    story = at_welcome().do(HelpAsked()).covered_by(HelpPage("welcome")).wait(45)
    assert story.session == Session()


def test_a_warning_replaces_what_lay_over_the_screen() -> None:
    story = filling().do(LanguageAsked()).covered_by(LanguageChoice()).wait(60)
    story.covered_by(IdleWarning(30)).do(MoreTimeAsked()).covered_by(None)


def test_a_timer_that_rings_late_changes_nothing() -> None:
    story = reviewing()
    story.ignore(TimerRang("printing")).ignore(TimerRang(IDLE_TICK)).ignore(TimerRang("unknown"))
    at_welcome().ignore(TimerRang("idle"))
