"""What a window says when it has served somebody; the queue says it, ratings listen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServedCase:
    """What a window has finished.

    Args:
        hall_id: the hall.
        window: its name.
        clerk_id: account of who served.
        ticket_id: of the visit.
        service_id: that was served; a visit for two services is rated for each.
    """

    hall_id: str
    window: str
    clerk_id: str
    ticket_id: str
    service_id: str
