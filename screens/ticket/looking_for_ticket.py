"""Central is asked about a ticket."""

from typing import ClassVar

from screens import kv
from screens.base import FlowScreen
from screens.widgets import message, working  # noqa: F401 - named in looking_for_ticket.kv
from screens.widgets.working import Moving


class LookingForTicketScreen(Moving, FlowScreen):
    """Please wait a moment."""

    says: ClassVar = {"title": "place.looking.title", "lead": "place.looking.lead"}


kv.load(__file__)
