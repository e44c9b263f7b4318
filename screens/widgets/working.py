"""Something works and the person waits: a bar with a light that walks."""

from collections.abc import Callable
from typing import Any, ClassVar

from kivy.properties import NumericProperty
from kivy.uix.widget import Widget

from kiosk.runtime.view import View
from screens import kv

FRAME_S = 1 / 12
"""Slow enough for software drawing, quick enough to be seen as movement."""


class Working(Widget):
    """The bar."""

    phase = NumericProperty(0.3)


class Moving:
    """Mixed into a screen: walks its `phase` from 0 to 1, again and again, while it is shown."""

    round_s: ClassVar[float] = 1.6
    phase = NumericProperty(0.3)
    tools: Any
    _stop: Callable[[], None] | None = None

    def show(self, view: View) -> None:
        """Begin to move."""
        del view
        self.begin_moving()

    def begin_moving(self) -> None:
        """Move from now on; harmless when it moves."""
        if self._stop is None and self.tools.motion:
            self._stop = self.tools.every(FRAME_S, self._move)

    def left(self) -> None:
        """Stop moving."""
        if self._stop is not None:
            self._stop()
            self._stop = None

    def _move(self) -> None:
        self.phase = (self.phase + FRAME_S / self.round_s) % 1.0


kv.load(__file__)
