"""The visitor is asked whether something lets them go first."""

from typing import Any, ClassVar

from kivy.properties import StringProperty

from kiosk.domain.queueing import Need
from kiosk.flows.ticket.events import NeedToggled, NumberTaken, UrgencyAsked
from kiosk.flows.ticket.states import TellingNeed
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets import advice  # noqa: F401 - named in telling_need.kv
from screens.widgets.options import Options


class TellingNeedScreen(FlowScreen):
    """Reasons that give priority, the way to the urgent ones, and the number."""

    says: ClassVar = {
        "title": "number.need.title",
        "main_text": "number.take",
        "second_text": "number.need.urgent",
    }
    by_age = StringProperty("")
    proof = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._options = Options(lambda code: self.report(NeedToggled(Need(code))), several=False)
        self.ids.needs.add_widget(self._options)

    def show(self, view: View) -> None:
        """Draw the reasons."""
        state = view.state
        assert isinstance(state, TellingNeed)
        by_age = state.visitor.by_age
        self.by_age = self.text("number.need.by_age") if by_age else ""
        self.lead = "" if by_age and self.tools.look.large else self.text("number.need.lead")
        self._options.show(
            [
                (one.need.value, self.text(f"number.need.{one.need.value}"), "")
                for one in state.offers
            ],
            {state.chosen.value} if state.chosen else set(),
        )
        chosen = next((one for one in state.offers if one.need is state.chosen), None)
        self.proof = self.text("number.proof") if chosen and chosen.with_proof else ""

    def report_main(self) -> None:
        """The number."""
        self.report(NumberTaken(self.tools.new_visit_id()))

    def report_second(self) -> None:
        """The urgent reasons."""
        self.report(UrgencyAsked())


kv.load(__file__)
