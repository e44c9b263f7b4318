"""Seconds until a screen goes on by itself, so that nobody is surprised."""

import math
from collections.abc import Callable
from typing import Any

from kivy.properties import BooleanProperty

from kiosk.locale import Speech
from screens import kv
from screens.widgets.words import Words

Every = Callable[[float, Callable[[], object]], Callable[[], None]]


class Countdown(Words):
    """One quiet line that counts down; empty where nothing leaves by itself.

    Args:
        every: calls again and again on the main thread; returns how to stop.
    """

    short = BooleanProperty(False)
    """it stands beside buttons and has little room"""

    def __init__(self, every: Every, **kwargs: Any) -> None:
        self._every = every
        self._stop: Callable[[], None] | None = None
        self._seconds = 0
        self._speech: Speech | None = None
        super().__init__(**kwargs)

    def show(self, left_s: float | None, speech: Speech) -> None:
        """Begin anew.

        Args:
            left_s: seconds until the screen leaves, None where it stays.
            speech: of the session's language.
        """
        self._end()
        self._speech = speech
        self._seconds = math.ceil(left_s or 0.0)
        self._draw()
        if self._seconds > 0:
            self._stop = self._every(1.0, self._tick)

    def _tick(self) -> None:
        # The last second stays: the line must not jump away just before the screen does.
        if self._seconds <= 1 or self.get_root_window() is None:
            self._end()
            return
        self._seconds -= 1
        self._draw()

    def _draw(self) -> None:
        assert self._speech is not None, "asked only after it was shown"
        counts = self._seconds > 0
        key = "app.countdown.left" if self.short else "app.countdown.leaves"
        self.text = self._speech.text(key, n=self._seconds) if counts else ""

    def _end(self) -> None:
        if self._stop is not None:
            self._stop()
            self._stop = None


kv.load(__file__)
