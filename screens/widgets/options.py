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
        self._buttons: dict[str, OptionButton] = {}
        super().__init__(cols=1, **kwargs)

    def show(self, items: list[tuple[str, str, str]], chosen: set[str]) -> None:
        """Draw the options.

        Args:
            items: code, label and note of each.
            chosen: codes that are chosen.
        """
        if [one[0] for one in items] != list(self._buttons):
            self._rebuild([one[0] for one in items])
        for code, label, note in items:
            button = self._buttons[code]
            button.text, button.note, button.chosen = label, note, code in chosen
        short = all(_width(label) <= _SHORT and not note for _code, label, note in items)
        self.cols = 2 if short and len(items) > 1 else 1

    def _rebuild(self, codes: list[str]) -> None:
        self.clear_widgets()
        self._buttons = {}
        for code in codes:
            button = OptionButton(name=code, several=self._several)
            button.bind(on_release=lambda _b, code=code: self._tell(code))
            self._buttons[code] = button
            self.add_widget(button)


def _width(text: str) -> float:
    return sum(1.0 if ord(character) > 0x2000 else 0.55 for character in text)
