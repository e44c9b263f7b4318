"""The person reads everything once more, by document."""

from typing import Any, ClassVar

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.flows.application.events import ChangeAsked, SectionShown, SubmitAsked
from kiosk.flows.application.states import Reviewing
from kiosk.forms.views import ReviewSection
from kiosk.locale import Speech
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets.buttons import TabButton
from screens.widgets.materials import MaterialsCard
from screens.widgets.review_card import ReviewCard
from screens.widgets.scroll import Scroll


class ReviewingScreen(FlowScreen):
    """A tab for each document, its facts with a way to change them, and one button to submit."""

    says: ClassVar = {
        "title": "apply.review.title",
        "declaration": "apply.review.declaration",
        "main_text": "apply.review.submit",
    }
    declaration = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._tabs: list[TabButton] = []
        self._drawn: tuple[ReviewSection | None, Speech | None] = (None, None)
        self._column = BoxLayout(orientation="vertical")
        self._column.bind(minimum_height=self._column.setter("height"))
        self._facts = ReviewCard(self._change)
        self._materials = MaterialsCard()
        self._scroll: Scroll = self.ids.scroll.__self__
        self._scroll.hold(self._column)

    def show(self, view: View) -> None:
        """Draw the section that is shown."""
        state = view.state
        assert isinstance(state, Reviewing)
        self._scroll.up_text = self.text("app.scroll.up")
        self._scroll.down_text = self.text("app.scroll.down")
        self._draw_tabs(state)
        section = state.sections[state.shown]
        if self._drawn != (section, self.speech):
            if self._drawn[0] is not section:
                self._scroll.to_top()
            self._drawn = (section, self.speech)
            self._draw_section(section)

    def _draw_tabs(self, state: Reviewing) -> None:
        assert self.speech is not None
        tabs = self.ids.tabs
        while len(self._tabs) < len(state.sections):
            tab = TabButton(name=f"section_{len(self._tabs)}")
            tab.bind(on_release=self._turn)
            self._tabs.append(tab)
        wanted = self._tabs[: len(state.sections)]
        if tabs.children != wanted[::-1]:
            tabs.clear_widgets()
            for tab in wanted:
                tabs.add_widget(tab)
        tabs.cols = 2 if self.tools.look.large or self.speech.language == "en" else 4
        tabs.cols = min(tabs.cols, len(wanted))
        for index, (tab, section) in enumerate(zip(wanted, state.sections, strict=True)):
            tab.text = self.speech.say(section.title)
            tab.chosen = index == state.shown

    def _draw_section(self, section: ReviewSection) -> None:
        assert self.speech is not None
        self._column.spacing = self.tools.look.gap
        self._facts.show(section.lines, self.speech)
        wanted: list[Any] = [self._facts] if section.lines else []
        if section.materials or section.fee_fen is not None:
            self._materials.show(section, self.speech)
            self._materials.title = self.text("apply.materials.title")
            wanted.append(self._materials)
        self._column.clear_widgets()
        for card in wanted:
            self._column.add_widget(card)

    def _turn(self, tab: TabButton) -> None:
        self.report(SectionShown(self._tabs.index(tab)))

    def _change(self, page: str) -> None:
        self.report(ChangeAsked(page))

    def report_main(self) -> None:
        """Everything is right."""
        self.report(SubmitAsked(self.tools.new_visit_id()))

    def left(self) -> None:
        """Forget what was reviewed."""
        self._drawn = (None, None)
        self._facts.forget()
        self._column.clear_widgets()


kv.load(__file__)
