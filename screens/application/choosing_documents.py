"""The person chooses what to apply for."""

from typing import Any, ClassVar

from kivy.properties import BooleanProperty, StringProperty

from kiosk.domain.document import DocumentKind
from kiosk.flows.application.events import DocumentToggled, NextAsked
from kiosk.flows.application.states import ChoosingDocuments
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets import advice, document_art, mark  # noqa: F401 - named in choosing_documents.kv
from screens.widgets.buttons import Press


class DocumentButton(Press):
    """One document: how it looks, what it is for, whether it is chosen."""

    kind = StringProperty("passport")
    note = StringProperty("")
    chosen = BooleanProperty(False)


class ChoosingDocumentsScreen(FlowScreen):
    """Three big buttons; any combination."""

    says: ClassVar = {
        "title": "apply.documents.title",
        "lead": "apply.documents.lead",
        "main_text": "apply.documents.next",
    }
    finding = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._buttons: dict[DocumentKind, DocumentButton] = {}
        for kind in DocumentKind:
            button = DocumentButton(name=kind.value, kind=kind.value)
            button.bind(on_release=lambda _b, chosen=kind: self.report(DocumentToggled(chosen)))
            self._buttons[kind] = button
            self.ids.documents.add_widget(button)

    def spoken_anew(self) -> None:
        """Name the documents."""
        for kind, button in self._buttons.items():
            button.text = self.text(f"apply.documents.{kind.value}")
            button.note = self.text(f"apply.documents.{kind.value}.note")

    def show(self, view: View) -> None:
        """Mark what is chosen."""
        state = view.state
        assert isinstance(state, ChoosingDocuments)
        for kind, button in self._buttons.items():
            button.chosen = kind in state.chosen
        self.finding = self.text("apply.documents.nothing_chosen") if state.nothing_chosen else ""

    def report_main(self) -> None:
        """Go on."""
        self.report(NextAsked())


kv.load(__file__)
