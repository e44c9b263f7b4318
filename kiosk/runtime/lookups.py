"""What a visitor asks central about a ticket; every answer bears the question it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from kiosk.central.answer import Answered, Outcome, Refused
from kiosk.central.contract import TicketOut
from kiosk.central.contract.queue import HolderIn, HolderTickets, TicketPlace
from kiosk.central.desk_messages import ticket_of
from kiosk.domain.queueing import ENDED
from kiosk.domain.text import Text
from kiosk.flows.ticket.effects import FindTicket
from kiosk.flows.ticket.events import PlaceFound, PlaceUnknown
from kiosk.flows.ticket.states import Place, Query
from kiosk.runtime.service_thread import ServiceThread

AWAY = Text("place.unknown.away")
NO_TICKET = Text("place.unknown.none")
NOT_OF_THIS_CARD = Text("place.unknown.card")


class Queue(Protocol):
    """The part of central's queue that is asked."""

    def place_of_number(self, hall_id: str, number: str) -> Outcome[TicketPlace]:
        """Where today's ticket with a number stands."""

    def tickets_of(self, holder: HolderIn) -> Outcome[HolderTickets]:
        """Today's tickets taken with a card."""


@dataclass(frozen=True, slots=True)
class Registers:
    """Where tickets are looked up.

    Args:
        queue: of central.
        ticket: shows a ticket by its id.
    """

    queue: Queue
    ticket: Callable[[str], Outcome[TicketOut]]


class Lookups:
    """Finds tickets on the services' thread.

    Args:
        registers: of central.
        hall_id: the machine's hall.
        services: the thread.
        report: takes `PlaceFound` and `PlaceUnknown`.
    """

    def __init__(
        self,
        registers: Registers,
        hall_id: str,
        services: ServiceThread,
        report: Callable[[object], None],
    ) -> None:
        self._registers = registers
        self._hall_id = hall_id
        self._services = services
        self._report = report

    def find(self, effect: FindTicket) -> None:
        """Find a ticket; the answer comes as an event."""
        self._services.run(lambda: self._report(self._answer(effect.query)))

    def _answer(self, query: Query) -> PlaceFound | PlaceUnknown:
        place = self._place(query)
        if isinstance(place, Text):
            return PlaceUnknown(query, place)
        told = self._registers.ticket(place.ticket_id)
        if not isinstance(told, Answered):
            return PlaceUnknown(query, AWAY)
        # The ticket tells what it was promised; the place tells what holds now.
        ticket = replace(
            ticket_of(told.value),
            windows=place.windows,
            ahead=place.ahead,
            estimate_min=place.wait_min,
            ticket_class=place.ticket_class,
        )
        return PlaceFound(query, Place(ticket, place.state))

    def _place(self, query: Query) -> TicketPlace | Text:
        if query.number:
            one = self._registers.queue.place_of_number(self._hall_id, query.number)
            if isinstance(one, Answered):
                return one.value
            return NO_TICKET if isinstance(one, Refused) else AWAY
        holder = HolderIn(hall_id=self._hall_id, holder_number=query.holder_number)
        all_of = self._registers.queue.tickets_of(holder)
        if not isinstance(all_of, Answered):
            return NOT_OF_THIS_CARD if isinstance(all_of, Refused) else AWAY
        tickets = all_of.value.tickets
        live = [one for one in tickets if one.state not in ENDED]
        return next(iter((*live, *tickets)), NOT_OF_THIS_CARD)
