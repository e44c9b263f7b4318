"""What the errand "take a number" asks of the machine beyond what every errand does."""

from dataclasses import dataclass

from kiosk.domain.queueing import Need
from kiosk.flows.effects import Effect
from kiosk.flows.ticket.states import Query


@dataclass(frozen=True, slots=True)
class FindTicket(Effect):
    """Ask central about a ticket; answers with `PlaceFound` or `PlaceUnknown`.

    Args:
        query: what it is looked for by.
    """

    query: Query


@dataclass(frozen=True, slots=True)
class CheckInBooking(Effect):
    """Turn a booking into a ticket; answers with `CheckedIn`, or why not.

    Args:
        visit_id: the ticket's id, the same in every try.
        query: card or code.
        fall_back: take a ticket without the booking where it does not hold.
        need: that the card shows by itself, None for none or with a code.
    """

    visit_id: str
    query: Query
    fall_back: bool = False
    need: Need | None = None


@dataclass(frozen=True, slots=True)
class FindApplications(Effect):
    """Ask central how far somebody's applications are.

    Answers with `ProgressFound` or `ProgressUnknown`.

    Args:
        query: the card that was read.
    """

    query: Query
