"""A screen with one field and the keyboard for it."""

from typing import Any

from kiosk.flows.application.events import NextAsked
from kiosk.forms.views import FieldView
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets.dock import Dock
from screens.widgets.field_card import FieldCard


class TypingScreen(FlowScreen):
    """The keyboard's "done" is the main button; a subclass says what was typed to whom."""

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._card = FieldCard(tools.look, lambda _key: None, lambda _key, _value: None)
        self.ids.scroll.hold(self._card)
        # A long text grows downwards: its end, where one types, stays in sight.
        self.ids.scroll.ids.sight.bind(reach=lambda sight, reach: setattr(sight, "offset", reach))
        self._dock = Dock(
            tools.look, tools.text_input(), lambda _key, text: self.typed(text), self.report_main
        )
        self.add_widget(self._dock, index=1)

    def draw(self, field: FieldView) -> None:
        """Draw the field and open its keyboard."""
        assert self.speech is not None
        self._card.show(field, self.speech, focused=True)
        self._dock.open(field, self.speech)

    def typed(self, text: str) -> None:
        """Somebody typed: the whole text of the field."""

    def report_main(self) -> None:
        """On."""
        self.report(NextAsked())

    def left(self) -> None:
        """Forget what was typed."""
        self._dock.close()
        self._card.forget()


kv.load(__file__)
