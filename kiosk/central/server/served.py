"""What windows and machines say of their cases; who serves says it, ratings listen."""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.rating import CaseKind


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


@dataclass(frozen=True, slots=True)
class ServedErrand:
    """What a machine has served by itself.

    Args:
        hall_id: the hall.
        machine_id: which.
        kind: of the errand.
        case_id: of the ticket it gave, or of the order.
        day: business day.
        at: when.
    """

    hall_id: str
    machine_id: str
    kind: CaseKind
    case_id: str
    day: date
    at: datetime
