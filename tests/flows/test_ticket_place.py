"""A ticket taken before: where it stands, and its paper once more."""

import pytest

from kiosk.domain.queueing import QueueState
from kiosk.domain.text import Text
from kiosk.flows.application import events as apply_events
from kiosk.flows.application import states as apply_states
from kiosk.flows.effects import PrintTicket, ReadIdCard, SubmitApplication, WipeSession
from kiosk.flows.ticket import events, states
from kiosk.flows.ticket.effects import FindTicket
from tests.kit.applicants import ADULT, ELDER, TODAY, ticket
from tests.kit.flow_script import FlowScript
from tests.kit.visit_stories import at_rest, found

BY_CARD = states.Query(holder_number=ADULT.number)


def by_card() -> FlowScript:
    story = at_rest().do(events.PlaceAsked()).expect(ReadIdCard())
    story.do(apply_events.CardFound(), apply_events.CardRead(ADULT, TODAY))
    return story.expect(FindTicket(BY_CARD)).see(states.LookingForTicket)


def test_a_lost_ticket_is_found_by_card_and_printed_under_its_number() -> None:
    place = states.Place(ticket(), QueueState.WAITING)
    story = by_card().do(events.PlaceFound(BY_CARD, place)).see(states.SeeingPlace, place=place)
    story.do(events.PaperAsked()).expect(PrintTicket(ticket(), copy=True))
    story.do(apply_events.TicketPrinted("t-1")).see(apply_states.TakingTicket)


def test_a_number_is_typed_and_looked_up_as_it_is_called() -> None:
    story = at_rest().do(events.PlaceAsked(), events.WithoutCardAsked(TODAY))
    story.do(events.TextTyped("a023"), apply_events.NextAsked())
    story.expect(FindTicket(states.Query(number="A023")))


@pytest.mark.parametrize("typed", ["", "A", "023", "A02", "AA23", "A02 3"])
def test_what_no_ticket_can_be_called_is_said_at_once(typed: str) -> None:
    story = at_rest().do(events.PlaceAsked(), events.WithoutCardAsked(TODAY))
    story.do(events.TextTyped(typed), apply_events.NextAsked()).expect_none(FindTicket)
    assert story.see(states.TypingNumber).state.field.finding is not None
    story.do(events.TextTyped("A"))
    assert story.state.field.finding is None


@pytest.mark.parametrize("ended", [QueueState.FINISHED, QueueState.VOIDED])
def test_a_number_that_is_over_gets_no_paper(ended: QueueState) -> None:
    found(ended).ignore(events.PaperAsked()).do(apply_events.NextAsked()).expect(WipeSession())


def test_an_answer_to_the_person_before_shows_nothing_to_the_next() -> None:
    other = states.Query(holder_number=ELDER.number)
    place = states.Place(ticket(), QueueState.WAITING)
    story = by_card().ignore(events.PlaceFound(other, place))
    story.ignore(events.PlaceUnknown(other, Text("place.unknown.none")))


def test_central_away_is_said_and_the_enquiry_window_offered() -> None:
    story = by_card().wait(12).see(states.NothingFound, reason=Text("place.unknown.away"))
    story.do(apply_events.EnquiryTicketAsked("v-1"))
    story.expect(SubmitApplication("v-1", None, ("enquiry",)))


def test_a_found_ticket_does_not_stay_on_the_screen() -> None:
    found().wait(75).see(apply_states.Welcome).expect(WipeSession())


def test_typing_leads_back_to_the_card_and_home() -> None:
    story = at_rest().do(events.PlaceAsked(), events.WithoutCardAsked(TODAY))
    story.do(apply_events.BackAsked()).see(states.WaitingForHolder).expect(ReadIdCard())
    story.do(apply_events.BackAsked()).see(apply_states.Welcome)
