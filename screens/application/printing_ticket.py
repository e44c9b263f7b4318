"""The ticket is coming out of the printer."""

from typing import ClassVar

from kivy.properties import NumericProperty, StringProperty

from kiosk.flows.application.states import PrintingTicket
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import art, working  # noqa: F401 - named in printing_ticket.kv
from screens.widgets.working import Moving


class PrintingTicketScreen(Moving, FlowScreen):
    """The number is known already; the paper comes."""

    says: ClassVar = {"title": "apply.printing.title", "lead": "apply.printing.lead"}
    number = StringProperty("")
    out = NumericProperty(0.85)

    def show(self, view: View) -> None:
        """Show the number on the paper that comes."""
        state = view.state
        assert isinstance(state, PrintingTicket)
        self.number = state.ticket.number
        super().show(view)

    def on_phase(self, *_changed: object) -> None:
        """Move the paper."""
        self.out = 0.55 + 0.45 * self.phase


kv.load(__file__)
