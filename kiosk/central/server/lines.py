"""Lines: who stands where, and how many stand before.

A class has a head start, and the place in line is when the ticket was taken less that head start.
Ageing needs nothing more: a ticket taken later than by the largest head start never goes first.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, tuple_

from kiosk.central.contract import Service
from kiosk.central.server import numbering
from kiosk.central.server.numbering import Queue
from kiosk.central.server.office import Office
from kiosk.central.server.tables import ticket
from kiosk.domain.queueing import Need, TicketClass
from kiosk.policy.loader import shipped
from kiosk.policy.queue_rows import QueueClass, QueueNeed, QueueRules

_MINUTE_MS = 60_000
_AHEAD = select(func.count()).where(
    ticket.c.hall_id == bindparam("hall_id"),
    ticket.c.day == bindparam("day"),
    ticket.c.service_id == bindparam("service_id"),
    ticket.c.due_ms.is_not(None),
    tuple_(ticket.c.due_ms, ticket.c.id) < tuple_(bindparam("due_ms"), bindparam("id")),
)


@dataclass(frozen=True, slots=True)
class QueuePolicy:
    """The rules of one day.

    Args:
        lead_min: head start of each class.
        class_of: what each need is worth.
        rules: of calls.
    """

    lead_min: dict[TicketClass, int]
    class_of: dict[Need, TicketClass]
    rules: QueueRules

    @property
    def bound_min(self) -> int:
        """Nobody is overtaken by a ticket taken more than so many minutes later."""
        return max(self.lead_min.values())

    def place_ms(self, taken_at: datetime, ticket_class: TicketClass) -> int:
        """Place in line of a ticket."""
        return moment_ms(taken_at) - self.lead_min[ticket_class] * _MINUTE_MS

    def returned_ms(self, place_ms: int, now: datetime) -> int:
        """Place of somebody who was missed and comes back: never before the old one."""
        return max(place_ms, moment_ms(now) - self.rules.return_lead_min * _MINUTE_MS)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a ticket is worth in line.

    Args:
        ticket_class: of the ticket.
        need: why, where it is not ordinary or booked.
        booked: whether a booking is used, whatever a need is worth besides.
    """

    ticket_class: TicketClass = TicketClass.ORDINARY
    need: Need | None = None
    booked: bool = False


@lru_cache(maxsize=4)
def policy_of(day: date) -> QueuePolicy:
    """The rules in force on a day."""
    tables = shipped().on(day)
    return QueuePolicy(
        {row.ticket_class: row.lead_min for row in tables.table(QueueClass)},
        {row.need: row.ticket_class for row in tables.table(QueueNeed)},
        tables.table(QueueRules)[0],
    )


@dataclass(frozen=True, slots=True)
class Place:
    """One line: a service in a hall on a day."""

    hall_id: str
    day: date
    service_id: str


def standing_of(day: date, need: Need | None, booked: bool = False) -> Standing:
    """The better of what a need and a booking are worth.

    Args:
        day: whose rules count.
        need: why somebody goes first, None for no reason.
        booked: whether a booking is used within its slot.
    """
    policy = policy_of(day)
    classes = [TicketClass.ORDINARY]
    if need is not None and need in policy.class_of:
        classes.append(policy.class_of[need])
    if booked:
        classes.append(TicketClass.BOOKED)
    return Standing(max(classes, key=lambda one: policy.lead_min[one]), need, booked)


def moment_ms(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def ahead(connection: Connection, row: Mapping[str, Any]) -> int:
    """How many stand before a ticket; 0 when it does not stand in line."""
    if row["due_ms"] is None:
        return 0
    names = ("hall_id", "day", "service_id", "due_ms", "id")
    return int(connection.execute(_AHEAD, {name: row[name] for name in names}).scalar_one())


def wait_min(service: Service | None, waiting: int, windows: int) -> int:
    """Minutes that so many people take at so many windows, rounded up."""
    minutes = service.minutes_per_visit if service else 0
    return math.ceil(waiting * minutes / max(1, windows))


def count(connection: Connection, office: Office, row: Row[Any], change: int) -> None:
    """Note in the counter that a ticket joined or left the line of its service."""
    count_in(connection, office, Place(row.hall_id, row.day, row.service_id), change)


def count_in(connection: Connection, office: Office, place: Place, change: int) -> None:
    """Note in the counter that somebody joined or left a line."""
    offer = office.offers.by_hall.get(place.hall_id)
    services = offer.services if offer else ()
    service = next((one for one in services if one.service_id == place.service_id), None)
    if service is not None:  # a service taken out of the catalogue is counted no more
        queue = Queue(place.hall_id, place.day, service.prefix)
        numbering.count_waiting(connection, queue, change)
