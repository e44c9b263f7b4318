"""What every page of the guide has: something to read, and its paper."""

from collections.abc import Callable
from typing import Any, TypeVar

from kivy.properties import StringProperty
from kivy.uix.widget import Widget

from kiosk.flows.application.events import NextAsked
from kiosk.flows.guide.events import SlipAsked
from kiosk.flows.slip import SlipState
from kiosk.locale import Speech
from screens.base import FlowScreen

Part = TypeVar("Part")

_TONES = {SlipState.PRINTED: "good", SlipState.FAILED: "warn"}


class GuidePage(FlowScreen):
    """The base of all pages that are read."""

    slip_text = StringProperty("")
    slip_tone = StringProperty("good")
    _drawn: tuple[tuple[Any, ...], Speech | None] = ((), None)

    def offer_paper(self, slip: SlipState, *, ready: bool) -> None:
        """Draw the button, and the note above the page.

        Args:
            slip: where the paper stands.
            ready: whether the printer can print; without it no paper is offered.
        """
        offered = ready and slip is not SlipState.PRINTING
        self.second_text = self.text("guide.slip.print") if offered else ""
        self.slip_text = "" if slip is SlipState.OFFERED else self.text(f"guide.slip.{slip.value}")
        self.slip_tone = _TONES.get(slip, "plain")

    def draw(
        self, column: Widget, parts: tuple[Part, ...], widget_of: Callable[[Part], Widget]
    ) -> None:
        """Draw what there is to read, from its beginning; only when it or the language changed."""
        if self._drawn == (parts, self.speech):
            return
        self._drawn = (parts, self.speech)
        column.clear_widgets()
        for part in parts:
            column.add_widget(widget_of(part))
        self.ids.scroll.to_top()

    def report_main(self) -> None:
        """Enough read."""
        self.report(NextAsked())

    def report_second(self) -> None:
        """On paper, please."""
        self.report(SlipAsked())
