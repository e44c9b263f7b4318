"""Chinese characters from pinyin: letters below, what they may mean above."""

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.locale import Speech
from kiosk.text_input import TextInput
from screens import kv
from screens.widgets.keyboard import DIGITS, QWERTY, Key, Keyboard

SEPARATOR = "'"
_MOST_LETTERS = 40
_MOST_CANDIDATES = 30
_MARKS = {True: "，。？！、：", False: ",.?!:/"}
"""For sentences, by whether they are Chinese; offered while no letters wait."""
_LOOSE_UNITS = 44
"""Room around a candidate's characters, in design units."""


class CandidateBar(BoxLayout):
    """The letters that wait, and one page of what they may mean.

    Events:
        on_choice(index): a candidate was touched.

    Args:
        look: how everything looks.
    """

    __events__ = ("on_choice",)
    look = ObjectProperty(None)
    pending = StringProperty("")
    hint = StringProperty("")
    """shown while there is nothing to choose"""
    earlier = ObjectProperty(None)
    later = ObjectProperty(None)

    def __init__(self, look: Any, **kwargs: Any) -> None:
        self._pool = [Key(look, f"candidate.{index}", units=0) for index in range(_MOST_CANDIDATES)]
        self._count = 0
        self._starts = [0]
        self._page = 0
        super().__init__(look=look, **kwargs)
        for key in self._pool:
            key.bind(on_press=self._chosen)
        self.earlier = Key(look, "earlier", tone="word", word="◀", units=0)
        self.later = Key(look, "later", tone="word", word="▶", units=0)
        self.earlier.bind(on_press=lambda _key: self.turn(-1))
        self.later.bind(on_press=lambda _key: self.turn(1))
        self._hint = self.ids.hint.__self__
        self.ids.shelf.bind(width=self._relay)
        look.bind(scale=self._relay)

    def offer(self, pending: str, candidates: list[str]) -> None:
        """Show letters and what they may mean.

        Args:
            pending: letters typed and not yet turned into text.
            candidates: best first.
        """
        self.pending = pending
        self._count = min(len(candidates), len(self._pool))
        for key, text in zip(self._pool, candidates, strict=False):
            key.word = text
        for key in self._pool[self._count :]:
            key.word = ""
        self._page = 0
        self._relay()

    def turn(self, direction: int) -> None:
        """Show the next page of candidates, or the one before.

        Args:
            direction: 1 or -1.
        """
        if 0 <= self._page + direction < len(self._starts):
            self._page += direction
            self._show()

    def _relay(self, *_changed: object) -> None:
        gap = self.ids.shelf.spacing
        turning = 2 * self._turn_width() + 3 * gap
        room = self.ids.shelf.width
        for key in self._pool[: self._count]:
            key.width = max(self.look.target, key.text_width() + _LOOSE_UNITS * self.look.u)
        widths = [min(key.width, room - turning) for key in self._pool[: self._count]]
        self._starts = [0]
        if sum(widths) + gap * (len(widths) - 1) > room:
            used = 0.0
            for index, width in enumerate(widths):
                if used and used + width > room - turning:
                    self._starts.append(index)
                    used = 0.0
                used += width + gap
                self._pool[index].width = width
        self._page = min(self._page, len(self._starts) - 1)
        self._show()

    def _turn_width(self) -> float:
        return float(max(self.look.target, 76 * self.look.u))

    def _show(self) -> None:
        bounds = [*self._starts, self._count]
        row: list[Widget] = list(self._pool[bounds[self._page] : bounds[self._page + 1]])
        if len(self._starts) > 1:
            self.earlier.disabled = self._page == 0
            self.later.disabled = self._page == len(self._starts) - 1
            self.earlier.width = self.later.width = self._turn_width()
            row += [Widget(), self.earlier, self.later]
        if not self._count:
            row = [self._hint]
        shelf = self.ids.shelf
        shelf.clear_widgets()
        for widget in row:
            shelf.add_widget(widget)

    def _chosen(self, key: Key) -> None:
        self.dispatch("on_choice", self._pool.index(key))

    def on_choice(self, index: int) -> None:
        """A candidate was touched."""


class PinyinKeyboard(Keyboard):
    """Letters, digits and the candidates of a pinyin engine.

    Letters that still wait stand in the bar above; only chosen text is the value.

    Args:
        look: how everything looks.
        speech: for the words on keys.
        text_input: the engine; without one, letters and digits go straight into the text.
        prose: whether sentences are written, which need marks.
    """

    text_input = ObjectProperty(None, allownone=True)
    prose = BooleanProperty(False)
    chinese = BooleanProperty(True)
    """whether letters are pinyin; otherwise they are themselves"""

    def __init__(
        self,
        look: Any = None,
        speech: Speech | None = None,
        text_input: TextInput | None = None,
        **kwargs: Any,
    ) -> None:
        self._pending = ""
        self._candidates: list[str] = []
        super().__init__(look, speech, text_input=text_input, **kwargs)
        self.bind(text_input=lambda *_changed: self._ask(""))
        self._ask("")

    def build(self) -> None:
        """The bar of candidates above letters and digits."""
        self.bar = CandidateBar(self.look)
        self.bar.bind(on_choice=lambda _bar, index: self._choose(index))
        self.add_widget(self.bar)
        top, middle, low = QWERTY
        self.add_widget(self.row(self.letters(DIGITS)))
        self.add_widget(self.row(self.letters(top)))
        self.add_widget(self.row(self.letters(middle), indent=0.5))
        split, delete = self.key("split", "word", 1.5), self.key("delete", "word", 1.5)
        self.add_widget(self.row([split, *self.letters(low), delete]))
        last = [self.key("mode", "word", 1.75), self.key("hyphen")]
        last += [self.key("space", "word", 4.75), self.key("done", "accent", 2.5)]
        self.add_widget(self.row(last))

    def open(self, value: str = "", max_length: int = 0) -> None:
        """Begin with a text, in Chinese; no event is sent."""
        super().open(value, max_length)
        self.chinese = True
        self._ask("")
        self._say()

    def close(self) -> None:
        """Forget what was typed, in the engine too."""
        super().close()
        self._ask("")

    def retranslate(self, speech: Speech) -> None:
        """Put the words of a language on the keys."""
        super().retranslate(speech)
        self._say()

    def settle(self) -> None:
        """Turn the letters that wait into their likeliest characters."""
        while self._pending:
            self._choose(0)

    def pressed(self, key: Key) -> None:
        """A key went down: letters wait for their characters, all else goes into the text."""
        name = key.name
        if name == "mode":
            self.settle()
            self.chinese = not self.chinese
            self._ask("")
        elif name == "split" or (name.isalpha() and len(name) == 1 and self._spells()):
            self._spell(SEPARATOR if name == "split" else name.lower())
        elif name == "delete" and self._pending:
            self._ask(self._pending[:-1])
        elif name == "space" and self._pending:
            self._choose(0)
        elif name != "done":
            self.settle()
            super().pressed(key)

    def released(self, key: Key) -> None:
        """Finishing first turns the letters that wait into their likeliest characters."""
        if key.name == "done":
            self.settle()
        super().released(key)

    def _spells(self) -> bool:
        return self.chinese and self.text_input is not None

    def _spell(self, letter: str) -> None:
        idle = letter == SEPARATOR and self._pending[-1:] in ("", SEPARATOR)
        if not idle and len(self._pending) < _MOST_LETTERS:
            self._ask(self._pending + letter)

    def _ask(self, letters: str) -> None:
        self._pending = letters
        self._candidates = []
        if self.text_input is not None:
            if letters:
                self._candidates = self.text_input.candidates(letters)
            else:
                self.text_input.reset()
        marks = list(_MARKS[self.chinese]) if self.prose and not letters else []
        self.bar.offer(letters, self._candidates or marks)
        self._say()

    def _choose(self, index: int) -> None:
        if self.prose and not self._pending:
            self.type(_MARKS[self.chinese][index])
            return
        if index >= len(self._candidates):
            # Letters that mean nothing stay what they are rather than vanish.
            self.type(self._pending.replace(SEPARATOR, "").upper())
            self._ask("")
            return
        text, rest = self.text_input.choose(index)
        self.type(text)
        self._ask(rest if len(rest) < len(self._pending) else "")

    def _say(self) -> None:
        if self.speech is None:
            return
        to = "keyboard.key.to_latin" if self.chinese else "keyboard.key.to_chinese"
        self.keys["mode"].word = self.speech.text(to)
        hint = "keyboard.pinyin.hint"
        if self.text_input is None:
            hint = "keyboard.pinyin.absent"
        elif self._pending and not self._candidates:
            hint = "keyboard.pinyin.none"
        quiet = not self.chinese or bool(self._candidates) or (self.prose and not self._pending)
        self.bar.hint = "" if quiet and self.text_input is not None else self.speech.text(hint)


kv.load(__file__)
