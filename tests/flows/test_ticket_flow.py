"""A number without a form: by card or without, and who goes first."""

from typing import Any

import pytest

from kiosk.domain.claim import Claim
from kiosk.domain.queueing import Need
from kiosk.flows.application import events as apply_events
from kiosk.flows.application import states as apply_states
from kiosk.flows.application.states import CardTrouble
from kiosk.flows.effects import (
    ReadIdCard,
    SettleTicket,
    StopReadingIdCard,
    SubmitApplication,
    WipeSession,
)
from kiosk.flows.session import CancelAsked, CancelQuestion
from kiosk.flows.ticket import events, states
from tests.kit.applicants import ADULT, ELDER, TODAY, ticket
from tests.kit.visit_stories import at_holder, at_rest, reviewing, telling


def test_somebody_without_a_card_takes_an_ordinary_number() -> None:
    story = telling("collect").do(events.NumberTaken("v-1"))
    story.expect(SubmitApplication("v-1", None, ("collect",), Claim()))
    story.see(apply_states.Submitting, draft=None).do(apply_events.TicketIssued(ticket()))
    story.do(apply_events.TicketPrinted("t-1"), apply_events.PaperTaken())
    story.expect(SettleTicket("t-1", "taken"), WipeSession()).see(apply_states.Thanks)


def test_a_card_makes_the_number_its_holders() -> None:
    story = at_holder("enquiry").do(apply_events.CardFound(), apply_events.CardRead(ADULT, TODAY))
    story.see(states.TellingNeed, chosen=None).do(events.NumberTaken("v-1"))
    story.expect(SubmitApplication("v-1", None, ("enquiry",), Claim(None, ADULT.number)))


def test_an_elders_card_lets_them_go_first_without_a_word() -> None:
    story = at_holder().do(apply_events.CardFound(), apply_events.CardRead(ELDER, TODAY))
    assert story.state.visitor.by_age
    story.do(events.NumberTaken("v-1"))
    claim = Claim(Need.AGE, ELDER.number)
    story.expect(SubmitApplication("v-1", None, ("collect",), claim))


def test_only_one_reason_counts_and_it_can_be_taken_back() -> None:
    story = telling().do(events.NeedToggled(Need.PREGNANT), events.NeedToggled(Need.SOLDIER))
    story.see(states.TellingNeed, chosen=Need.SOLDIER).do(events.NeedToggled(Need.SOLDIER))
    story.see(states.TellingNeed, chosen=None)


def test_nobody_claims_an_age_that_no_card_shows() -> None:
    telling().ignore(events.NeedToggled(Need.AGE))


def test_an_urgent_reason_opens_the_green_channel() -> None:
    story = telling().ignore(events.NeedToggled(Need.SCHOOL_START)).do(events.UrgencyAsked())
    story.see(states.TellingUrgency).ignore(events.NeedToggled(Need.PREGNANT))
    story.do(events.NeedToggled(Need.SCHOOL_START), events.NumberTaken("v-1"))
    claim = Claim(Need.SCHOOL_START)
    story.expect(SubmitApplication("v-1", None, ("collect",), claim))


def test_the_green_channel_gives_no_number_without_a_reason() -> None:
    story = telling().do(events.UrgencyAsked()).ignore(events.NumberTaken("v-1"))
    story.do(apply_events.BackAsked()).see(states.TellingNeed)


def test_every_step_leads_back() -> None:
    story = telling().do(apply_events.BackAsked()).see(states.WaitingForHolder).expect(ReadIdCard())
    story.do(apply_events.BackAsked()).see(states.ChoosingService).expect(StopReadingIdCard())
    story.do(apply_events.BackAsked()).see(apply_states.Welcome)


@pytest.mark.parametrize("trouble", list(CardTrouble))
def test_a_card_that_cannot_be_read_never_keeps_anybody_from_a_number(trouble: CardTrouble) -> None:
    story = at_holder().do(apply_events.CardFound(), apply_events.CardTroubled(trouble))
    story.see(states.WaitingForHolder, trouble=trouble, tries=1)
    story.do(events.WithoutCardAsked(TODAY), events.NumberTaken("v-1"))
    story.see(apply_states.Submitting)


def test_a_forgotten_card_that_cannot_be_read_does_not_keep_the_reader_busy() -> None:
    story = at_holder()
    for _ in range(10):
        story.do(apply_events.CardFound(), apply_events.CardTroubled(CardTrouble.UNREADABLE))
    story.see(states.WaitingForHolder, tries=10).expect_none(ReadIdCard)
    story.wait(75).see(apply_states.Welcome).expect(WipeSession())


def test_an_absent_reader_is_tried_again() -> None:
    story = at_holder().do(apply_events.CardTroubled(CardTrouble.READER_AWAY))
    story.expect_none(ReadIdCard).wait(5).expect(ReadIdCard())
    story.do(apply_events.ServiceResumed()).see(states.WaitingForHolder, trouble=None)


def test_a_reader_that_falls_silent_counts_as_away() -> None:
    story = at_holder().do(apply_events.CardFound()).see(states.ReadingHolder).wait(20)
    story.see(states.WaitingForHolder, trouble=CardTrouble.READER_AWAY)


def test_whoever_walks_away_leaves_no_number_and_no_card_behind() -> None:
    story = at_holder().do(apply_events.CardFound(), apply_events.CardRead(ADULT, TODAY))
    story.wait(75).see(apply_states.Welcome).expect(WipeSession())
    assert at_rest().state == story.state


def test_somebody_who_filled_in_the_form_may_name_a_reason_to_go_first() -> None:
    story = reviewing().do(events.PriorityAsked()).see(states.TellingNeed, chosen=None)
    draft = story.state.visitor.draft
    story.do(events.NeedToggled(Need.PREGNANT), events.NumberTaken("v-1"))
    claim = Claim(Need.PREGNANT, ADULT.number)
    story.expect(SubmitApplication("v-1", draft.bundle(), ("passport",), claim))
    story.see(apply_states.Submitting, draft=draft)
    story.do(apply_events.TicketIssued(ticket())).see(apply_states.PrintingTicket, by_form=True)


def test_a_form_filled_in_by_an_elder_needs_no_reason() -> None:
    story = reviewing(ELDER).do(events.PriorityAsked(), events.NumberTaken("v-1"))
    (order,) = [one for one in story.all_effects if isinstance(one, SubmitApplication)]
    assert order.claim == Claim(Need.AGE, ELDER.number)


def test_the_question_leads_back_to_the_form_and_loses_nothing() -> None:
    story = reviewing()
    draft = story.state.draft
    story.do(events.PriorityAsked(), events.UrgencyAsked(), apply_events.BackAsked())
    story.do(apply_events.BackAsked()).see(apply_states.Reviewing, draft=draft)
    story.do(events.PriorityAsked(), CancelAsked())
    assert isinstance(story.session.overlay, CancelQuestion), "the form would be lost"


def test_a_form_with_something_to_mend_is_mended_before_the_question() -> None:
    story = reviewing()
    page = story.state.sections[0].lines[-1].page or story.state.draft.pages()[-1].key
    story.do(apply_events.ChangeAsked(page))
    field = next(one for one in story.state.page.fields if not one.locked and not one.optional)
    empty: Any = () if isinstance(field.value, tuple) else ""
    story.do(apply_events.AnswerGiven(field.key, empty), apply_events.BackAsked())
    story.do(events.PriorityAsked()).see(apply_states.FillingForm, from_review=True)


def test_only_a_ticket_by_form_has_the_forms_steps() -> None:
    without = telling().do(events.NumberTaken("v-1"), apply_events.TicketIssued(ticket()))
    assert not without.see(apply_states.PrintingTicket).state.by_form
    without.do(apply_events.TicketPrinted("t-1")).see(apply_states.TakingTicket, by_form=False)
    by_form = reviewing().do(apply_events.SubmitAsked("v-1"), apply_events.TicketIssued(ticket()))
    by_form.do(apply_events.TicketPrinted("t-1")).see(apply_states.TakingTicket, by_form=True)
