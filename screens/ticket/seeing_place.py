"""The visitor reads where their ticket stands."""

from dataclasses import replace
from typing import ClassVar

from kiosk.domain.queueing import ENDED, WAITS
from kiosk.domain.ticket import Ticket
from kiosk.flows.application.events import NextAsked
from kiosk.flows.ticket.events import PaperAsked
from kiosk.flows.ticket.states import Place, SeeingPlace
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import number_card  # noqa: F401 - named in seeing_place.kv


class SeeingPlaceScreen(FlowScreen):
    """The number, how many are ahead, and its paper once more."""

    says: ClassVar = {"main_text": "place.seeing.close"}

    def show(self, view: View) -> None:
        """Draw where it stands."""
        state = view.state
        assert isinstance(state, SeeingPlace)
        assert self.speech is not None
        place = state.place
        key = f"place.state.{place.queue_state.value}"
        self.title = self.text(f"{key}.title")
        separator = self.text("apply.number.separator")
        self.lead = self.text(f"{key}.lead", windows=separator.join(place.ticket.windows))
        self.ids.number.show(_shown(place), view.machine, self.speech)
        ended = place.queue_state in ENDED
        self.second_text = "" if ended else self.text("place.seeing.print_again")

    def report_main(self) -> None:
        """Thank you."""
        self.report(NextAsked())

    def report_second(self) -> None:
        """The paper once more."""
        self.report(PaperAsked())


def _shown(place: Place) -> Ticket:
    # How many are ahead is of interest only to somebody who stands in line.
    if place.queue_state in WAITS:
        return place.ticket
    return replace(place.ticket, ahead=None, estimate_min=None)


kv.load(__file__)
