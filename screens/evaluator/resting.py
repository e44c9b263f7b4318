"""The window's clerk, and what everybody should know, one notice at a time."""

from collections.abc import Callable
from typing import ClassVar

from kivy.properties import BooleanProperty, StringProperty

from kiosk.runtime.view import MachineFacts, View
from screens import kv
from screens.base import FlowScreen
from screens.notice_words import as_of
from screens.widgets import clerk_card  # noqa: F401 - named in resting.kv
from screens.widgets.notice_roll import Told

OWN = (
    "evaluator.notice.after",
    "evaluator.notice.yours",
    "evaluator.notice.followed",
    "evaluator.notice.line",
)
NOTICE_EVERY_S = 8.0


class TerminalRestingScreen(FlowScreen):
    """Left who serves here, right which window it is."""

    says: ClassVar = {"lead": "evaluator.clerk.nobody"}
    window_name = StringProperty("")
    manned = BooleanProperty(False)
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
        self.ids.roll.tell(self._told(view.machine))
        if self._stop is None:
            self._stop = self.tools.every(NOTICE_EVERY_S, self.ids.roll.turn)

    def left(self) -> None:
        """Tell no more."""
        if self._stop is not None:
            self._stop()
            self._stop = None
        self.ids.roll.restart()

    def _told(self, machine: MachineFacts) -> list[Told]:
        """The terminal's own sentences, and between them what the hall tells."""
        assert self.speech is not None, "presented just now"
        board, speech = machine.notices, self.speech
        when = as_of(machine, speech)
        age = self.text("evaluator.notice.as_of", when=when) if when else ""
        hall = [
            Told(one.title(speech.language), one.text(speech.language), age)
            for one in board.notices
        ]
        own = [Told("", self.text(key)) for key in OWN]
        return [own[0], *hall, *own[1:]]


kv.load(__file__)
