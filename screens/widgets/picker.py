"""A long list in pages of big buttons; groups first where there are groups."""

from collections.abc import Callable
from typing import Any

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.forms.views import FieldView, Option
from kiosk.locale import Speech
from screens import kv
from screens.theme import Look
from screens.widgets.buttons import TabButton
from screens.widgets.even_grid import EvenGrid  # noqa: F401 - named in picker.kv

_UNITS_HIGH = 116
_BUTTONS_AHEAD = 24
_ROW = 6


class Picker(BoxLayout):
    """One of many.

    Args:
        look: how everything looks.
        chosen: called with the code.
        closed: called when the person goes back to the form.
    """

    place = StringProperty("")
    earlier_text = StringProperty("")
    later_text = StringProperty("")
    close_text = StringProperty("")
    first_page = BooleanProperty(True)
    last_page = BooleanProperty(True)

    def __init__(
        self,
        look: Look,
        chosen: Callable[[str], None],
        closed: Callable[[], None],
        **kwargs: Any,
    ) -> None:
        self._look = look
        self._tell = chosen
        self._close = closed
        self._field: FieldView | None = None
        self._speech: Speech | None = None
        self._group: str | None = None
        self._page = 0
        self._pool: list[TabButton] = []
        super().__init__(**kwargs)
        self.ids.room.bind(size=self._draw)

    def open(self, field: FieldView, speech: Speech) -> None:
        """Draw a field's options; the page of the answer so far comes first."""
        if self._field is None or self._field.key != field.key:
            self._group, self._page = self._start(field, speech)
        self._field, self._speech = field, speech
        self.earlier_text = speech.text("apply.picker.earlier")
        self.later_text = speech.text("apply.picker.later")
        self._draw()

    def close(self) -> None:
        """Forget the field."""
        self._field = None

    def warm(self) -> bool:
        """Make a row of buttons ahead; whether more are wanted."""
        wanted = len(self._pool) < _BUTTONS_AHEAD
        if wanted:
            self._prepare(len(self._pool) + _ROW)
        return wanted

    def _prepare(self, count: int) -> None:
        while len(self._pool) < count:
            button = TabButton()
            button.bind(on_release=self._touched)
            self._pool.append(button)

    def _start(self, field: FieldView, speech: Speech) -> tuple[str | None, int]:
        chosen = next((one for one in field.options if one.code == field.value), None)
        group = speech.say(chosen.group) if chosen and chosen.group else None
        return group, 0

    def _items(self, field: FieldView, speech: Speech) -> list[tuple[str, str]]:
        """Key and label of what is on all pages now; a group's key is empty."""
        if self._group is None and any(one.group for one in field.options):
            groups = dict.fromkeys(speech.say(one.group) for one in field.options if one.group)
            return [("", name) for name in groups]
        return [
            (one.code, speech.say(one.label)) for one in field.options if self._shown(one, speech)
        ]

    def _shown(self, option: Option, speech: Speech) -> bool:
        return self._group is None or (
            option.group is not None and speech.say(option.group) == self._group
        )

    def _draw(self, *_changed: object) -> None:
        field, speech = self._field, self._speech
        if field is None or speech is None:
            return
        grid, look = self.ids.grid, self._look
        grid.cols = 2 if look.large or speech.language == "en" else 3
        height = look.side(_UNITS_HIGH)
        rows = max(1, int((self.ids.room.height + look.gap) // (height + look.gap)))
        each = rows * grid.cols
        items = self._items(field, speech)
        pages = max(1, -(-len(items) // each))
        self._page = min(self._page, pages - 1)
        self.first_page, self.last_page = self._page == 0, self._page == pages - 1
        self.place = speech.text("apply.picker.page", page=self._page + 1, pages=pages)
        grouped = self._group is not None
        self.close_text = speech.text("apply.picker.groups" if grouped else "apply.picker.close")
        self._fill(items[self._page * each : (self._page + 1) * each], height, field)

    def _fill(self, items: list[tuple[str, str]], height: float, field: FieldView) -> None:
        self._prepare(len(items))
        grid = self.ids.grid
        wanted = self._pool[: len(items)]
        if grid.children != wanted[::-1]:
            grid.clear_widgets()
            for button in wanted:
                grid.add_widget(button)
        for button, (code, label) in zip(wanted, items, strict=True):
            button.name, button.text = code, label
            button.chosen = bool(code) and code == field.value
        grid.floor = height

    def _touched(self, button: TabButton) -> None:
        if button.name:
            self._tell(button.name)
        else:
            self._group, self._page = button.text, 0
            self._draw()

    def turn(self, by: int) -> None:
        """Another page: 1 later, -1 earlier."""
        self._page = max(0, self._page + by)
        self._draw()

    def leave(self) -> None:
        """From a group to all groups, from there to the form."""
        if self._group is not None:
            self._group, self._page = None, 0
            self._draw()
        else:
            self._close()


kv.load(__file__)
