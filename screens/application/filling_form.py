"""The person answers one page of the form."""

from typing import Any

from kivy.properties import NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.flows.application.events import AnswerGiven, FieldFocused, NextAsked
from kiosk.flows.application.states import FillingForm
from kiosk.forms.views import Answer, FieldKind, FieldView, PageView
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets.card_pool import CardPool
from screens.widgets.dock import Dock
from screens.widgets.field_card import TYPED, FieldCard
from screens.widgets.picker import Picker
from screens.widgets.scroll import Scroll


class FillingFormScreen(FlowScreen):
    """Fields as cards; the keyboard, or the list, of the one that is being answered."""

    page_text = StringProperty("")
    top_height = NumericProperty(0)

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._page = ""
        self._cards: dict[str, FieldCard] = {}
        self._pool = CardPool(lambda: FieldCard(tools.look, self._touched, self._answered))
        self._column = BoxLayout(orientation="vertical", size_hint_y=None)
        self._column.bind(minimum_height=self._column.setter("height"))
        self._scroll: Scroll = self.ids.scroll.__self__
        self._scroll.hold(self._column)
        self._scroll.ids.sight.bind(height=lambda *_changed: self._reveal())
        self._dock = Dock(tools.look, tools.text_input(), self._typed, self.report_done)
        self._picker = Picker(tools.look, self._picked, self.report_done)
        self._focus = ""
        self.add_widget(self._dock)

    def show(self, view: View) -> None:
        """Draw the page; only what changed is drawn anew."""
        state = view.state
        assert isinstance(state, FillingForm)
        assert self.speech is not None
        page, speech = state.page, self.speech
        # A keyboard in large type leaves room for the question alone.
        bare = bool(state.focus) and self.tools.look.large
        self.title = "" if bare else speech.say(page.title)
        place = self.text("apply.form.page", page=page.index + 1, pages=page.count)
        self.page_text = "" if bare else place
        last = page.index + 1 >= page.count or state.from_review
        self.main_text = self.text("apply.form.to_review" if last else "apply.form.next")
        self._lay(page)
        for field in page.fields:
            self._cards[field.key].show(field, speech, focused=field.key == state.focus)
        focused = next((one for one in page.fields if one.key == state.focus), None)
        self.lead = speech.say(page.lead) if page.lead and focused is None else ""
        self._attend(focused)

    def _lay(self, page: PageView) -> None:
        if page.key != self._page:
            self._page = page.key
            self._scroll.to_top()
        self._cards = self._pool.cards(page.fields)
        self._column.spacing = self.tools.look.gap
        wanted = list(self._cards.values())
        if self._column.children != wanted[::-1]:
            self._column.clear_widgets()
            for card in wanted:
                self._column.add_widget(card)

    def warm(self) -> bool:
        """Make a keyboard, a card or a part of the list ahead; whether more is wanted."""
        return self._dock.warm() or self._pool.warm() or self._picker.warm()

    def _attend(self, field: FieldView | None) -> None:
        """Open what the focused field is answered with."""
        assert self.speech is not None
        typed = field is not None and field.kind in TYPED and not field.locked
        listed = typed and field is not None and field.kind is FieldKind.LONG_CHOICE
        middle = self._picker if listed else self._scroll
        low = self._dock if typed and not listed else None if listed else self.actions
        wanted = [self.ids.top.__self__, middle, *([low] if low else [])]
        if self.children != wanted[::-1]:
            self.clear_widgets()
            for widget in wanted:
                self.add_widget(widget)
        if field is None or low is not self._dock:
            self._dock.close()
        else:
            self._dock.open(field, self.speech)
        if field is not None and listed:
            self.title = self.speech.say(field.label)
            self._picker.open(field, self.speech)
        else:
            self._picker.close()
        self._focus = field.key if field else ""
        self._scroll.guided = low is not self._dock
        self._reveal()

    def _reveal(self) -> None:
        card = self._cards.get(self._focus)
        if card is not None:
            self._scroll.reveal(card, self.tools.look.gap)

    def _touched(self, key: str) -> None:
        self.report(FieldFocused(key))

    def _answered(self, key: str, value: Answer) -> None:
        self.report(AnswerGiven(key, value))

    def _typed(self, key: str, text: str) -> None:
        self.report(AnswerGiven(key, text))

    def _picked(self, code: str) -> None:
        self.report(AnswerGiven(self._focus, code))
        self.report(FieldFocused(""))

    def report_done(self) -> None:
        """The person has finished with a field."""
        self.report(FieldFocused(""))

    def report_main(self) -> None:
        """Next page."""
        self.report(NextAsked())

    def left(self) -> None:
        """Forget the answers."""
        self._dock.close()
        self._picker.close()
        self._page, self._focus = "", ""
        self._cards = self._pool.cards(())
        self._column.clear_widgets()


kv.load(__file__)
