"""A label that breaks Chinese lines where a reader expects it and shows rare characters."""

from functools import cache
from typing import Any

from kivy.core.text import Label as CoreLabel
from kivy.core.text.markup import MarkupLabel as CoreMarkupLabel
from kivy.graphics.texture import Texture
from kivy.properties import BooleanProperty
from kivy.uix.label import Label
from kivy.utils import get_hex_from_color

from screens import fonts, kv
from screens.line_breaking import wrap

_STYLE = ("font_name", "font_size", "bold", "italic", "color", "line_height")


class WrappedLabel(Label):
    """A text of any length in the width it is given; its height follows.

    `text` is plain text and stays as it was set: brackets are brackets, and the line breaks and
    fonts that are added are only drawn. `texture_size` is never wider than the label.
    """

    wrapped = BooleanProperty(True)
    """off: one line of its own width, for labels that take the width of their text"""

    def __init__(self, **kwargs: Any) -> None:
        self._laid_out: tuple[object, ...] = ()
        self._measured: tuple[object, Any] = ((), None)
        self._shown = ""
        super().__init__(**kwargs)
        self.fbind("width", self._widened)
        self.fbind("wrapped", self._trigger_texture)

    def texture_update(self, *_changed: object) -> None:
        """Lay the text out anew; Kivy calls it before the next frame."""
        shown = self.shown()
        texture = self._drawn(shown) if shown.strip() else None
        self.texture = texture
        self.texture_size = list(texture.size) if texture else [0, 0]

    def shown(self) -> str:
        """The text with the line breaks it is drawn with."""
        asked = (self.text, self.width, self.font_name, self.font_size, self.bold, self.wrapped)
        if asked != self._laid_out:
            # A label that is being placed for the first time has no width yet to break lines for.
            placed = self.wrapped and self.width >= self.font_size
            self._shown = wrap(self.text, self.width, self._ruler()) if placed else self.text
            self._laid_out = asked
        return self._shown

    def wrapped_lines(self, text: str) -> list[str]:
        """The lines that a text would take in this label."""
        return wrap(text, self.width, self._ruler()).split("\n") if text else []

    @property
    def line_px(self) -> float:
        """Height of one line."""
        label = CoreLabel(font_name=self.font_name, font_size=self.font_size, bold=self.bold)
        return float(label.get_extents("国")[1])

    def _ruler(self) -> Any:
        """Measures pieces of this text, each once: while a page is laid out widths change often."""
        text = (self.text, self.font_name, self.font_size, self.bold)
        if self._measured[0] != text:
            label = CoreLabel(font_name=self.font_name, font_size=self.font_size, bold=self.bold)
            self._measured = (text, cache(lambda piece: label.get_extents(piece)[0]))
        return self._measured[1]

    def _drawn(self, shown: str) -> Texture | None:
        style = {name: getattr(self, name) for name in _STYLE}
        style["halign"] = "left" if self.halign == "auto" else self.halign
        if fonts.lacks(shown, self.font_name):
            ink = get_hex_from_color(self.color)
            marked = fonts.with_rare(shown, self.font_name)
            core = CoreMarkupLabel(text=f"[color={ink}]{marked}[/color]", **style)
        else:
            core = CoreLabel(text=shown, **style)
        core.refresh()
        return core.texture

    def _widened(self, *_changed: object) -> None:
        # A height that follows the width needs no second picture when the lines stay the same.
        before = self._shown
        if self.wrapped and (self.shown() != before or not self.texture):
            self._trigger_texture()


kv.load(__file__)
