"""A few answers to choose from, side by side where they fit."""

from collections.abc import Callable
from typing import Any

from screens.widgets.buttons import OptionButton
from screens.widgets.even_grid import EvenGrid

_SHORT = 9
"""Widest label, in halves of a Chinese character times two, that fits half the room."""


class Options(EvenGrid):
    """Option buttons in one or two columns.

    Args:
        chosen: called with the code of the option that was touched.
    """

    def __init__(self, chosen: Callable[[str], None], *, several: bool, **kwargs: Any) -> None:
        self._tell = chosen
        self._several = several
        self._pool: list[OptionButton] = []
        super().__init__(cols=1, **kwargs)

    def prepare(self, count: int) -> None:
        """Make buttons ahead."""
        while len(self._pool) < count:
            button = OptionButton(several=self._several)
            button.bind(on_release=lambda touched: self._tell(touched.name))
            self._pool.append(button)

    def show(self, items: list[tuple[str, str, str]], chosen: set[str]) -> None:
        """Draw the options.

        Args:
            items: code, label and note of each.
            chosen: codes that are chosen.
        """
        self.prepare(len(items))
        wanted = self._pool[: len(items)]
        if self.children != wanted[::-1]:
            self.clear_widgets()
            for button in wanted:
                self.add_widget(button)
        for button, (code, label, note) in zip(wanted, items, strict=True):
            button.name, button.text, button.note = code, label, note
            button.chosen = code in chosen
        short = all(_width(label) <= _SHORT and not note for _code, label, note in items)
        self.cols = 2 if short and len(items) > 1 else 1


def _width(text: str) -> float:
    return sum(1.0 if ord(character) > 0x2000 else 0.55 for character in text)
