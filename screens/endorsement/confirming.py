"""The choice with its fee, and what it would end."""

from collections.abc import Iterator
from typing import ClassVar

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.domain.transaction.progress import Choice
from kiosk.flows.endorsement.events import BackAsked, NextAsked
from kiosk.flows.endorsement.states import Confirming
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.endorsement import wording
from screens.widgets import advice  # noqa: F401 - named in confirming.kv
from screens.widgets.fact import Fact
from screens.widgets.panel import Panel, Rule
from screens.widgets.words import OneLine, Words


class ConfirmingScreen(FlowScreen):
    """What will be made, what it costs, and in strong words what it would cancel."""

    says: ClassVar = {"title": "endorsement.confirming.title"}
    warning_title = StringProperty("")
    warning_body = StringProperty("")
    total_label = StringProperty("")
    total = StringProperty("")

    def show(self, view: View) -> None:
        """Draw what was chosen."""
        state = view.state
        assert isinstance(state, Confirming)
        assert self.speech is not None
        self._warn([one for one in state.chosen if one.cancels])
        self.total_label = self.text("endorsement.confirming.total")
        self.total = self.speech.money(state.amount_fen)
        column = self.ids.chosen
        column.clear_widgets()
        for choice in state.chosen:
            panel = Panel()
            for part in self._facts(choice):
                panel.add_widget(part)
            column.add_widget(panel)

    def _warn(self, cancelling: list[Choice]) -> None:
        assert self.speech is not None
        places = [self.text(f"endorsement.place.{one.destination}") for one in cancelling]
        named = wording.joined(places, self.speech)
        self.warning_title, self.warning_body = "", ""
        self.main_text = self.text("endorsement.confirming.confirm")
        if cancelling:
            self.warning_title = self.text("endorsement.confirming.cancels.title", places=named)
            self.warning_body = self.text("endorsement.confirming.cancels.body")
            self.main_text = self.text("endorsement.confirming.confirm_anyway")

    def _facts(self, choice: Choice) -> Iterator[Widget]:
        assert self.speech is not None
        row = BoxLayout(size_hint_y=None)
        name = Words(text=wording.place_and_kind(choice, self.speech), role="heading", strong=True)
        fee = OneLine(text=self.speech.money(choice.fee_fen), role="heading", strong=True)
        name.bind(height=row.setter("height"))
        for part in (name, fee):
            row.add_widget(part)
        yield row
        yield Rule()
        facts = {
            "journeys": wording.journeys(choice.entries, self.speech),
            "valid": self.text(
                "endorsement.confirming.valid_value",
                period=wording.period(choice.months, self.speech),
                day=self.speech.date(choice.valid_until),
            ),
        }
        for key, value in facts.items():
            yield Fact(label=self.text(f"endorsement.confirming.{key}"), value=value)

    def left(self) -> None:
        """Forget it."""
        self.ids.chosen.clear_widgets()

    def report_main(self) -> None:
        """Have it approved."""
        self.report(NextAsked())

    def report_back(self) -> None:
        """Choose again."""
        self.report(BackAsked())


kv.load(__file__)
