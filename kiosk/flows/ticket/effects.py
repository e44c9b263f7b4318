"""What the errand "take a number" asks of the machine beyond what every errand does."""

from dataclasses import dataclass

from kiosk.flows.effects import Effect
from kiosk.flows.ticket.states import Query


@dataclass(frozen=True, slots=True)
class FindTicket(Effect):
    """Ask central about a ticket; answers with `PlaceFound` or `PlaceUnknown`.

    Args:
        query: what it is looked for by.
    """

    query: Query
