"""The card is being made."""

from collections.abc import Callable
from typing import ClassVar

from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.domain.transaction.progress import Work
from kiosk.flows.endorsement.states import MakingCard
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets import advice, icon  # noqa: F401 - named in making_card.kv

TICK_S = 1.0


class WorkRow(BoxLayout):
    """One step: done, going on, or still to come."""

    text = StringProperty("")
    done = BooleanProperty(False)
    current = BooleanProperty(False)


class MakingCardScreen(FlowScreen):
    """Every step, and how long it should still take."""

    says: ClassVar = {
        "title": "endorsement.making.title",
        "stay": "endorsement.making.stay",
    }
    stay = StringProperty("")
    left_text = StringProperty("")
    left_s = NumericProperty(0)
    _stop: Callable[[], None] | None = None
    _told: MakingCard | None = None

    def __init__(self, tools: Tools, **kwargs: object) -> None:
        super().__init__(tools, **kwargs)
        self._rows = {work: WorkRow() for work in Work}
        for row in self._rows.values():
            self.ids.steps.add_widget(row)

    def spoken_anew(self) -> None:
        """Name the steps."""
        for work, row in self._rows.items():
            row.text = self.text(f"endorsement.making.{work.value}")

    def show(self, view: View) -> None:
        """Mark the step and count what is left of the usual time."""
        state = view.state
        assert isinstance(state, MakingCard)
        order = list(Work)
        at = order.index(state.work)
        for work, row in self._rows.items():
            row.done, row.current = order.index(work) < at, work is state.work
        if state is not self._told:
            self._told, self.left_s = state, round(state.left_s)
        self._say_left()
        if self._stop is None:
            self._stop = self.tools.every(TICK_S, self._tick)

    def left(self) -> None:
        """Stop counting."""
        self._told = None
        if self._stop is not None:
            self._stop()
            self._stop = None

    def _tick(self) -> None:
        self.left_s = max(0, self.left_s - 1)
        self._say_left()

    def _say_left(self) -> None:
        key = "endorsement.making.left" if self.left_s > 0 else "endorsement.making.soon"
        self.left_text = self.text(key, n=int(self.left_s))


kv.load(__file__)
