"""One question of the form: what is asked, the answer so far, and what is wrong with it."""

from collections.abc import Callable
from typing import Any

from kivy.core.text import Label as CoreLabel
from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.forms.views import Answer, FieldKind, FieldView, Source
from kiosk.locale import Speech
from screens import kv
from screens.theme import Look
from screens.widgets import icon, words  # noqa: F401 - named in field_card.kv
from screens.widgets.buttons import Press
from screens.widgets.options import Options
from screens.widgets.panel import Panel

TYPED = frozenset(
    {
        FieldKind.CHINESE_TEXT,
        FieldKind.PROSE,
        FieldKind.LATIN_TEXT,
        FieldKind.DIGITS,
        FieldKind.DOCUMENT_NUMBER,
        FieldKind.DATE,
        FieldKind.LONG_CHOICE,
    }
)
"""Kinds answered by touching the answer; the others are answered in place."""

SHAPES = ("box", "one", "several")
"""How an answer is shown: a box to touch, options of which one or several are chosen."""
OPTIONS_AHEAD = 3

_TAGS = {Source.ID_CARD: "apply.field.from_card", Source.DERIVED: "apply.field.derived"}
_PLACEHOLDERS = {
    FieldKind.LONG_CHOICE: "apply.field.choose",
    FieldKind.DATE: "apply.field.date",
}


class AnswerBox(Press):
    """The answer so far; touching it opens the keyboard or the list."""

    shown = StringProperty("")
    placeholder = StringProperty("")
    focused = BooleanProperty(False)
    locked = BooleanProperty(False)
    wrong = BooleanProperty(False)
    opens = StringProperty("pen")
    caret = NumericProperty(0)
    """where the next character will stand, in pixels from the left of the text"""
    line_height = NumericProperty(0)
    text_x = NumericProperty(0)
    text_y = NumericProperty(0)

    def on_kv_post(self, base_widget: Any) -> None:
        """Keep the caret behind the text."""
        value = self.ids.value
        for name in ("texture_size", "font_size", "text"):
            value.fbind(name, self._place_caret)
        self._place_caret(value)

    def _place_caret(self, value: Any, *_changed: object) -> None:
        last = value.shown().split("\n")[-1] if self.shown else ""
        label = CoreLabel(font_name=value.font_name, font_size=value.font_size, bold=value.bold)
        width, height = label.get_extents(last or " ")
        self.caret = (width if last else 0) + 4
        self.line_height = height


class FieldCard(Panel):
    """A field.

    Args:
        look: how everything looks.
        focused: called with the field's key when its answer is touched.
        answered: called with the field's key and an answer chosen in place.
    """

    label = StringProperty("")
    hint = StringProperty("")
    tag = StringProperty("")
    finding = StringProperty("")
    focused = BooleanProperty(False)

    def __init__(
        self,
        look: Look,
        focused: Callable[[str], None],
        answered: Callable[[str, Answer], None],
        **kwargs: Any,
    ) -> None:
        self._look = look
        self._tell_focus = focused
        self._tell_answer = answered
        self._field: FieldView | None = None
        self._box: AnswerBox | None = None
        self._options: Options | None = None
        super().__init__(**kwargs)

    def show(self, field: FieldView, speech: Speech, *, focused: bool) -> None:
        """Draw a field.

        Args:
            field: to draw; its shape (`shape_of`) never changes for one card.
            speech: of the session's language.
            focused: whether the keyboard writes to it.
        """
        self._field = field
        self.focused = focused
        self.label = speech.say(field.label)
        self.hint = speech.say(field.hint) if field.hint else ""
        self.finding = speech.say(field.finding.says) if field.finding else ""
        self.tag = _tag(field, speech)
        if field.kind in TYPED or field.locked:
            self._show_box(field, speech)
        else:
            self._show_options(field, speech)

    def prepare(self, shape: str) -> None:
        """Make what the answer is shown in, ahead of the first field.

        Args:
            shape: a value of `SHAPES`.
        """
        if shape == "box":
            self._box = AnswerBox()
            self._box.bind(on_release=lambda _b: self._touched())
            self.ids.answer.add_widget(self._box)
        else:
            self._options = Options(self._choose, several=shape == "several")
            self._options.prepare(OPTIONS_AHEAD)
            self.ids.answer.add_widget(self._options)

    def forget(self) -> None:
        """Wipe the answer."""
        self._field = None
        self.finding = ""
        if self._box is not None:
            self._box.shown = ""

    def _touched(self) -> None:
        assert self._field is not None
        self._tell_focus(self._field.key)

    def _show_box(self, field: FieldView, speech: Speech) -> None:
        if self._box is None:
            self.prepare("box")
        assert self._box is not None
        box = self._box
        box.name = field.key
        shown = speech.say(field.shown) if field.shown else str(field.value or "")
        box.shown = shown
        key = _PLACEHOLDERS.get(field.kind, "apply.field.type")
        box.placeholder = "" if shown or field.locked else speech.text(key)
        box.locked = field.locked
        box.disabled = field.locked
        box.focused = self.focused
        box.wrong = bool(field.finding)
        box.opens = "down" if field.kind is FieldKind.LONG_CHOICE else "pen"

    def _show_options(self, field: FieldView, speech: Speech) -> None:
        if self._options is None:
            self.prepare(shape_of(field))
        assert self._options is not None
        if field.kind is FieldKind.YES_NO:
            items = [(code, speech.text(f"apply.field.{code}"), "") for code in ("yes", "no")]
            chosen = {"yes"} if field.value is True else {"no"} if field.source else set()
        else:
            items = [
                (one.code, speech.say(one.label), speech.say(one.note) if one.note else "")
                for one in field.options
            ]
            chosen = set(field.value) if isinstance(field.value, tuple) else {str(field.value)}
        self._options.show(items, chosen)

    def _choose(self, code: str) -> None:
        field = self._field
        assert field is not None
        if field.kind is FieldKind.YES_NO:
            self._tell_answer(field.key, code == "yes")
        elif isinstance(field.value, tuple) or field.kind is FieldKind.CHOICES:
            before = set(field.value) if isinstance(field.value, tuple) else set()
            after = before ^ {code}
            self._tell_answer(
                field.key, tuple(one.code for one in field.options if one.code in after)
            )
        else:
            self._tell_answer(field.key, code)


def shape_of(field: FieldView) -> str:
    """Which shape of card a field needs."""
    if field.kind in TYPED or field.locked:
        return "box"
    return "several" if field.kind is FieldKind.CHOICES else "one"


def _tag(field: FieldView, speech: Speech) -> str:
    if field.value and field.source in _TAGS:
        return speech.text(_TAGS[field.source])
    return speech.text("apply.field.optional") if field.optional else ""


kv.load(__file__)
