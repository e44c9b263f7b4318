"""What brings people besides an application, by touch on real drivers and a real central."""

from pathlib import Path

import pytest

from hardware.simulators.people import people
from kiosk.central.contract import TicketState
from kiosk.domain.queueing import Need, TicketClass
from kiosk.flows.application import states as apply_states
from kiosk.flows.ticket import states
from tests.kit.hall import Hall
from tests.kit.patience import until
from tests.kit.visitor import Visitor

pytestmark = pytest.mark.window


def test_a_soldier_collects_a_document_by_card_and_goes_first(
    visitor: Visitor, hall: Hall, tmp_path: Path
) -> None:
    visitor.at(apply_states.Welcome)
    visitor.taps("number")
    visitor.at(states.ChoosingService)
    visitor.taps("collect")
    visitor.at(states.WaitingForHolder)
    visitor.lays("adult")
    visitor.at(states.TellingNeed)
    visitor.turn("id_card_reader", "pull")
    visitor.taps("soldier")
    visitor.at(states.TellingNeed, lambda now: now.chosen is Need.SOLDIER)
    visitor.taps("main")
    ticket = visitor.at(apply_states.TakingTicket).ticket
    assert ticket.number.startswith("E")
    assert ticket.ticket_class is TicketClass.PRIORITY
    assert visitor.person.sees(ticket.number)
    assert visitor.person.sees("7 窗口")
    assert visitor.person.sees("前面没有人")
    visitor.taps("main")
    visitor.at(apply_states.Thanks)
    visitor.taps("main")
    visitor.at(apply_states.Welcome)
    until(lambda: hall.ticket(ticket.ticket_id) is not None)
    told = hall.ticket(ticket.ticket_id)
    assert told is not None
    assert (told.number, told.ticket_class) == (ticket.number, TicketClass.PRIORITY)
    assert told.application_id is None
    number = people()["adult"].card.number.encode()
    for file in (tmp_path / "machine").glob("machine.sqlite*"):
        assert number not in file.read_bytes(), file.name


def test_a_lost_ticket_is_found_by_its_card_and_printed_again(visitor: Visitor) -> None:
    visitor.at(apply_states.Welcome)
    visitor.taps("number")
    visitor.at(states.ChoosingService)
    visitor.taps("enquiry")
    visitor.at(states.WaitingForHolder)
    visitor.lays("elder")
    visitor.at(states.TellingNeed, lambda now: now.visitor.by_age)
    visitor.turn("id_card_reader", "pull")
    visitor.taps("main")
    ticket = visitor.at(apply_states.TakingTicket).ticket
    visitor.taps("main")
    visitor.at(apply_states.Thanks)
    visitor.taps("main")
    visitor.at(apply_states.Welcome)
    visitor.taps("place")
    visitor.at(states.WaitingForHolder)
    visitor.taps("second")
    visitor.at(states.TypingNumber)
    visitor.taps("back")
    visitor.at(states.WaitingForHolder)
    visitor.lays("elder")
    place = visitor.at(states.SeeingPlace).place
    visitor.turn("id_card_reader", "pull")
    assert place.ticket.number == ticket.number
    assert visitor.person.sees(ticket.number)
    visitor.taps("second")
    visitor.at(apply_states.TakingTicket, lambda now: now.ticket.ticket_id == ticket.ticket_id)
    visitor.taps("main")
    visitor.at(apply_states.Thanks)
    assert visitor.papers() == 2


def test_a_booking_for_another_day_becomes_an_ordinary_number_when_asked(
    visitor: Visitor, hall: Hall
) -> None:
    booking = hall.books_another_day(people()["adult"].card.number)
    for _ in range(2):
        hall.takes("passport")
    visitor.at(apply_states.Welcome)
    visitor.taps("booking")
    visitor.at(states.WaitingForHolder)
    visitor.taps("second")
    visitor.at(states.TypingNumber)
    visitor.taps(*booking.code, "done")
    refused = visitor.at(states.BookingNotHeld)
    assert refused.trouble is states.BookingTrouble.WRONG_DAY
    visitor.taps("main")
    ticket = visitor.at(apply_states.TakingTicket).ticket
    assert ticket.number.startswith("A")
    assert ticket.ticket_class is TicketClass.ORDINARY
    assert ticket.ahead >= 2
    for text in (f"前面还有 {ticket.ahead} 人", f"约 {ticket.estimate_min} 分钟", "1、2、3 窗口"):
        assert visitor.person.sees(text), text
    visitor.taps("main")
    visitor.at(apply_states.Thanks)
    until(lambda: _issued(hall, ticket.ticket_id))


def _issued(hall: Hall, ticket_id: str) -> bool:
    told = hall.ticket(ticket_id)
    return told is not None and told.state is TicketState.ISSUED
