"""Every open case."""

from typing import Any, ClassVar

from kivy.properties import StringProperty

from kiosk.domain.case_number import spoken
from kiosk.flows.maintenance.events import CaseChosen
from kiosk.flows.maintenance.reports import CaseLine
from kiosk.flows.maintenance.states import CaseList
from kiosk.runtime.view import View
from screens import kv
from screens.base import Tools
from screens.maintenance.parts import CaseButton
from screens.maintenance.staff import StaffPage


class CaseListScreen(StaffPage):
    """The oldest first; a touch shows what to do."""

    says: ClassVar = {"title": "maintenance.cases.title"}
    none = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._pool: list[CaseButton] = []

    def goes_back(self, state: Any) -> bool:
        """To the menu."""
        del state
        return True

    def show(self, view: View) -> None:
        """One button for each case."""
        state = view.state
        assert isinstance(state, CaseList)
        cases = state.cases or ()
        self.lead = "" if state.cases is None else self.text("maintenance.cases.lead", n=len(cases))
        self.none = self.text("maintenance.cases.none") if state.cases == () else ""
        while len(self._pool) < len(cases):
            button = CaseButton()
            button.bind(on_release=self._touched)
            self._pool.append(button)
        self.ids.cases.clear_widgets()
        for button, case in zip(self._pool, cases, strict=False):
            button.name = case.number
            button.text = self.text(f"maintenance.case.{case.kind}.title")
            button.note = self._note(case)
            button.inside = case.card_inside
            self.ids.cases.add_widget(button)

    def left(self) -> None:
        """Begin at the top the next time."""
        self.ids.body.to_top()

    def _touched(self, button: CaseButton) -> None:
        self.report(CaseChosen(button.name))

    def _note(self, case: CaseLine) -> str:
        assert self.speech is not None
        parts = [
            spoken(case.number),
            self.speech.date(case.since.date()),
            self.speech.time(case.since),
        ]
        if case.amount_fen:
            parts.append(self.money(case.amount_fen))
        if case.card_inside:
            parts.append(self.text("maintenance.cases.card_inside"))
        return " · ".join(parts)


kv.load(__file__)
