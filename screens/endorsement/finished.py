"""How it ended."""

from typing import ClassVar

from kivy.properties import NumericProperty, StringProperty

from kiosk.flows.endorsement.events import NextAsked
from kiosk.flows.endorsement.states import Finished
from kiosk.flows.rating.events import RatingWanted
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.endorsement.endings import told
from screens.widgets import message  # noqa: F401 - named in finished.kv
from screens.widgets.advice import Advice


class FinishedScreen(FlowScreen):
    """Made, turned back or kept; what becomes of money; what to keep."""

    leaves_by_itself: ClassVar = True
    says: ClassVar = {"main_text": "endorsement.ended.close"}
    icon = StringProperty("check")
    tone = StringProperty("good")
    boxes = NumericProperty(0)
    """below the sentence; many of them need the sign's room"""

    def show(self, view: View) -> None:
        """Say it."""
        state = view.state
        assert isinstance(state, Finished)
        assert self.speech is not None
        end = told(state.ended, self.speech)
        self.icon, self.tone = end.icon, end.tone
        self.title, self.lead = end.title, end.body
        column = self.ids.facts
        column.clear_widgets()
        notes = "\n".join(end.notes)
        facts = (("plain", end.where), ("good", end.back), ("warn", end.owed), ("plain", notes))
        self.boxes = sum(bool(said) for _tone, said in facts)
        for tone, said in facts:
            if said:
                column.add_widget(Advice(tone=tone, title=said))
        may_rate = view.machine.may_rate and state.may_be_rated
        self.second_text = self.text("endorsement.ended.rate") if may_rate else ""

    def left(self) -> None:
        """Forget it."""
        self.title = self.lead = ""
        self.ids.facts.clear_widgets()

    def report_second(self) -> None:
        """Rate what was just done."""
        self.report(RatingWanted())

    def report_main(self) -> None:
        """Goodbye."""
        self.report(NextAsked())


kv.load(__file__)
