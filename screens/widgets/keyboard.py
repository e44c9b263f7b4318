"""Keys, what every on-screen keyboard can do, and the keyboard of capital letters."""

from collections.abc import Iterable
from typing import Any

from kivy.core.text import Label as CoreLabel
from kivy.lang.builder import global_idmap
from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    NumericProperty,
    ObjectProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label
from kivy.uix.widget import Widget

from kiosk.locale import Speech
from screens import fonts, kv

LABELS = {
    "delete": "keyboard.key.delete",
    "clear": "keyboard.key.clear",
    "space": "keyboard.key.space",
    "done": "keyboard.key.done",
    "split": "keyboard.key.split",
}
"""Message keys of the keys that carry a word instead of a character."""

SPELT = {"hyphen": "-", "dot": ".", "space": " "}
"""What named keys type."""

QWERTY = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
DIGITS = "1234567890"

_ROLES = {"letter": "value", "digit": "title", "word": "body", "accent": "body"}
"""Size of type by tone."""

_TEXT_OF_WIDTH = 0.86
"""How much of a key's width its word may take."""


class Key(ButtonBehavior, Label):
    """One key. A character's key acts under the finger, a key with consequences on lifting it."""

    look = ObjectProperty(None)
    name = StringProperty("")
    """the character, or the name of what it does; a stable key for tests and for a keypad"""
    tone = OptionProperty("letter", options=["letter", "digit", "word", "accent"])
    units = NumericProperty(1)
    """width beside the keys of its row, 0 for a width of its own"""
    fitted = NumericProperty(46)
    """font size in pixels: what the look wants, or less where the word is long"""
    ground = ColorProperty()
    word = StringProperty("")
    """what it shows, as plain text; rare characters are drawn from another font"""

    def __init__(self, look: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(look=look, name=name, **kwargs)
        look.bind(scale=self._fit, u=self._fit)
        self.bind(word=self._write, font_name=self._write, width=self._fit, tone=self._fit)
        self._write()

    @property
    def role(self) -> str:
        """Which size of type of the look it has."""
        return _ROLES[self.tone]

    def text_width(self) -> float:
        """Width of its word in pixels at the size that the look wants."""
        return extent(self.word, self.font_name, self.look.size(self.role), bold=self.bold)

    def _write(self, *_changed: object) -> None:
        self.markup = fonts.lacks(self.word, self.font_name)
        self.text = fonts.with_rare(self.word, self.font_name) if self.markup else self.word
        self._fit()

    def _fit(self, *_changed: object) -> None:
        wanted = self.look.size(self.role)
        room = self.width * _TEXT_OF_WIDTH
        needed = self.text_width() if self.word else 0.0
        self.fitted = wanted * min(1.0, room / needed) if needed > 0 < room else wanted


def extent(text: str, font: str, size_px: float, *, bold: bool) -> float:
    """Width of a line of text in pixels.

    Args:
        text: one line.
        font: family.
        size_px: font size.
        bold: weight.
    """
    label = CoreLabel(font_name=font, font_size=size_px, bold=bold)
    return float(label.get_extents(text)[0])


class KeyRow(BoxLayout):
    """Keys side by side."""

    look = ObjectProperty(None)


class Keyboard(BoxLayout):
    """What every on-screen keyboard can do.

    Events:
        on_value(text): the text changed.
        on_done(): the person has finished.

    Args:
        look: how everything looks; the installed one when not given.
        speech: for the words on keys; may come later through `retranslate`.
    """

    __events__ = ("on_value", "on_done")
    look = ObjectProperty(None)

    def __init__(self, look: Any = None, speech: Speech | None = None, **kwargs: Any) -> None:
        super().__init__(look=look or global_idmap["look"], **kwargs)
        self.speech = speech
        self.keys: dict[str, Key] = {}
        self._value = ""
        self._max_length = 0
        self.build()
        if speech is not None:
            self.retranslate(speech)

    def build(self) -> None:
        """Lay the keys; each keyboard its own."""

    @property
    def value(self) -> str:
        """The text typed so far."""
        return self._value

    def open(self, value: str = "", max_length: int = 0) -> None:
        """Begin with a text; no event is sent.

        Args:
            value: that stands in the field.
            max_length: in characters, 0 for no limit.
        """
        self._value = value
        self._max_length = max_length

    def settle(self) -> None:
        """Bring into the text what is not in it yet; for a person who goes on without "done"."""

    def close(self) -> None:
        """Forget what was typed; called when the field or the session ends."""
        self._value = ""
        self._max_length = 0

    def retranslate(self, speech: Speech) -> None:
        """Put the words of a language on the keys."""
        self.speech = speech
        for name, key in self.keys.items():
            if name in LABELS:
                key.word = speech.text(LABELS[name])

    def type(self, text: str) -> None:
        """Add to the text as far as its limit allows."""
        room = self._max_length - len(self._value) if self._max_length else len(text)
        self.put(self._value + text[: max(0, room)])

    def put(self, value: str) -> None:
        """Take a new text and tell whoever listens, if it is another one."""
        if value != self._value:
            self._value = value
            self.dispatch("on_value", value)

    def pressed(self, key: Key) -> None:
        """A key went down."""
        if key.name == "delete":
            self.put(self._value[:-1])
        elif key.name == "clear":
            self.put("")
        elif key.name != "done":
            self.type(SPELT.get(key.name, key.name))

    def released(self, key: Key) -> None:
        """A key came up again."""
        if key.name == "done":
            self.dispatch("on_done")

    def key(self, name: str, tone: str = "letter", units: float = 1) -> Key:
        """A key of this keyboard, known by its name."""
        word = "" if name in LABELS else SPELT.get(name, name)
        key = Key(self.look, name, tone=tone, units=units, word=word)
        key.bind(on_press=self.pressed, on_release=self.released)
        self.keys[name] = key
        return key

    def row(self, keys: Iterable[Widget], indent: float = 0) -> KeyRow:
        """A row of keys.

        Args:
            keys: from left to right.
            indent: empty room at both ends, in key widths.
        """
        row = KeyRow(look=self.look)
        inner = list(keys)
        if indent:
            inner = [Widget(size_hint_x=indent), *inner, Widget(size_hint_x=indent)]
        for widget in inner:
            row.add_widget(widget)
        return row

    def letters(self, names: str, tone: str = "letter") -> list[Key]:
        """Keys of single characters."""
        return [self.key(name, tone) for name in names]

    def on_value(self, text: str) -> None:
        """The text changed."""

    def on_done(self) -> None:
        """The person has finished."""


class LatinKeyboard(Keyboard):
    """Capital letters, for names in pinyin and for document numbers.

    Args:
        look: how everything looks.
        speech: for the words on keys.
        digits: a row of digits above.
        space: a space key.
        hyphen: a hyphen key.
        dot: a full stop key.
    """

    digits = BooleanProperty(False)
    space = BooleanProperty(True)
    hyphen = BooleanProperty(False)
    dot = BooleanProperty(False)

    def build(self) -> None:
        """QWERTY, deleting at the right of the last letters, done below it."""
        top, middle, low = QWERTY
        if self.digits:
            self.add_widget(self.row(self.letters(DIGITS)))
        self.add_widget(self.row(self.letters(top)))
        self.add_widget(self.row(self.letters(middle), indent=0.5))
        self.add_widget(
            self.row([Widget(size_hint_x=0.5), *self.letters(low), self.key("delete", "word", 2.5)])
        )
        last: list[Widget] = [
            self.key(name, "letter")
            for name, wanted in {"hyphen": self.hyphen, "dot": self.dot}.items()
            if wanted
        ]
        room = 7.5 - len(last)
        last.append(self.key("space", "word", room) if self.space else Widget(size_hint_x=room))
        self.add_widget(self.row([*last, self.key("done", "accent", 2.5)]))


kv.load(__file__)
