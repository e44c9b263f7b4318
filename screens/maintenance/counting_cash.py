"""The cash box was emptied: what lay in it?"""

from typing import Any, ClassVar

from kivy.properties import StringProperty

from kiosk.flows.maintenance.states import CountingCash
from kiosk.runtime.view import View
from screens import kv
from screens.base import Tools
from screens.maintenance import parts  # noqa: F401 - named in counting_cash.kv
from screens.maintenance.staff import DigitPad, StaffPage
from screens.widgets import advice  # noqa: F401 - named in counting_cash.kv


class CountingCashScreen(StaffPage):
    """The sum is typed in whole yuan; both sums are shown once it is recorded."""

    says: ClassVar = {
        "title": "maintenance.count.title",
        "lead": "maintenance.count.lead",
        "sum_label": "maintenance.count.sum",
    }
    sum_label = StringProperty("")
    typed = StringProperty("")
    trouble = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self.pad = DigitPad(self.report, look=tools.look)
        self.ids.pad.add_widget(self.pad)

    def goes_back(self, state: Any) -> bool:
        """To the menu."""
        assert isinstance(state, CountingCash)
        return not state.recording

    def spoken_anew(self) -> None:
        """Name the keys."""
        assert self.speech is not None
        self.pad.retranslate(self.speech)

    def show(self, view: View) -> None:
        """What was typed so far."""
        state = view.state
        assert isinstance(state, CountingCash)
        self.typed = self.money(int(state.typed) * 100) if state.typed else ""
        self.trouble = self.text("maintenance.trouble.not_recorded") if state.trouble else ""
        ready = bool(state.typed) and not state.recording
        self.main_text = self.text("maintenance.count.record") if ready else ""


kv.load(__file__)
