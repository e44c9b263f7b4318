"""What a machine asks central about the queue."""

from urllib.parse import quote, urlencode

from kiosk.central.answer import Outcome
from kiosk.central.contract.queue import (
    HallsWaiting,
    HolderIn,
    HolderTickets,
    QueueNow,
    TicketPlace,
)
from kiosk.central.transport import Transport


class QueueClient:
    """Reads of the queue; nothing here is personal.

    Args:
        transport: shared with the other areas.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def now(self, hall_id: str) -> Outcome[QueueNow]:
        """A hall's queue: who is called where, how many wait."""
        return self._transport.get(f"/v1/queue?hall_id={quote(hall_id)}", QueueNow)

    def place(self, ticket_id: str) -> Outcome[TicketPlace]:
        """Where a ticket stands now."""
        return self._transport.get(f"/v1/tickets/{quote(ticket_id)}/place", TicketPlace)

    def place_of_number(self, hall_id: str, number: str) -> Outcome[TicketPlace]:
        """Where today's ticket with a number stands, for somebody who types it."""
        query = urlencode({"hall_id": hall_id, "number": number})
        return self._transport.get(f"/v1/queue/place?{query}", TicketPlace)

    def tickets_of(self, holder: HolderIn) -> Outcome[HolderTickets]:
        """Today's tickets of whoever took one with this card; for a ticket that was lost."""
        return self._transport.post("/v1/tickets/of-holder", holder, None, HolderTickets)

    def halls(self, service_id: str | None = None) -> Outcome[HallsWaiting]:
        """The city's halls, shortest wait first, for one service or for all."""
        query = f"?service_id={quote(service_id)}" if service_id else ""
        return self._transport.get(f"/v1/halls/waiting{query}", HallsWaiting)
