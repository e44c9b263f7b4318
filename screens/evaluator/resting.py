"""The window's clerk, and what everybody should know, one sentence at a time."""

from collections.abc import Callable
from typing import ClassVar

from kivy.properties import BooleanProperty, StringProperty

from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import clerk_card  # noqa: F401 - named in resting.kv

NOTICES = (
    "evaluator.notice.after",
    "evaluator.notice.yours",
    "evaluator.notice.followed",
    "evaluator.notice.line",
)
NOTICE_EVERY_S = 8.0


class RestingScreen(FlowScreen):
    """Left who serves here, right which window it is."""

    says: ClassVar = {"lead": "evaluator.clerk.nobody"}
    window_name = StringProperty("")
    notice = StringProperty("")
    manned = BooleanProperty(False)
    _at = 0
    _stop: Callable[[], None] | None = None

    def show(self, view: View) -> None:
        """Draw the clerk, and begin to tell."""
        post = view.machine.post
        assert self.speech is not None, "presented just now"
        clerk = post.clerk if post else None
        self.window_name = self.text("evaluator.clerk.window", window=post.window) if post else ""
        self.manned = clerk is not None
        if clerk is not None:
            self.ids.card.show(clerk, self.speech)
        self._tell()
        if self._stop is None:
            self._stop = self.tools.every(NOTICE_EVERY_S, self._next)

    def left(self) -> None:
        """Tell no more."""
        if self._stop is not None:
            self._stop()
            self._stop = None
        self._at = 0

    def _next(self) -> None:
        self._at = (self._at + 1) % len(NOTICES)
        self._tell()

    def _tell(self) -> None:
        self.notice = self.text(NOTICES[self._at])


kv.load(__file__)
