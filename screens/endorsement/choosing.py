"""The person chooses what to have."""

from collections.abc import Iterator
from typing import ClassVar

from kivy.properties import StringProperty
from kivy.uix.widget import Widget

from kiosk.domain.transaction.progress import Choice
from kiosk.flows.endorsement.events import ChoiceToggled, NextAsked
from kiosk.flows.endorsement.states import Choosing
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.endorsement import wording
from screens.widgets import advice  # noqa: F401 - named in choosing.kv
from screens.widgets.buttons import OptionButton
from screens.widgets.even_grid import EvenGrid
from screens.widgets.words import Words


class ChoosingScreen(FlowScreen):
    """Everything offered, by destination and kind; at most one for each destination."""

    says: ClassVar = {
        "title": "endorsement.choosing.title",
        "lead": "endorsement.choosing.lead",
    }
    finding = StringProperty("")
    _drawn: tuple[object, ...] = ()

    def show(self, view: View) -> None:
        """Draw the choices and mark what is chosen."""
        state = view.state
        assert isinstance(state, Choosing)
        assert self.speech is not None
        drawn = (state.choices, self.speech)
        if drawn != self._drawn:
            self._drawn = drawn
            self._buttons = dict(self._groups(state.choices))
        for choice, button in self._buttons.items():
            button.chosen = choice in state.chosen
        self.finding = self.text("endorsement.choosing.nothing") if state.nothing_chosen else ""
        fen = sum(one.fee_fen for one in state.chosen)
        key = "endorsement.choosing.next_total" if fen else "endorsement.choosing.next"
        self.main_text = self.text(key, amount=self.speech.money(fen))

    def _groups(self, choices: tuple[Choice, ...]) -> Iterator[tuple[Choice, OptionButton]]:
        assert self.speech is not None
        column: Widget = self.ids.choices
        column.clear_widgets()
        named: dict[str, EvenGrid] = {}
        for choice in choices:
            name = wording.place_and_kind(choice, self.speech)
            if name not in named:
                column.add_widget(Words(text=name, role="heading", strong=True))
                named[name] = EvenGrid(cols=2)
                column.add_widget(named[name])
            button = self._button(choice)
            named[name].add_widget(button)
            yield choice, button

    def _button(self, choice: Choice) -> OptionButton:
        assert self.speech is not None
        button = OptionButton(
            name=f"{choice.destination}_{choice.kind}_{choice.grant}",
            text=wording.period_and_journeys(choice, self.speech),
            note=self.text(
                "endorsement.choosing.note",
                amount=self.speech.money(choice.fee_fen),
                day=self.speech.date(choice.valid_until),
            ),
        )
        button.bind(on_release=lambda _b: self.report(ChoiceToggled(choice)))
        return button

    def left(self) -> None:
        """What one person may have is nothing to the next."""
        self._drawn = ()
        self.ids.choices.clear_widgets()

    def report_main(self) -> None:
        """On to fee and warnings."""
        self.report(NextAsked())


kv.load(__file__)
