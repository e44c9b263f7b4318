"""Something works and the person waits: a bar with a light that walks."""

from collections.abc import Callable
from typing import Any

from kivy.properties import NumericProperty
from kivy.uix.widget import Widget

from kiosk.runtime.view import View
from screens import kv

FRAME_S = 1 / 12
ROUND_S = 1.6


class Working(Widget):
    """The bar."""

    phase = NumericProperty(0.3)


class Moving:
    """Mixed into a screen: walks its `phase` while it is shown."""

    phase = NumericProperty(0.3)
    tools: Any
    _stop: Callable[[], None] | None = None

    def show(self, view: View) -> None:
        """Begin to move."""
        del view
        if self._stop is None and self.tools.motion:
            self._stop = self.tools.every(FRAME_S, self._move)

    def left(self) -> None:
        """Stop moving."""
        if self._stop is not None:
            self._stop()
            self._stop = None

    def _move(self) -> None:
        self.phase = (self.phase + FRAME_S / ROUND_S) % 1.0


kv.load(__file__)
