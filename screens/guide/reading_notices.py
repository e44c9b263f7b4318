"""The reader reads what the hall tells today: travel warnings and other notices."""

from typing import Any, ClassVar

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.domain.notice_board import HallNotice
from kiosk.flows.application.events import NextAsked
from kiosk.flows.guide.events import SlipAsked
from kiosk.flows.guide.states import ReadingNotices
from kiosk.locale import Speech
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.guide.slip_words import slip_words
from screens.notice_words import as_of
from screens.widgets import advice  # noqa: F401 - named in reading_notices.kv
from screens.widgets.notice_card import NoticeCard


class ReadingNoticesScreen(FlowScreen):
    """A card for each; while central is away, from when they are."""

    says: ClassVar = {"title": "guide.topic.notices.title", "main_text": "guide.close"}
    slip_text = StringProperty("")
    slip_tone = StringProperty("good")
    age = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._drawn: tuple[tuple[HallNotice, ...], Speech | None] = ((), None)
        self._cards = BoxLayout(orientation="vertical", spacing=tools.look.gap)
        self._cards.bind(minimum_height=self._cards.setter("height"))
        self.ids.scroll.hold(self._cards)

    def show(self, view: View) -> None:
        """Draw the notices."""
        state = view.state
        assert isinstance(state, ReadingNotices)
        assert self.speech is not None
        words = slip_words(state.slip, self.speech, ready=view.machine.printer_ready)
        self.second_text, self.slip_text, self.slip_tone = words
        if not state.notices:
            self.second_text = ""
        when = as_of(view.machine, self.speech)
        self.age = self.text("guide.notices.as_of", when=when) if when else ""
        none = "away" if view.machine.central_away else "none"
        self.lead = "" if state.notices else self.text(f"guide.notices.{none}")
        if self._drawn == (state.notices, self.speech):
            return
        self._drawn = (state.notices, self.speech)
        self._cards.clear_widgets()
        for notice in state.notices:
            card = NoticeCard()
            card.show(notice, self.speech)
            self._cards.add_widget(card)
        self.ids.scroll.to_top()

    def report_main(self) -> None:
        """Enough read."""
        self.report(NextAsked())

    def report_second(self) -> None:
        """On paper, please."""
        self.report(SlipAsked())


kv.load(__file__)
