"""Cards and readers that do not do what they should."""

import pytest

from kiosk.domain.document import DocumentKind
from kiosk.flows.application import events, states
from kiosk.flows.application.states import CardTrouble
from kiosk.flows.application.table import offers
from kiosk.flows.effects import ReadIdCard, StopReadingIdCard, SubmitApplication, WipeSession
from kiosk.flows.session import CancelAsked
from tests.kit.applicants import ADULT, ELDER, FOREIGN, TODAY
from tests.kit.application_stories import PASSPORT, at_card, filling, meeting, mend_page
from tests.kit.flow_script import FlowScript

AT_THE_CARD = [one for one in CardTrouble if one is not CardTrouble.READER_AWAY]


def fail(story: FlowScript, trouble: CardTrouble, times: int = 1) -> FlowScript:
    for _ in range(times):
        story.do(events.CardFound(), events.CardTroubled(trouble))
    return story


@pytest.mark.parametrize("trouble", AT_THE_CARD)
def test_a_failed_read_says_why_and_tries_again(trouble: CardTrouble) -> None:
    story = fail(at_card(), trouble)
    story.see(states.WaitingForCard, trouble=trouble, tries=1).expect(ReadIdCard())
    story.do(events.CardFound(), events.CardRead(ADULT, TODAY)).see(states.MeetingPerson)


def test_the_window_is_offered_after_three_failed_reads() -> None:
    story = fail(at_card(), CardTrouble.MOVED, 2).ignore(events.EnquiryTicketAsked("v-1"))
    fail(story, CardTrouble.MOVED).do(events.EnquiryTicketAsked("v-1"))
    story.expect(StopReadingIdCard(), SubmitApplication("v-1", None, ("enquiry",)))
    story.see(states.Submitting, draft=None)


def test_a_forgotten_card_that_cannot_be_read_does_not_keep_the_machine_busy() -> None:
    story = fail(at_card(), CardTrouble.UNREADABLE, 10)
    story.see(states.CardNotSuited).expect_none(ReadIdCard)
    story.wait(75).see(states.Welcome).expect(WipeSession())


def test_an_absent_reader_is_tried_again_and_again_until_nobody_is_left() -> None:
    story = at_card().do(events.CardTroubled(CardTrouble.READER_AWAY)).expect_none(ReadIdCard)
    story.wait(5).see(states.WaitingForCard, trouble=CardTrouble.READER_AWAY).expect(ReadIdCard())
    reads = story.count(ReadIdCard)
    story.wait(15)
    assert story.count(ReadIdCard) == reads + 3
    story.wait(60).see(states.Welcome)
    assert story.running == frozenset()


def test_the_window_is_offered_at_once_when_the_reader_is_away() -> None:
    story = at_card().do(events.CardTroubled(CardTrouble.READER_AWAY))
    story.do(events.EnquiryTicketAsked("v-1")).see(states.Submitting, draft=None)
    assert story.running == {"submitting"}


def test_a_reader_that_comes_back_invites_the_card_again() -> None:
    story = at_card().do(events.CardTroubled(CardTrouble.READER_AWAY), events.ServiceResumed())
    story.see(states.WaitingForCard, trouble=None).expect(ReadIdCard())
    assert story.running == {"idle"}


def test_a_reader_that_falls_silent_in_mid_read_counts_as_away() -> None:
    story = at_card().do(events.CardFound()).see(states.ReadingCard).wait(20)
    story.see(states.WaitingForCard, trouble=CardTrouble.READER_AWAY, tries=1)
    assert StopReadingIdCard() in story.all_effects


def test_nothing_can_be_touched_while_a_card_is_read() -> None:
    story = at_card().do(events.CardFound())
    story.ignore(events.BackAsked()).ignore(CancelAsked())
    assert not offers(story.state).back
    assert not offers(story.state).cancel


def test_a_card_this_form_is_not_for_leads_to_the_enquiry_window() -> None:
    story = at_card().do(events.CardFound(), events.CardRead(FOREIGN, TODAY))
    story.see(states.CardNotSuited, documents=PASSPORT).do(events.EnquiryTicketAsked("v-2"))
    story.see(states.Submitting, draft=None, visit_id="v-2")


def test_the_unsuited_person_may_choose_again() -> None:
    story = at_card().do(events.CardFound(), events.CardRead(FOREIGN, TODAY), events.BackAsked())
    story.see(states.ChoosingDocuments, chosen=PASSPORT, draft=None)


def answered_then_denied() -> FlowScript:
    story = filling(ADULT, DocumentKind.PASSPORT)
    story.do(events.NextAsked(), events.NextAsked())
    mend_page(story)
    while not isinstance(story.state, states.MeetingPerson):
        story.do(events.BackAsked())
    return story.do(events.PersonDenied()).expect(ReadIdCard())


@pytest.mark.parametrize("trouble", CardTrouble)
def test_the_same_card_laid_down_again_finds_its_answers(trouble: CardTrouble) -> None:
    story = answered_then_denied().see(states.WaitingForCard, trouble=None, tries=0)
    kept = story.state.draft
    fail(story, trouble).see(states.WaitingForCard, trouble=trouble)
    if trouble is CardTrouble.READER_AWAY:
        story.do(events.ServiceResumed()).expect(ReadIdCard())
    story.do(events.CardFound(), events.CardRead(ADULT, TODAY)).see(states.MeetingPerson)
    assert story.state.draft.answers == kept.answers != {}


def test_another_persons_card_drops_the_answers() -> None:
    story = answered_then_denied()
    story.do(events.CardFound(), events.CardRead(ELDER, TODAY)).see(states.MeetingPerson)
    assert story.state.draft.person == ELDER
    assert not story.state.draft.answers


def test_a_person_denied_by_mistake_is_one_step_back() -> None:
    story = meeting()
    before = story.state
    story.do(events.PersonDenied(), events.BackAsked()).expect(StopReadingIdCard())
    assert story.state == before


def test_a_stale_answer_of_the_reader_changes_nothing() -> None:
    meeting().ignore(events.CardRead(ELDER, TODAY)).ignore(events.CardFound())
