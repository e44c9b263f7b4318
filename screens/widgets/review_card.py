"""Facts in the review, each with a way to change it."""

from collections.abc import Callable
from typing import Any

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.forms.views import ReviewLine
from kiosk.locale import Speech
from screens import kv
from screens.widgets import buttons, words  # noqa: F401 - named in review_card.kv
from screens.widgets.panel import Panel


class ReviewRow(BoxLayout):
    """One fact."""

    label = StringProperty("")
    value = StringProperty("")
    change_text = StringProperty("")
    page = StringProperty("")
    __events__ = ("on_change",)

    def on_change(self) -> None:
        """The person wants to change it."""


class ReviewCard(Panel):
    """The facts of one section.

    Args:
        change: called with the page on which a fact can be changed.
    """

    def __init__(self, change: Callable[[str], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._change = change
        self._pool: list[ReviewRow] = []

    def show(self, lines: tuple[ReviewLine, ...], speech: Speech) -> None:
        """Draw facts.

        Args:
            lines: the facts.
            speech: of the session's language.
        """
        while len(self._pool) < len(lines):
            row = ReviewRow()
            row.bind(on_change=lambda touched: self._change(touched.page))
            self._pool.append(row)
        wanted = self._pool[: len(lines)]
        if self.children != wanted[::-1]:
            self.clear_widgets()
            for row in wanted:
                self.add_widget(row)
        for row, line in zip(wanted, lines, strict=True):
            row.label = speech.say(line.label)
            row.value = speech.say(line.shown)
            row.page = line.page
            row.change_text = speech.text("apply.review.change") if line.page else ""

    def forget(self) -> None:
        """Wipe the rows."""
        for row in self._pool:
            row.value = ""


kv.load(__file__)
