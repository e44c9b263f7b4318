"""A visitor's question about a ticket gets one answer, whatever central says."""

from datetime import timedelta
from typing import Any

import pytest

from kiosk.central.answer import Answered, Cause, Outcome, Refused, Unreachable
from kiosk.central.contract import ErrorCode, Problem, TicketOut, TicketState
from kiosk.central.contract.queue import HolderIn, HolderTickets, TicketPlace
from kiosk.domain.queueing import QueueState, TicketClass
from kiosk.domain.text import Text
from kiosk.flows.ticket.effects import FindTicket
from kiosk.flows.ticket.events import PlaceFound, PlaceUnknown
from kiosk.flows.ticket.states import Query
from kiosk.runtime.lookups import AWAY, NO_TICKET, NOT_OF_THIS_CARD, Lookups, Registers
from tests.kit.fake_clock import MORNING
from tests.kit.visit_stories import AtOnce

BY_CARD = Query(holder_number="42029919900101006X")
BY_NUMBER = Query(number="A023")
UNKNOWN = Refused(404, Problem(code=ErrorCode.UNKNOWN_TICKET))
GONE = Unreachable(Cause.CONNECT)


def place(ticket_id: str = "t-1", state: QueueState = QueueState.WAITING) -> TicketPlace:
    return TicketPlace(
        ticket_id=ticket_id,
        number="A023",
        hall_id="hs-1",
        day=MORNING.date(),
        state=state,
        ticket_class=TicketClass.PRIORITY,
        service_id="passport",
        services_left=(),
        ahead=2,
        wait_min=6,
        windows=("3",),
    )


def ticket(ticket_id: str) -> TicketOut:
    return TicketOut(
        ticket_id=ticket_id,
        number="A023",
        hall_id="hs-1",
        day=MORNING.date(),
        services=("passport",),
        windows=("1", "2"),
        ahead=9,
        estimate_min=40,
        taken_at=MORNING - timedelta(minutes=20),
        state=TicketState.ISSUED,
    )


class Register:
    """A central that answers as a test says."""

    def __init__(self, tickets: Outcome[HolderTickets], one: Outcome[TicketPlace]) -> None:
        self._tickets = tickets
        self._one = one
        self.shown: Outcome[TicketOut] | None = None

    def place_of_number(self, hall_id: str, number: str) -> Outcome[TicketPlace]:
        assert (hall_id, number) == ("hs-1", "A023")
        return self._one

    def tickets_of(self, holder: HolderIn) -> Outcome[HolderTickets]:
        assert holder.holder_number == BY_CARD.holder_number
        return self._tickets

    def ticket(self, ticket_id: str) -> Outcome[TicketOut]:
        return self.shown or Answered(ticket(ticket_id))


def answer(register: Register, query: Query) -> object:
    told: list[object] = []
    registers = Registers(register, register.ticket)
    services: Any = AtOnce()
    Lookups(registers, "hs-1", services, told.append).find(FindTicket(query))
    (one,) = told
    return one


def of_card(*places: TicketPlace) -> Register:
    return Register(Answered(HolderTickets(tickets=places)), GONE)


def test_a_ticket_shows_what_holds_now_and_when_it_was_taken() -> None:
    found = answer(Register(GONE, Answered(place())), BY_NUMBER)
    assert isinstance(found, PlaceFound)
    assert found.query == BY_NUMBER
    seen = found.place.ticket
    assert (seen.ahead, seen.estimate_min, seen.windows) == (2, 6, ("3",))
    assert seen.issued_at == MORNING - timedelta(minutes=20)
    assert seen.ticket_class is TicketClass.PRIORITY


def test_of_several_tickets_the_one_that_still_lives_is_shown() -> None:
    found = answer(of_card(place("t-2", QueueState.FINISHED), place("t-1")), BY_CARD)
    assert isinstance(found, PlaceFound)
    assert found.place.ticket.ticket_id == "t-1"
    over = answer(of_card(place("t-2", QueueState.FINISHED)), BY_CARD)
    assert isinstance(over, PlaceFound)
    assert over.place.queue_state is QueueState.FINISHED


@pytest.mark.parametrize(
    ("register", "query", "reason"),
    [
        (Register(GONE, UNKNOWN), BY_NUMBER, NO_TICKET),
        (Register(GONE, GONE), BY_NUMBER, AWAY),
        (Register(GONE, GONE), BY_CARD, AWAY),
        (of_card(), BY_CARD, NOT_OF_THIS_CARD),
    ],
    ids=["unknown number", "away, by number", "away, by card", "no ticket of this card"],
)
def test_without_a_ticket_the_reason_is_said(
    register: Register, query: Query, reason: Text
) -> None:
    assert answer(register, query) == PlaceUnknown(query, reason)


def test_central_that_goes_away_between_two_questions_counts_as_away() -> None:
    register = Register(GONE, Answered(place()))
    register.shown = GONE
    assert answer(register, BY_NUMBER) == PlaceUnknown(BY_NUMBER, AWAY)
