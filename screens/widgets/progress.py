"""How far the person is, in steps as a person counts them."""

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens import kv
from screens.widgets import words  # noqa: F401 - named in progress.kv


class Track(Widget):
    """A bar, filled from the left."""

    filled = NumericProperty(0.0)


class ProgressStep(BoxLayout):
    """One step: its bar and its name."""

    text = StringProperty("")
    filled = NumericProperty(0.0)
    current = BooleanProperty(False)


class Progress(BoxLayout):
    """All steps; the one the person is at is filled as far as they are."""

    names = ListProperty()
    step = NumericProperty(-1)
    part = NumericProperty(1.0)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._steps: list[ProgressStep] = []

    def on_names(self, *_changed: object) -> None:
        """Name the steps."""
        while len(self._steps) < len(self.names):
            self._steps.append(ProgressStep())
            self._steps[-1].bind(minimum_height=self._measure)
        for one, name in zip(self._steps, self.names, strict=False):
            one.text = name
        self.on_step()

    def on_step(self, *_changed: object) -> None:
        """Fill the bars."""
        for index, one in enumerate(self._steps):
            one.current = index == self.step
            one.filled = 1.0 if index < self.step else self.part if index == self.step else 0.0
        wanted = self._steps[: len(self.names)] if self.step >= 0 else []
        if self.children != wanted[::-1]:
            self.clear_widgets()
            for one in wanted:
                self.add_widget(one)
        self._measure()

    on_part = on_step

    def _measure(self, *_changed: object) -> None:
        shown = self._steps[: len(self.names)] if self.step >= 0 else []
        self.height = max((one.minimum_height for one in shown), default=0)


kv.load(__file__)
