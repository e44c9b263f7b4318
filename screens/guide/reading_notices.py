"""The reader reads what the hall tells today: travel warnings and other notices."""

from typing import Any, ClassVar

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.domain.notice_board import HallNotice
from kiosk.flows.guide.states import ReadingNotices
from kiosk.runtime.view import View
from screens import kv
from screens.base import Tools
from screens.guide.guide_page import GuidePage
from screens.notice_words import as_of
from screens.widgets import advice  # noqa: F401 - named in reading_notices.kv
from screens.widgets.notice_card import NoticeCard


class ReadingNoticesScreen(GuidePage):
    """A card for each; while central is away, from when they are."""

    says: ClassVar = {"title": "guide.topic.notices.title", "main_text": "guide.close"}
    age = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._cards = BoxLayout(orientation="vertical", spacing=tools.look.gap)
        self._cards.bind(minimum_height=self._cards.setter("height"))
        self.ids.scroll.hold(self._cards)

    def show(self, view: View) -> None:
        """Draw the notices."""
        state = view.state
        assert isinstance(state, ReadingNotices)
        assert self.speech is not None
        self.offer_paper(state.slip, ready=view.machine.printer_ready)
        if not state.notices:
            self.second_text = ""
        when = as_of(view.machine, self.speech)
        self.age = self.text("guide.notices.as_of", when=when) if when else ""
        none = "away" if view.machine.central_away else "none"
        self.lead = "" if state.notices else self.text(f"guide.notices.{none}")
        self.draw(self._cards, state.notices, self._card)

    def _card(self, notice: HallNotice) -> NoticeCard:
        assert self.speech is not None
        card = NoticeCard()
        card.show(notice, self.speech)
        return card


kv.load(__file__)
