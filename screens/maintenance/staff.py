"""What every screen of staff has: a way back where there is one, and always a way out."""

from typing import Any

from kiosk.flows.maintenance.events import (
    BackAsked,
    DigitDeleted,
    DigitTyped,
    EntryCleared,
    LeaveAsked,
    NextAsked,
)
from kiosk.locale import Speech
from kiosk.runtime.view import View
from screens.base import FlowScreen
from screens.widgets.keyboard import Key
from screens.widgets.number_pad import NumberPad


class StaffPage(FlowScreen):
    """The base of all screens of staff."""

    def goes_back(self, state: Any) -> bool:
        """Whether a state leads one step back."""
        del state
        return False

    def present(self, view: View, speech: Speech, *, back: bool, cancel: bool) -> None:
        """Draw a view, with this errand's own way back and way out."""
        del back, cancel
        super().present(view, speech, back=self.goes_back(view.state), cancel=True)
        self.cancel_text = speech.text("maintenance.button.leave")

    def report_back(self) -> None:
        """One step back."""
        self.report(BackAsked())

    def report_cancel(self) -> None:
        """Log out."""
        self.report(LeaveAsked())

    def report_main(self) -> None:
        """The main action."""
        self.report(NextAsked())

    def money(self, fen: int) -> str:
        """An amount in the hall's money."""
        assert self.speech is not None, "a screen speaks only after it was presented"
        return self.speech.money(fen)


class DigitPad(NumberPad):
    """A number pad that keeps nothing: every digit goes to the flow, so that a PIN is nowhere else.

    Args:
        tell: given the events.
    """

    def __init__(self, tell: Any, **kwargs: Any) -> None:
        self._tell = tell
        super().__init__(**kwargs)

    def pressed(self, key: Key) -> None:
        """A key went down."""
        if key.name == "delete":
            self._tell(DigitDeleted())
        elif key.name == "clear":
            self._tell(EntryCleared())
        elif key.name != "done":
            self._tell(DigitTyped(key.name))

    def released(self, key: Key) -> None:
        """A key came up again; done is the main action."""
        if key.name == "done":
            self._tell(NextAsked())
