"""Digits for phones, postcodes, dates and ID numbers."""

from kivy.properties import BooleanProperty
from kivy.uix.boxlayout import BoxLayout

from screens import kv
from screens.widgets.keyboard import Keyboard


class NumberPad(Keyboard):
    """Digits as on a telephone; deleting and done at the right.

    Args:
        look: how everything looks.
        speech: for the words on keys.
        letter_x: an X key, the last place of some ID numbers.
    """

    letter_x = BooleanProperty(False)

    def build(self) -> None:
        """Three columns of digits and a column of two high keys."""
        digits = BoxLayout(orientation="vertical", size_hint=(3, None), spacing=self.spacing)
        digits.bind(minimum_height=digits.setter("height"))
        for three in ("123", "456", "789"):
            digits.add_widget(self.row(self.letters(three, "digit")))
        last = [self.key("clear", "word"), self.key("0", "digit", units=1 if self.letter_x else 2)]
        if self.letter_x:
            last.append(self.key("X", "digit"))
        digits.add_widget(self.row(last))
        side = BoxLayout(orientation="vertical", size_hint_x=1, spacing=self.spacing)
        side.add_widget(self.key("delete", "word"))
        side.add_widget(self.key("done", "accent"))
        self.add_widget(digits)
        self.add_widget(side)
        self.bind(spacing=digits.setter("spacing"))
        self.bind(spacing=side.setter("spacing"))


kv.load(__file__)
