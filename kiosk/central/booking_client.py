"""What a machine asks central about bookings."""

from kiosk.central.answer import Outcome
from kiosk.central.contract.bookings import CheckedIn, CheckIn
from kiosk.central.transport import Transport


class BookingClient:
    """Check-in; the card's number travels in the body, never in a path that somebody may log.

    Args:
        transport: shared with the other areas.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def check_in(self, request: CheckIn, key: str) -> Outcome[CheckedIn]:
        """Turn a booking into a ticket, or hear why it does not hold."""
        return self._transport.post("/v1/bookings/check-in", request, key, CheckedIn)
