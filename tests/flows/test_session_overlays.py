"""Help, languages, looks and the question whether to stop, over any screen."""

import pytest

from kiosk.flows.application import events, states
from kiosk.flows.application.table import APPLICATION_CONDUCT
from kiosk.flows.effects import StopReadingIdCard, WipeSession
from kiosk.flows.session import (
    CancelAsked,
    CancelConfirmed,
    CancelQuestion,
    HelpAsked,
    HelpPage,
    HighContrastToggled,
    Language,
    LanguageAsked,
    LanguageChoice,
    LanguageChosen,
    LargeTypeToggled,
    Look,
    MoreTimeAsked,
    OverlayClosed,
    ServiceResumed,
    ServiceStopped,
    Session,
)
from tests.kit.applicants import ADULT, TODAY
from tests.kit.application_stories import at_card, at_welcome, filling, printing, reviewing

CHANGES = [
    LanguageAsked(),
    LanguageChosen(Language.ZH_HANT),
    LargeTypeToggled(),
    HighContrastToggled(),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("begin", [at_welcome, at_card, filling, reviewing, printing])
def test_language_and_look_never_touch_the_errand(begin: object, change: object) -> None:
    story = begin()  # type: ignore[operator]  # each begins a story
    before = story.state
    story.do(change)
    assert story.state == before


def test_the_language_is_chosen_from_a_list_that_closes() -> None:
    story = filling().do(LanguageAsked()).covered_by(LanguageChoice())
    story.do(LanguageChosen(Language.EN)).covered_by(None)
    assert story.session.language is Language.EN


def test_a_look_changed_under_a_question_keeps_the_question() -> None:
    story = filling().do(CancelAsked(), LargeTypeToggled()).covered_by(CancelQuestion())
    assert story.session.look == Look(large_type=True)


def test_help_is_about_the_screen_below_and_closes() -> None:
    story = reviewing().do(HelpAsked()).covered_by(HelpPage("review"))
    story.ignore(HelpAsked()).ignore(events.SubmitAsked("v-1")).ignore(CancelAsked())
    story.do(OverlayClosed()).covered_by(None).ignore(OverlayClosed()).ignore(MoreTimeAsked())


def test_devices_are_heard_under_an_overlay_and_help_on_the_past_closes() -> None:
    story = at_card().do(HelpAsked(), events.CardFound()).see(states.ReadingCard).covered_by(None)
    story.do(LanguageAsked(), events.CardRead(ADULT, TODAY)).see(states.MeetingPerson)
    story.covered_by(LanguageChoice())


def test_stopping_asks_first_where_answers_would_be_lost() -> None:
    story = filling().do(CancelAsked()).covered_by(CancelQuestion())
    story.do(OverlayClosed()).see(states.FillingForm).covered_by(None)
    story.do(CancelAsked(), CancelConfirmed()).see(states.Welcome).expect(WipeSession())
    assert story.running == frozenset()


def test_stopping_with_nothing_to_lose_asks_nothing() -> None:
    story = at_card().do(CancelAsked()).see(states.Welcome)
    story.expect(StopReadingIdCard(), WipeSession()).covered_by(None)


def test_a_late_confirmation_confirms_nothing() -> None:
    filling().ignore(CancelConfirmed())
    at_welcome().ignore(CancelAsked())


def test_a_session_that_ends_takes_language_and_look_with_it() -> None:
    story = filling().do(LanguageChosen(Language.EN), LargeTypeToggled(), CancelAsked())
    assert story.do(CancelConfirmed()).session == Session()


def test_every_type_of_state_has_its_rules() -> None:
    assert set(APPLICATION_CONDUCT.rules) == set(states.State.__args__)


# Service stops: nobody new begins, nobody is thrown out.


def test_a_machine_at_rest_closes_and_opens_with_its_devices() -> None:
    story = at_welcome().do(ServiceStopped(("service.ticket_printer.away",)))
    story.see(states.OutOfService, reasons=("service.ticket_printer.away",))
    story.ignore(events.BeginAsked()).do(ServiceStopped(("service.storage",)))
    story.see(states.OutOfService, reasons=("service.storage",))
    story.do(ServiceResumed()).see(states.Welcome)


def test_a_visit_goes_on_when_service_stops_and_nobody_follows_it() -> None:
    story = filling().do(ServiceStopped(("service.ticket_printer.paper_out",)))
    story.see(states.FillingForm).do(CancelAsked(), CancelConfirmed()).expect(WipeSession())
    story.see(states.OutOfService, reasons=("service.ticket_printer.paper_out",))
    story.do(ServiceResumed()).see(states.Welcome)


def test_service_that_comes_back_during_the_visit_is_forgotten() -> None:
    story = filling().do(ServiceStopped(("service.storage",)), ServiceResumed())
    story.do(CancelAsked(), CancelConfirmed()).see(states.Welcome)


def test_answers_at_stake_keep_the_choice_of_documents_open() -> None:
    story = filling().do(events.BackAsked(), events.BackAsked()).see(states.ChoosingDocuments)
    story.do(ServiceStopped(("service.storage",))).see(states.ChoosingDocuments)
    other = at_welcome().do(events.BeginAsked(), ServiceStopped(("service.storage",)))
    other.see(states.OutOfService)


def test_a_language_left_behind_on_a_closed_machine_goes_back() -> None:
    story = at_welcome().do(ServiceStopped(("service.storage",)), LanguageChosen(Language.EN))
    story.wait(45).see(states.OutOfService)
    assert story.session == Session()
