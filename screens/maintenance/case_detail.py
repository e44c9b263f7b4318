"""One case: what happened, what to do, how it ended."""

from typing import Any, ClassVar

from kivy.properties import BooleanProperty, StringProperty

from kiosk.domain.case_number import spoken
from kiosk.flows.maintenance.events import ReasonChosen
from kiosk.flows.maintenance.reports import REASONS, CaseLine
from kiosk.flows.maintenance.states import CaseDetail
from kiosk.runtime.view import View
from screens import kv
from screens.base import Tools
from screens.maintenance.staff import StaffPage
from screens.widgets import advice, panel  # noqa: F401 - named in case_detail.kv
from screens.widgets.fact import Fact
from screens.widgets.options import Options


class CaseDetailScreen(StaffPage):
    """In words; the case is closed only with one of its reasons."""

    says: ClassVar = {
        "do_label": "maintenance.cases.do",
        "how_label": "maintenance.cases.how",
    }
    what = StringProperty("")
    do_label = StringProperty("")
    do = StringProperty("")
    how_label = StringProperty("")
    inside = BooleanProperty(False)
    trouble = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._options = Options(lambda code: self.report(ReasonChosen(code)), several=False)
        self.ids.options.add_widget(self._options)
        self._facts = [Fact() for _ in range(4)]

    def goes_back(self, state: Any) -> bool:
        """To the list."""
        assert isinstance(state, CaseDetail)
        return not state.closing

    def show(self, view: View) -> None:
        """The case, and the reason as far as one is chosen."""
        state = view.state
        assert isinstance(state, CaseDetail)
        case = state.case
        self.title = self.text(f"maintenance.case.{case.kind}.title")
        self.what = self.text(f"maintenance.case.{case.kind}.what")
        self.do = self.text(f"maintenance.case.{case.kind}.do")
        self._show_facts(case)
        codes = REASONS.get(case.kind, ())
        items = [(code, self.text(f"maintenance.reason.{code}"), "") for code in codes]
        self._options.show(items, {state.reason})
        self.trouble = self.text("maintenance.trouble.not_recorded") if state.trouble else ""
        # A button that would do nothing is not shown.
        ready = bool(state.reason) and not state.closing
        self.main_text = self.text("maintenance.cases.close") if ready else ""

    def left(self) -> None:
        """Begin at the top the next time."""
        self.ids.body.to_top()

    def _show_facts(self, case: CaseLine) -> None:
        assert self.speech is not None
        since = f"{self.speech.date(case.since.date())} {self.speech.time(case.since)}"
        lines = [
            ("maintenance.cases.number", spoken(case.number)),
            ("maintenance.cases.since", since),
            ("maintenance.cases.amount", self.money(case.amount_fen) if case.amount_fen else ""),
            (
                "maintenance.cases.card",
                self.text("maintenance.cases.card_inside") if case.card_inside else "",
            ),
        ]
        self.ids.facts.clear_widgets()
        for fact, (key, value) in zip(self._facts, lines, strict=True):
            if value:
                fact.label, fact.value = self.text(key), value
                self.ids.facts.add_widget(fact)


kv.load(__file__)
