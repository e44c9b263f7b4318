"""The queue ticket: one visit, one number, all its documents."""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.queueing import TicketClass


@dataclass(frozen=True, slots=True)
class Ticket:
    """A number in a hall's queue for one day.

    Args:
        ticket_id: made by the machine before it asks; the same in every retry.
        number: service prefix and three digits, as called in the hall, for example `A023`.
        day: the hall's business day.
        issued_at: when the number was given, hall time with offset.
        services: ids of the services in the order they are served.
        windows: names of the windows that serve the first service; empty when unknown.
        ahead: people waiting before this one; None when central is away.
        estimate_min: expected waiting in minutes; None when central is away.
        from_lease: whether the number came from the machine's leased range.
        ticket_class: who goes before whom.
    """

    ticket_id: str
    number: str
    day: date
    issued_at: datetime
    services: tuple[str, ...]
    windows: tuple[str, ...] = ()
    ahead: int | None = None
    estimate_min: int | None = None
    from_lease: bool = False
    ticket_class: TicketClass = TicketClass.ORDINARY
