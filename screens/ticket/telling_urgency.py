"""The visitor reads which urgent reasons open the green channel."""

from typing import Any, ClassVar

from kiosk.domain.queueing import Need
from kiosk.flows.ticket.events import NeedToggled, NumberTaken
from kiosk.flows.ticket.states import TellingUrgency
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets.options import Options


class TellingUrgencyScreen(FlowScreen):
    """Reasons of the green channel; with one of them chosen, the number."""

    says: ClassVar = {"title": "number.urgency.title", "lead": "number.urgency.lead"}

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._options = Options(lambda code: self.report(NeedToggled(Need(code))), several=False)
        self.ids.scroll.hold(self._options)

    def show(self, view: View) -> None:
        """Draw the reasons."""
        state = view.state
        assert isinstance(state, TellingUrgency)
        self._options.show(
            [
                (one.need.value, self.text(f"number.need.{one.need.value}"), self._note(one))
                for one in state.offers
            ],
            {state.chosen.value} if state.chosen else set(),
        )
        # Without a reason nothing is taken here: back leads to the ordinary number.
        self.main_text = self.text("number.take") if state.chosen else ""

    def _note(self, offer: Any) -> str:
        return self.text("number.proof") if offer.with_proof else ""

    def report_main(self) -> None:
        """The number."""
        self.report(NumberTaken(self.tools.new_visit_id()))


kv.load(__file__)
