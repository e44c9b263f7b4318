"""States of the errand "take a number" as the screens see them."""

from collections.abc import Iterator
from datetime import date

from kiosk.domain.queueing import Need, TicketClass
from kiosk.flows.application.states import CardTrouble
from kiosk.flows.ticket import states
from kiosk.flows.ticket.identifying import offers_of

DAY = date(2026, 11, 24)
VISITOR = states.Visitor("enquiry", DAY)
ELDER = states.Visitor("enquiry", DAY, "420299195603050021", by_age=True)


def states_of_a_number() -> Iterator[tuple[str, object]]:
    """A name and a state for each screen, and more where one screen has several faces."""
    number = states.Purpose.NUMBER
    yield "30_service", states.ChoosingService()
    yield "31_holder", states.WaitingForHolder(number, "enquiry")
    yield "31_holder_trouble", states.WaitingForHolder(number, "enquiry", CardTrouble.MOVED, 3)
    yield "32_reading_holder", states.ReadingHolder(number, "enquiry")
    priority = offers_of(VISITOR, TicketClass.PRIORITY)
    yield "33_need", states.TellingNeed(VISITOR, priority)
    yield "33_need_chosen", states.TellingNeed(VISITOR, priority, Need.SOLDIER)
    yield "33_need_by_age", states.TellingNeed(ELDER, priority, Need.PREGNANT)
    urgent = offers_of(VISITOR, TicketClass.GREEN_CHANNEL)
    yield "34_urgency", states.TellingUrgency(VISITOR, urgent)
    yield "34_urgency_chosen", states.TellingUrgency(VISITOR, urgent, Need.SCHOOL_START)
