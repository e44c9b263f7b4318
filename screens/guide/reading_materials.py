"""The reader reads fees, times and what to bring, by document and person (一次告知)."""

from typing import Any, ClassVar

from kivy.uix.boxlayout import BoxLayout

from kiosk.domain.document import DocumentKind
from kiosk.flows.application.events import BeginAsked
from kiosk.flows.guide.events import ReaderChosen
from kiosk.flows.guide.states import Reader, ReadingMaterials
from kiosk.forms.views import ReviewSection
from kiosk.runtime.view import View
from screens import kv
from screens.base import Tools
from screens.guide.guide_page import GuidePage
from screens.widgets import advice, even_grid  # noqa: F401 - named in reading_materials.kv
from screens.widgets.buttons import TabButton
from screens.widgets.card_pool import free_one
from screens.widgets.materials import MaterialsCard

LINES_AHEAD = 5
"""papers that a document asks for, as a rule"""


class ReadingMaterialsScreen(GuidePage):
    """One card for each document; for an adult or for a child."""

    says: ClassVar = {
        "title": "apply.what_to_bring.title",
        "main_text": "apply.what_to_bring.begin",
    }

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._cards = BoxLayout(orientation="vertical", spacing=tools.look.gap)
        self._made: list[MaterialsCard] = []
        self._cards.bind(minimum_height=self._cards.setter("height"))
        self.ids.scroll.hold(self._cards)
        self._readers: dict[Reader, TabButton] = {}
        for reader in Reader:
            button = TabButton(name=reader.value)
            button.bind(on_release=lambda _b, chosen=reader: self.report(ReaderChosen(chosen)))
            self._readers[reader] = button
            self.ids.readers.add_widget(button)

    def spoken_anew(self) -> None:
        """Name the kinds of person."""
        for reader, button in self._readers.items():
            button.text = self.text(f"guide.reader.{reader.value}")

    def show(self, view: View) -> None:
        """Draw a card for each document."""
        state = view.state
        assert isinstance(state, ReadingMaterials)
        for reader, button in self._readers.items():
            button.chosen = reader is state.reader
        self.offer_paper(state.slip, ready=view.machine.printer_ready)
        self.draw(self._cards, state.sections, self._card)

    def _card(self, section: ReviewSection) -> MaterialsCard:
        assert self.speech is not None
        card = free_one(self._made, MaterialsCard)
        card.show(section, self.speech)
        return card

    def warm(self) -> bool:
        """Make a card ahead: all at once they take longer than a touch may wait."""
        if len(self._made) >= len(DocumentKind):
            return False
        card = MaterialsCard()
        card.prepare(LINES_AHEAD)
        self._made.append(card)
        return True

    def report_main(self) -> None:
        """Begin."""
        self.report(BeginAsked())


kv.load(__file__)
