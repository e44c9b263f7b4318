"""The person reads which papers each document needs (一次告知)."""

from typing import Any, ClassVar

from kivy.uix.boxlayout import BoxLayout

from kiosk.flows.application.events import BeginAsked
from kiosk.flows.application.states import ReadingWhatToBring
from kiosk.forms.views import ReviewSection
from kiosk.locale import Speech
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets.materials import MaterialsCard
from screens.widgets.scroll import Scroll


class ReadingWhatToBringScreen(FlowScreen):
    """One card for each document: fee and materials."""

    says: ClassVar = {
        "title": "apply.what_to_bring.title",
        "lead": "apply.what_to_bring.lead",
        "main_text": "apply.what_to_bring.begin",
    }

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._drawn: tuple[tuple[ReviewSection, ...], Speech | None] = ((), None)
        self._cards = BoxLayout(orientation="vertical", spacing=tools.look.gap)
        self._cards.bind(minimum_height=self._cards.setter("height"))
        self.ids.scroll.hold(self._cards)

    def show(self, view: View) -> None:
        """Draw a card for each document."""
        state = view.state
        assert isinstance(state, ReadingWhatToBring)
        scroll: Scroll = self.ids.scroll
        if self._drawn == (state.sections, self.speech):
            return
        assert self.speech is not None
        self._drawn = (state.sections, self.speech)
        self._cards.clear_widgets()
        for section in state.sections:
            card = MaterialsCard()
            card.show(section, self.speech)
            self._cards.add_widget(card)
        scroll.to_top()

    def report_main(self) -> None:
        """Begin."""
        self.report(BeginAsked())


kv.load(__file__)
