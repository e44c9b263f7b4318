"""Nobody is here, or somebody is about to begin."""

from typing import Any, ClassVar

from kivy.properties import BooleanProperty, StringProperty

from kiosk.flows.endorsement.events import BeginAsked
from kiosk.flows.endorsement.states import Purpose
from kiosk.flows.session import Language
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.endorsement.wording import joined
from screens.widgets import advice, document_art, even_grid, steps  # noqa: F401 - in resting.kv
from screens.widgets.big_choice import BigChoice
from screens.widgets.language_tabs import LanguageTabs

_MISSED = ("cash_acceptor", "card_terminal", "code_scanner", "camera")
"""Devices whose absence changes what a citizen can do here."""
_QUERIES = {Purpose.ENTRIES: "clock", Purpose.SLIP: "ticket"}


class RestingScreen(FlowScreen):
    """What this machine does; one button to begin, two to ask."""

    says: ClassVar = {
        "title": "endorsement.resting.title",
        "lead": "endorsement.resting.lead",
        "main_text": "endorsement.resting.begin",
        "first": "endorsement.resting.step_permit",
        "then": "endorsement.resting.step_pay",
        "last": "endorsement.resting.step_take",
    }
    first = StringProperty("")
    then = StringProperty("")
    last = StringProperty("")
    hours = StringProperty("")
    away = StringProperty("")
    roomy = BooleanProperty(True)
    """Whether there is room for a picture: other scripts need longer lines than Chinese."""

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._languages = LanguageTabs(self.ids.languages, self.report)
        self._queries: dict[Purpose, BigChoice] = {}
        for purpose, icon in _QUERIES.items():
            query = BigChoice(name=purpose.value, icon=icon)
            query.bind(on_release=lambda _b, wanted=purpose: self.report(BeginAsked(wanted)))
            self._queries[purpose] = query
            self.ids.queries.add_widget(query)

    def spoken_anew(self) -> None:
        """Name the two questions."""
        for purpose, query in self._queries.items():
            query.text = self.text(f"endorsement.resting.{purpose.value}")

    def show(self, view: View) -> None:
        """Draw opening hours, the language in use, and what does not work now."""
        assert self.speech is not None
        machine = view.machine
        self.roomy = view.session.language is not Language.EN
        self.hours = self.text("endorsement.resting.hours", hours=machine.opening_hours)
        missed = [
            self.text(f"endorsement.away.{one}") for one in _MISSED if one in machine.devices_away
        ]
        self.away = (
            self.text("endorsement.away.title", what=joined(missed, self.speech)) if missed else ""
        )
        self._languages.show(self.text, view.session.language)

    def report_main(self) -> None:
        """An endorsement."""
        self.report(BeginAsked(Purpose.ENDORSEMENT))


kv.load(__file__)
