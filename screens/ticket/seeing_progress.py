"""The holder of a card reads how far their documents are."""

from typing import Any, ClassVar

from kivy.uix.boxlayout import BoxLayout

from kiosk.flows.application.events import NextAsked
from kiosk.flows.ticket.standing import Application
from kiosk.flows.ticket.states import SeeingProgress
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets.card_pool import free_one
from screens.widgets.standing_card import StandingCard
from screens.widgets.words import Words

AHEAD = 4
"""documents that a person has applied for, as a rule at most"""


class SeeingProgressScreen(FlowScreen):
    """A card for each document, below the hall and the day of its application."""

    says: ClassVar = {"title": "progress.seeing.title", "main_text": "place.seeing.close"}

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._list = BoxLayout(orientation="vertical", spacing=tools.look.gap)
        self._cards: list[StandingCard] = []
        self._headlines: list[Words] = []
        self._list.bind(minimum_height=self._list.setter("height"))
        self.ids.scroll.hold(self._list)

    def show(self, view: View) -> None:
        """Draw the applications."""
        state = view.state
        assert isinstance(state, SeeingProgress)
        assert self.speech is not None
        self._list.clear_widgets()
        for application in state.applications:
            headline = free_one(self._headlines, Words)
            headline.text = self._headline(application)
            self._list.add_widget(headline)
            for standing in application.documents:
                card = free_one(self._cards, StandingCard)
                card.show(standing, self.speech)
                self._list.add_widget(card)

    def warm(self) -> bool:
        """Make a card ahead: all at once they take longer than a touch may wait."""
        if len(self._cards) >= AHEAD:
            return False
        self._cards.append(StandingCard())
        return True

    def _headline(self, application: Application) -> str:
        assert self.speech is not None
        names = application.hall_names
        return self.text(
            "progress.seeing.application",
            day=self.speech.date(application.received),
            hall=names.get(self.speech.language) or names.get("zh_CN", ""),
        )

    def left(self) -> None:
        """Forget whose it was."""
        self._list.clear_widgets()
        for card in self._cards:
            card.forget()
        for headline in self._headlines:
            headline.text = ""

    def report_main(self) -> None:
        """Read."""
        self.report(NextAsked())


kv.load(__file__)
