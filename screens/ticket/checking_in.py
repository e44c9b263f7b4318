"""Central is asked what a booking is worth here and now."""

from typing import ClassVar

from screens.ticket.looking_for_ticket import LookingForTicketScreen


class CheckingInScreen(LookingForTicketScreen):
    """Please wait a moment."""

    says: ClassVar = {"title": "booking.checking.title", "lead": "place.looking.lead"}
