"""The languages to choose from."""

from collections.abc import Callable

from kiosk.flows.session import Language, LanguageChosen
from screens.widgets.buttons import TabButton
from screens.widgets.even_grid import EvenGrid


class LanguageTabs:
    """A tab for each language in a row of a screen.

    Args:
        row: of the screen.
        report: takes `LanguageChosen`.
    """

    def __init__(self, row: EvenGrid, report: Callable[[object], None]) -> None:
        self._tabs: dict[Language, TabButton] = {}
        for language in Language:
            tab = TabButton(name=f"speak_{language.value}")
            tab.bind(on_release=lambda _b, chosen=language: report(LanguageChosen(chosen)))
            self._tabs[language] = tab
            row.add_widget(tab)

    def show(self, text: Callable[[str], str], spoken: Language) -> None:
        """Name the languages and mark the one in use."""
        for language, tab in self._tabs.items():
            tab.text = text(f"session.language.{language.value}")
            tab.chosen = language == spoken
