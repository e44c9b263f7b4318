"""Central is asked how far somebody's applications are."""

from typing import ClassVar

from screens.ticket.looking_for_ticket import LookingForTicketScreen


class LookingForApplicationsScreen(LookingForTicketScreen):
    """Please wait a moment."""

    says: ClassVar = {"title": "progress.looking.title", "lead": "place.looking.lead"}
