"""The person reads everything once more, by document."""

from typing import Any, ClassVar

from kivy.properties import NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.flows.application.events import ChangeAsked, SectionShown, SubmitAsked
from kiosk.flows.application.states import Reviewing
from kiosk.flows.ticket.events import PriorityAsked
from kiosk.forms.views import ReviewSection
from kiosk.locale import Speech
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets.buttons import TabButton
from screens.widgets.even_grid import EvenGrid
from screens.widgets.materials import MaterialsCard
from screens.widgets.review_card import ReviewCard
from screens.widgets.scroll import Scroll


class SectionPager(BoxLayout):
    """The sections one after another: in large type there is no room for all their names."""

    text = StringProperty("")
    index = NumericProperty(0)
    count = NumericProperty(1)
    __events__ = ("on_turn",)

    def turn(self, by: int) -> None:
        """One section back or on."""
        self.dispatch("on_turn", self.index + by)

    def on_turn(self, index: int) -> None:
        """The person wants to see another section."""


class ReviewingScreen(FlowScreen):
    """A tab for each document, its facts with a way to change them, and one button to submit."""

    says: ClassVar = {
        "title": "apply.review.title",
        "declaration": "apply.review.declaration",
        "main_text": "apply.review.submit",
        "second_text": "apply.review.priority",
    }
    declaration = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._tabs: list[TabButton] = []
        self._drawn: tuple[ReviewSection | None, Speech | None] = (None, None)
        self._column = BoxLayout(orientation="vertical")
        self._column.bind(minimum_height=self._column.setter("height"))
        self._grid = EvenGrid(cols=2)
        self._pager = SectionPager()
        self._pager.bind(on_turn=lambda _pager, index: self._turn(index))
        self._facts = ReviewCard(self._change)
        self._materials = MaterialsCard()
        self._scroll: Scroll = self.ids.scroll.__self__
        self._scroll.hold(self._column)

    def show(self, view: View) -> None:
        """Draw the section that is shown."""
        state = view.state
        assert isinstance(state, Reviewing)
        self._draw_tabs(state)
        section = state.sections[state.shown]
        if self._drawn != (section, self.speech):
            if self._drawn[0] is not section:
                self._scroll.to_top()
            self._drawn = (section, self.speech)
            self._draw_section(section)

    def _draw_tabs(self, state: Reviewing) -> None:
        assert self.speech is not None
        titles = [self.speech.say(section.title) for section in state.sections]
        large = self.tools.look.large
        where, chooser = self.ids.where, self._pager if large else self._grid
        if where.children != [chooser]:
            where.clear_widgets()
            where.add_widget(chooser)
        if large:
            self._pager.text = titles[state.shown]
            self._pager.index, self._pager.count = state.shown, len(titles)
            return
        while len(self._tabs) < len(titles):
            tab = TabButton(name=f"section_{len(self._tabs)}")
            tab.bind(on_release=lambda touched: self._turn(self._tabs.index(touched)))
            self._tabs.append(tab)
        wanted = self._tabs[: len(titles)]
        if self._grid.children != wanted[::-1]:
            self._grid.clear_widgets()
            for tab in wanted:
                self._grid.add_widget(tab)
        self._grid.cols = 3 if len(wanted) == 3 else min(2, len(wanted))
        for index, (tab, title) in enumerate(zip(wanted, titles, strict=True)):
            tab.text, tab.chosen = title, index == state.shown

    def _draw_section(self, section: ReviewSection) -> None:
        assert self.speech is not None
        self._column.spacing = self.tools.look.gap
        self._facts.show(section.lines, self.speech)
        wanted: list[Any] = [self._facts] if section.lines else []
        if section.document is not None:
            self._materials.show(section, self.speech)
            self._materials.title = self.text("apply.materials.title")
            wanted.append(self._materials)
        self._column.clear_widgets()
        for card in wanted:
            self._column.add_widget(card)

    def _turn(self, index: int) -> None:
        self.report(SectionShown(index))

    def _change(self, page: str) -> None:
        self.report(ChangeAsked(page))

    def report_main(self) -> None:
        """Everything is right."""
        self.report(SubmitAsked(self.tools.new_visit_id()))

    def report_second(self) -> None:
        """Something lets me go first."""
        self.report(PriorityAsked())

    def left(self) -> None:
        """Forget what was reviewed."""
        self._drawn = (None, None)
        self._facts.forget()
        self._column.clear_widgets()


kv.load(__file__)
