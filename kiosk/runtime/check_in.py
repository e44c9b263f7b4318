"""Checking in with a booking: central decides, the desk keeps the ticket before it is printed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.central.answer import Answered, Outcome
from kiosk.central.contract.bookings import Booking, CheckedIn, CheckIn, CheckInOutcome
from kiosk.central.desk_messages import ticket_of
from kiosk.clock import Clock
from kiosk.domain.text import Text
from kiosk.domain.ticket import Ticket
from kiosk.flows.ticket import events
from kiosk.flows.ticket.effects import CheckInBooking
from kiosk.flows.ticket.states import BookedSlot, BookingTrouble
from kiosk.runtime.service_thread import ServiceThread

AWAY = Text("booking.unknown.away")
NO_BOOKING = Text("booking.unknown.none")


class Bookings(Protocol):
    """The part of central that checks in."""

    def check_in(self, request: CheckIn, key: str) -> Outcome[CheckedIn]:
        """Turn a booking into a ticket, or hear why it does not hold."""


class Keeper(Protocol):
    """The part of the desk that keeps the ticket."""

    def adopt(self, ticket: Ticket, language: str) -> bool:
        """Keep a ticket; whether it is new here."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Who checks in, where.

    Args:
        machine_id: of the machine.
        hall_id: its hall.
        clock: the machine's time.
    """

    machine_id: str
    hall_id: str
    clock: Clock


class CheckInTask:
    """Checks in on the services' thread.

    Args:
        counter: who speaks.
        bookings: central.
        keeper: the desk.
        services: the thread.
        report: takes what became of it.
    """

    def __init__(
        self,
        counter: Counter,
        bookings: Bookings,
        keeper: Keeper,
        services: ServiceThread,
        report: Callable[[object], None],
    ) -> None:
        self._counter = counter
        self._bookings = bookings
        self._keeper = keeper
        self._services = services
        self._report = report

    def start(self, effect: CheckInBooking, language: str) -> None:
        """Check in; the answer comes as an event."""
        self._services.run(lambda: self._report(self._answer(effect, language)))

    def _answer(self, effect: CheckInBooking, language: str) -> object:
        step = "again" if effect.fall_back else "first"
        key = f"check-in-{effect.visit_id}-{step}"
        told = self._bookings.check_in(self._request(effect), key)
        if not isinstance(told, Answered):
            return events.BookingUnknown(effect.visit_id, AWAY)
        answer = told.value
        if answer.ticket is not None:
            ticket = ticket_of(answer.ticket)
            self._keeper.adopt(ticket, language)
            # It may have been printed after an earlier check-in, here or elsewhere.
            earlier = answer.outcome is CheckInOutcome.ALREADY_USED
            return events.CheckedIn(effect.visit_id, ticket, copy=earlier)
        if answer.booking is None or answer.outcome.value not in set(BookingTrouble):
            return events.BookingUnknown(effect.visit_id, NO_BOOKING)
        trouble = BookingTrouble(answer.outcome.value)
        return events.BookingRefused(effect.visit_id, trouble, _slot(answer.booking))

    def _request(self, effect: CheckInBooking) -> CheckIn:
        query = effect.query
        return CheckIn(
            ticket_id=effect.visit_id,
            machine_id=self._counter.machine_id,
            hall_id=self._counter.hall_id,
            holder_number=query.holder_number or None,
            code=query.number or None,
            need=effect.need,
            taken_at=self._counter.clock.now(),
            fall_back=effect.fall_back,
        )


def _slot(booking: Booking) -> BookedSlot:
    reminder = booking.reminder
    return BookedSlot(booking.starts_at, reminder.come_from, dict(reminder.hall_names))
