"""What goes wrong in a hall, met by touch: nobody is told "done" without a ticket."""

import pytest

from kiosk.central.contract import TicketState
from kiosk.flows.application import states
from tests.kit.hall import Hall
from tests.kit.patience import until
from tests.kit.visitor import Visitor

pytestmark = pytest.mark.window


def test_paper_runs_out_while_the_ticket_is_due_and_is_put_in(visitor: Visitor, hall: Hall) -> None:
    visitor.comes_to_the_review("passport")
    visitor.turn("ticket_printer", "paper", "out")
    visitor.taps("main")
    owed = visitor.at(states.WaitingForPaper).ticket
    assert visitor.papers() == 0
    visitor.turn("ticket_printer", "paper", "full")
    taken = visitor.at(states.TakingTicket).ticket
    assert (taken.ticket_id, taken.number) == (owed.ticket_id, owed.number)
    assert visitor.papers() == 1
    until(lambda: _state(hall, taken.ticket_id) is TicketState.ISSUED)


def test_a_paper_that_came_out_unconfirmed_comes_again_marked_as_a_copy(visitor: Visitor) -> None:
    visitor.comes_to_the_review("passport")
    visitor.turn("ticket_printer", "lose_before_answer")
    visitor.taps("main")
    owed = visitor.at(states.WaitingForPaper)
    assert owed.trouble is states.PaperTrouble.LINK_LOST
    visitor.turn("ticket_printer", "unplugged", False)
    taken = visitor.at(states.TakingTicket).ticket
    assert (taken.ticket_id, taken.number) == (owed.ticket.ticket_id, owed.ticket.number)
    first, second = (paper.splitlines() for paper in visitor.papers_read())
    assert taken.number in first
    assert taken.number in second
    assert ["补打" in one for one in (first, second)] == [False, True]


def test_a_card_pulled_away_too_soon_is_asked_for_again(visitor: Visitor) -> None:
    visitor.begins("passport")
    visitor.turn("id_card_reader", "pull_after_bytes", 400)
    visitor.lays("adult")
    tried = visitor.at(states.WaitingForCard, lambda now: now.trouble is not None)
    assert tried.trouble is states.CardTrouble.MOVED
    assert tried.documents
    visitor.turn("id_card_reader", "pull_after_bytes", 0)
    visitor.is_met()


def test_central_is_away_and_everything_reaches_it_once_and_in_order(
    visitor: Visitor, hall: Hall
) -> None:
    outbox = visitor.machine.parts.durable.outbox
    until(lambda: hall.rows("lease", visitor.machine.name))
    hall.leaves()
    try:
        visitor.comes_to_the_review("passport")
        ticket = visitor.takes_the_ticket()
        assert outbox.waiting() >= 3
    finally:
        hall.returns()
    until(lambda: outbox.waiting() == 0, 30)
    (kept,) = hall.rows("application", visitor.machine.name)
    (told,) = hall.rows("ticket", visitor.machine.name)
    assert told.ticket_id == ticket.ticket_id
    assert f"{told.prefix}{told.n:03d}" == ticket.number
    assert told.lease_id is not None
    assert told.application_id == kept.application_id
    assert (told.state, told.prints) == ("issued", 1)
    assert kept.received_at <= told.received_at


def _state(hall: Hall, ticket_id: str) -> TicketState | None:
    told = hall.ticket(ticket_id)
    return told.state if told else None
