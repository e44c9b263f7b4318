"""Staff say who they are."""

from typing import Any, ClassVar

from kivy.properties import BooleanProperty, StringProperty

from kiosk.flows.maintenance.states import Entry, LoggingIn
from kiosk.runtime.view import View
from screens import kv
from screens.base import Tools
from screens.maintenance import parts  # noqa: F401 - named in logging_in.kv
from screens.maintenance.staff import DigitPad, StaffPage
from screens.widgets import advice, panel  # noqa: F401 - named in logging_in.kv

DOT = "●"


class LoggingInScreen(StaffPage):
    """Card or number, then the PIN; only its length is shown."""

    says: ClassVar = {
        "title": "maintenance.login.title",
        "operator_label": "maintenance.login.operator",
        "pin_label": "maintenance.login.pin",
    }
    operator_label = StringProperty("")
    operator = StringProperty("")
    pin_label = StringProperty("")
    pin = StringProperty("")
    at_pin = BooleanProperty(False)
    refusal = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self.pad = DigitPad(self.report, look=tools.look)
        self.ids.pad.add_widget(self.pad)

    def goes_back(self, state: Any) -> bool:
        """From the PIN to the number."""
        assert isinstance(state, LoggingIn)
        return state.entry is Entry.PIN and not state.checking

    def spoken_anew(self) -> None:
        """Name the keys."""
        assert self.speech is not None
        self.pad.retranslate(self.speech)

    def show(self, view: View) -> None:
        """What was typed so far, and why the last try failed."""
        state = view.state
        assert isinstance(state, LoggingIn)
        self.operator = state.operator
        self.at_pin = state.entry is Entry.PIN
        self.pin = DOT * len(state.pin)
        self.lead = self.text(self._lead(state))
        self.refusal = (
            self.text(f"maintenance.refusal.{state.refusal.value}", seconds=state.wait_s)
            if state.refusal
            else ""
        )

    def left(self) -> None:
        """Nothing typed stays on the screen."""
        self.operator = self.pin = ""

    def _lead(self, state: LoggingIn) -> str:
        if state.checking:
            return "maintenance.login.checking"
        return f"maintenance.login.{state.entry.value}_lead"


kv.load(__file__)
