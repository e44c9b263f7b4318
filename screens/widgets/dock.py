"""The keyboards of the form, one at a time, docked at the bottom of the screen."""

from collections.abc import Callable
from typing import Any

from kivy.uix.boxlayout import BoxLayout

from kiosk.forms.views import FieldKind, FieldView
from kiosk.locale import Speech
from screens import kv
from screens.theme import Look
from screens.widgets.keyboard import Keyboard, LatinKeyboard
from screens.widgets.number_pad import NumberPad
from screens.widgets.pinyin_keyboard import PinyinKeyboard

DATE_DIGITS = 8


class Dock(BoxLayout):
    """Opens the keyboard that a field needs.

    Args:
        look: how everything looks.
        text_input: the pinyin engine.
        typed: called with the field's key and its new text.
        done: called when the person has finished with a field.
    """

    def __init__(
        self,
        look: Look,
        text_input: Any,
        typed: Callable[[str, str], None],
        done: Callable[[], None],
        **kwargs: Any,
    ) -> None:
        self._look = look
        self._text_input = text_input
        self._typed = typed
        self._done = done
        self._keyboards: dict[FieldKind, Keyboard] = {}
        self._open: Keyboard | None = None
        self._field = ""
        super().__init__(**kwargs)

    @property
    def field(self) -> str:
        """Key of the field that is being typed into, empty for none."""
        return self._field

    def open(self, field: FieldView, speech: Speech) -> None:
        """Open the keyboard for a field; does nothing when it is open already."""
        if self._field == field.key and self._open is not None:
            if self._open.speech is not speech:
                self._open.retranslate(speech)
            return
        self.close()
        keyboard = self._keyboard(field.kind)
        keyboard.retranslate(speech)
        length = DATE_DIGITS if field.kind is FieldKind.DATE else field.max_length
        keyboard.open(str(field.value or ""), length)
        self._field, self._open = field.key, keyboard
        self.add_widget(keyboard)

    def close(self) -> None:
        """Put the keyboard away; it forgets what was typed."""
        if self._open is not None:
            self._open.close()
            self.clear_widgets()
        self._open, self._field = None, ""

    def _keyboard(self, kind: FieldKind) -> Keyboard:
        kind = FieldKind.DIGITS if kind is FieldKind.DATE else kind
        if kind not in self._keyboards:
            made = self._make(kind)
            made.bind(on_value=lambda _k, text: self._typed(self._field, text))
            made.bind(on_done=lambda _k: self._done())
            self._keyboards[kind] = made
        return self._keyboards[kind]

    def _make(self, kind: FieldKind) -> Keyboard:
        if kind in (FieldKind.CHINESE_TEXT, FieldKind.PROSE):
            prose = kind is FieldKind.PROSE
            return PinyinKeyboard(self._look, text_input=self._text_input, prose=prose)
        if kind is FieldKind.LATIN_TEXT:
            return LatinKeyboard(look=self._look)
        if kind is FieldKind.DOCUMENT_NUMBER:
            return LatinKeyboard(look=self._look, digits=True, space=False)
        return NumberPad(look=self._look)

    def warm(self) -> bool:
        """Make one keyboard ahead; whether more are wanted."""
        wanted = (FieldKind.DIGITS, FieldKind.CHINESE_TEXT, FieldKind.LATIN_TEXT)
        missing = next((kind for kind in wanted if kind not in self._keyboards), None)
        if missing is not None:
            self._keyboard(missing)
        return missing is not None


kv.load(__file__)
