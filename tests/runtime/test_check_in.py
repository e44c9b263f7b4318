"""Whatever central says about a booking becomes one answer, and a ticket is kept before paper."""

from datetime import timedelta
from typing import Any

import pytest

from kiosk.central.answer import Answered, Cause, Outcome, Refused, Unreachable
from kiosk.central.contract import ErrorCode, Problem, TicketOut, TicketState
from kiosk.central.contract.bookings import (
    Booking,
    BookingState,
    CheckedIn,
    CheckIn,
    CheckInOutcome,
    Reminder,
)
from kiosk.domain.queueing import Need, TicketClass
from kiosk.domain.ticket import Ticket
from kiosk.flows.ticket import events
from kiosk.flows.ticket.effects import CheckInBooking
from kiosk.flows.ticket.states import BookedSlot, BookingTrouble, Query
from kiosk.runtime.check_in import AWAY, NO_BOOKING, CheckInTask, Counter
from tests.kit.applicants import ELDER
from tests.kit.fake_clock import MORNING, FakeClock
from tests.kit.visit_stories import AtOnce

BY_CARD = Query(holder_number="42029919900101006X")
BY_CODE = Query(number="12345678")
NAMES = {"zh_CN": "大厅"}
BOOKING = Booking(
    booking_id="b" * 22,
    code="12345678",
    hall_id="hs-1",
    services=("passport",),
    starts_at=MORNING,
    ends_at=MORNING + timedelta(minutes=30),
    state=BookingState.BOOKED,
    reminder=Reminder(
        come_from=MORNING - timedelta(minutes=30),
        come_until=MORNING + timedelta(minutes=40),
        cancel_until=MORNING - timedelta(hours=2),
        hall_names=NAMES,
        address={},
        bring=(),
    ),
)
TICKET = TicketOut(
    ticket_id="v-1",
    number="A023",
    hall_id="hs-1",
    day=MORNING.date(),
    services=("passport",),
    windows=("1",),
    ahead=2,
    estimate_min=16,
    taken_at=MORNING,
    state=TicketState.NUMBERED,
    ticket_class=TicketClass.BOOKED,
)


class Central:
    """Answers as a test says, and remembers what it was asked under which key."""

    def __init__(self, told: Outcome[CheckedIn]) -> None:
        self._told = told
        self.asked: list[tuple[CheckIn, str]] = []

    def check_in(self, request: CheckIn, key: str) -> Outcome[CheckedIn]:
        self.asked.append((request, key))
        return self._told


class Desk:
    """Remembers what it was given to keep."""

    def __init__(self) -> None:
        self.kept: list[Ticket] = []

    def adopt(self, ticket: Ticket, language: str) -> bool:
        assert language == "en"
        self.kept.append(ticket)
        return True


def checks_in(
    central: Central,
    query: Query = BY_CARD,
    *,
    fall_back: bool = False,
    need: Need | None = None,
) -> tuple[object, Desk]:
    desk, heard = Desk(), list[object]()

    def hear(event: object) -> None:
        if isinstance(event, events.CheckedIn):
            assert desk.kept, "a ticket is kept before anybody hears of it"
        heard.append(event)

    services: Any = AtOnce()
    counter = Counter("K-1", "hs-1", FakeClock())
    task = CheckInTask(counter, central, desk, services, hear)
    task.start(CheckInBooking("v-1", query, fall_back, need), "en")
    (one,) = heard
    return one, desk


def told(outcome: CheckInOutcome, ticket: TicketOut | None = None) -> Central:
    return Central(Answered(CheckedIn(outcome=outcome, booking=BOOKING, ticket=ticket)))


def test_somebody_on_time_gets_a_ticket_that_is_kept_first() -> None:
    answer, desk = checks_in(told(CheckInOutcome.ON_TIME, TICKET))
    assert isinstance(answer, events.CheckedIn)
    assert (answer.ticket.number, answer.copy) == ("A023", False)
    assert desk.kept == [answer.ticket]


def test_a_booking_used_before_gives_its_ticket_as_a_copy() -> None:
    answer, desk = checks_in(told(CheckInOutcome.ALREADY_USED, TICKET))
    assert isinstance(answer, events.CheckedIn)
    assert answer.copy
    assert desk.kept == [answer.ticket]


@pytest.mark.parametrize("trouble", list(BookingTrouble))
def test_every_trouble_says_when_and_where_one_is_expected(trouble: BookingTrouble) -> None:
    answer, desk = checks_in(told(CheckInOutcome(trouble.value)))
    slot = BookedSlot(MORNING, MORNING - timedelta(minutes=30), NAMES)
    assert answer == events.BookingRefused("v-1", trouble, slot)
    assert desk.kept == []


def test_every_outcome_of_central_has_an_answer() -> None:
    for outcome in CheckInOutcome:
        answer, _desk = checks_in(told(outcome))
        assert isinstance(answer, events.BookingRefused | events.BookingUnknown), outcome


@pytest.mark.parametrize(
    ("central", "reason"),
    [
        (
            Central(
                Answered(CheckedIn(outcome=CheckInOutcome.NOT_FOUND, booking=None, ticket=None))
            ),
            NO_BOOKING,
        ),
        (told(CheckInOutcome.ALREADY_USED), NO_BOOKING),
        (Central(Unreachable(Cause.CONNECT)), AWAY),
        (Central(Refused(422, Problem(code=ErrorCode.UNKNOWN_HALL))), AWAY),
    ],
    ids=["no booking", "used, and its ticket forgotten", "away", "refused"],
)
def test_without_a_booking_the_reason_is_said(central: Central, reason: object) -> None:
    answer, desk = checks_in(central)
    assert answer == events.BookingUnknown("v-1", AWAY if reason is AWAY else NO_BOOKING)
    assert desk.kept == []


def test_falling_back_is_another_intent_and_each_is_asked_once() -> None:
    first, again = told(CheckInOutcome.EARLY), told(CheckInOutcome.EARLY, TICKET)
    checks_in(first)
    answer, _desk = checks_in(again, fall_back=True)
    assert isinstance(answer, events.CheckedIn)
    ((early, early_key),) = first.asked
    ((ordinary, ordinary_key),) = again.asked
    assert (early.ticket_id, ordinary.ticket_id) == ("v-1", "v-1")
    assert (early.fall_back, ordinary.fall_back) == (False, True)
    assert early_key != ordinary_key


@pytest.mark.parametrize("fall_back", [False, True])
def test_central_hears_of_an_elders_age_in_each_try(fall_back: bool) -> None:
    central = told(CheckInOutcome.LATE)
    checks_in(central, Query(holder_number=ELDER.number), fall_back=fall_back, need=Need.AGE)
    ((asked, _key),) = central.asked
    assert (asked.holder_number, asked.need) == (ELDER.number, Need.AGE)


def test_a_code_names_the_booking_and_no_card() -> None:
    central = told(CheckInOutcome.ON_TIME, TICKET)
    checks_in(central, BY_CODE)
    ((asked, _key),) = central.asked
    assert (asked.code, asked.holder_number, asked.need) == ("12345678", None, None)
