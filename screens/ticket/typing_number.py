"""The visitor types the number that stands on the ticket."""

from typing import Any

from kiosk.flows.application.events import NextAsked
from kiosk.flows.ticket.events import TextTyped
from kiosk.flows.ticket.states import TypingNumber
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets.dock import Dock
from screens.widgets.field_card import FieldCard


class TypingNumberScreen(FlowScreen):
    """One field, and the keyboard for it; the keyboard's "done" looks the ticket up."""

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._card = FieldCard(tools.look, lambda _key: None, lambda _key, _value: None)
        self.ids.scroll.hold(self._card)
        self._dock = Dock(tools.look, tools.text_input, self._typed, self.report_main)
        self.add_widget(self._dock, index=1)

    def show(self, view: View) -> None:
        """Draw what was typed."""
        state = view.state
        assert isinstance(state, TypingNumber)
        assert self.speech is not None
        key = "booking" if state.visit_id else "place"
        self.title = self.text(f"{key}.typing.title")
        self._card.show(state.field, self.speech, focused=True)
        self._dock.open(state.field, self.speech)

    def _typed(self, _key: str, text: str) -> None:
        self.report(TextTyped(text))

    def report_main(self) -> None:
        """Look the ticket up."""
        self.report(NextAsked())

    def left(self) -> None:
        """Forget what was typed."""
        self._dock.close()
        self._card.forget()


kv.load(__file__)
