"""What windows say of their cases; the queue says it, ratings listen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServedCase:
    """What a window serves, or has served.

    Args:
        hall_id: the hall.
        window: its name.
        clerk_id: account of who serves.
        ticket_id: of the visit.
        service_id: served; a visit for two services is rated for each.
    """

    hall_id: str
    window: str
    clerk_id: str
    ticket_id: str
    service_id: str


@dataclass(frozen=True, slots=True)
class ClosedWindow:
    """Where nobody is served any longer.

    Args:
        hall_id: the hall.
        window: its name.
    """

    hall_id: str
    window: str
