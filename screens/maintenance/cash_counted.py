"""The count is recorded; both sums side by side."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.maintenance.states import CashCounted
from kiosk.runtime.view import View
from screens import kv
from screens.maintenance.staff import StaffPage
from screens.widgets import advice, fact, panel  # noqa: F401 - named in cash_counted.kv


class CashCountedScreen(StaffPage):
    """What was counted, what the journal says, and the difference."""

    says: ClassVar = {
        "title": "maintenance.counted.title",
        "main_text": "maintenance.counted.close",
        "counted_label": "maintenance.counted.counted",
        "expected_label": "maintenance.counted.expected",
    }
    counted_label = StringProperty("")
    counted = StringProperty("")
    expected_label = StringProperty("")
    expected = StringProperty("")
    same = StringProperty("")
    difference = StringProperty("")

    def show(self, view: View) -> None:
        """Both sums."""
        state = view.state
        assert isinstance(state, CashCounted)
        self.counted = self.money(state.counted_fen)
        self.expected = self.money(state.expected_fen)
        apart = state.counted_fen - state.expected_fen
        which = "more" if apart > 0 else "less"
        self.same = "" if apart else self.text("maintenance.counted.same")
        self.difference = (
            self.text(f"maintenance.counted.{which}", amount=self.money(abs(apart)))
            if apart
            else ""
        )


kv.load(__file__)
