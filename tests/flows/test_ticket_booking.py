"""A booking is checked in by card or code; where it does not hold, an ordinary number helps."""

from datetime import timedelta

import pytest

from kiosk.domain.person import Person
from kiosk.domain.queueing import Need
from kiosk.domain.text import Text
from kiosk.flows.application import events as apply_events
from kiosk.flows.application import states as apply_states
from kiosk.flows.effects import PrintTicket, ReadIdCard, SettleTicket
from kiosk.flows.ticket import events, states
from kiosk.flows.ticket.effects import CheckInBooking
from tests.kit.applicants import ADULT, ELDER, TODAY, ticket
from tests.kit.fake_clock import MORNING
from tests.kit.flow_script import FlowScript
from tests.kit.visit_stories import at_rest

BY_CARD = states.Query(holder_number=ADULT.number)
SLOT = states.BookedSlot(MORNING, MORNING - timedelta(minutes=15), {"zh_CN": "大厅"})


def by_card(person: Person = ADULT, need: Need | None = None) -> FlowScript:
    story = at_rest().do(events.BookingAsked("v-1")).expect(ReadIdCard())
    story.do(apply_events.CardFound(), apply_events.CardRead(person, TODAY))
    query = states.Query(holder_number=person.number)
    return story.expect(CheckInBooking("v-1", query, need=need)).see(states.CheckingIn)


def test_somebody_on_time_gets_their_number_at_once() -> None:
    story = by_card().do(events.CheckedIn("v-1", ticket()))
    story.expect(PrintTicket(ticket())).see(apply_states.PrintingTicket, copy=False)
    story.do(apply_events.TicketPrinted("t-1"), apply_events.PaperTaken())
    story.expect(SettleTicket("t-1", "taken"))


def test_somebody_who_checked_in_before_gets_the_same_number_as_a_copy() -> None:
    story = by_card().do(events.CheckedIn("v-1", ticket(), copy=True))
    story.expect(PrintTicket(ticket(), copy=True)).see(apply_states.PrintingTicket, copy=True)


def test_a_code_does_as_well_as_a_card() -> None:
    story = at_rest().do(events.BookingAsked("v-1"), events.WithoutCardAsked(TODAY))
    story.do(events.TextTyped("1234567"), apply_events.NextAsked()).expect_none(CheckInBooking)
    assert story.see(states.TypingNumber).state.field.finding is not None
    story.do(events.TextTyped("12345678"), apply_events.NextAsked())
    story.expect(CheckInBooking("v-1", states.Query(number="12345678")))


@pytest.mark.parametrize("trouble", list(states.BookingTrouble))
def test_a_booking_that_does_not_hold_falls_back_to_an_ordinary_number(
    trouble: states.BookingTrouble,
) -> None:
    story = by_card().do(events.BookingRefused("v-1", trouble, SLOT))
    story.see(states.BookingNotHeld, trouble=trouble, slot=SLOT).do(events.OrdinaryAsked())
    story.expect(CheckInBooking("v-1", BY_CARD, fall_back=True))
    story.do(events.CheckedIn("v-1", ticket())).see(apply_states.PrintingTicket)


def test_an_elder_whose_booking_does_not_hold_still_goes_first_by_age() -> None:
    story = by_card(ELDER, Need.AGE)
    story.do(events.BookingRefused("v-1", states.BookingTrouble.LATE, SLOT), events.OrdinaryAsked())
    query = states.Query(holder_number=ELDER.number)
    story.expect(CheckInBooking("v-1", query, fall_back=True, need=Need.AGE))


def test_whoever_would_rather_come_back_leaves_the_booking_as_it_is() -> None:
    refused = events.BookingRefused("v-1", states.BookingTrouble.EARLY, SLOT)
    story = by_card().do(refused, apply_events.BackAsked()).see(apply_states.Welcome)
    assert story.count(CheckInBooking) == 1


def test_an_answer_to_an_earlier_check_in_shows_nothing_to_the_next_visitor() -> None:
    story = by_card().ignore(events.CheckedIn("v-0", ticket()))
    story.ignore(events.BookingRefused("v-0", states.BookingTrouble.LATE, SLOT))
    story.ignore(events.BookingUnknown("v-0", Text("booking.unknown.none")))


def test_central_away_is_said_and_the_enquiry_window_offered() -> None:
    story = by_card().wait(12).see(states.NothingFound, reason=Text("booking.unknown.away"))
    story.do(apply_events.EnquiryTicketAsked("v-2")).see(apply_states.Submitting)


def test_a_card_that_cannot_be_read_keeps_the_check_in() -> None:
    story = at_rest().do(events.BookingAsked("v-1"), apply_events.CardFound())
    story.do(apply_events.CardTroubled(apply_states.CardTrouble.MOVED))
    story.see(states.WaitingForHolder, purpose=states.Purpose.BOOKING, visit_id="v-1")
    story.do(events.WithoutCardAsked(TODAY), apply_events.BackAsked())
    story.see(states.WaitingForHolder, visit_id="v-1")
