"""A way that leads on from here: one of several, each as good as the other."""

from collections.abc import Callable

from kivy.properties import BooleanProperty, ColorProperty, StringProperty

from screens import kv
from screens.widgets import icon, words  # noqa: F401 - named in way.kv
from screens.widgets.buttons import Even
from screens.widgets.even_grid import EvenGrid, keep


class WayButton(Even):
    """Where it leads, and a line about it; acts at once, so it bears no mark of choice."""

    icon = StringProperty("")
    note = StringProperty("")
    compact = BooleanProperty(False)
    """beside others in a row, without a line about it"""
    closed = BooleanProperty(False)
    """not offered for now: greyed and crossed, and touching it says why"""
    ink = ColorProperty()


class Ways(EvenGrid):
    """Ways below each other; kept from one drawing to the next.

    Args:
        taken: called with the name of the way that was touched.
    """

    def __init__(self, taken: Callable[[str], None], **kwargs: int) -> None:
        self._tell = taken
        self._pool: list[WayButton] = []
        super().__init__(cols=kwargs.pop("cols", 1), **kwargs)

    def show(self, items: list[tuple[str, str, str, str]]) -> None:
        """Draw the ways.

        Args:
            items: name, icon, text and note of each.
        """
        while len(self._pool) < len(items):
            button = WayButton()
            button.bind(on_release=lambda touched: self._tell(touched.name))
            self._pool.append(button)
        wanted = self._pool[: len(items)]
        keep(self, wanted)
        for button, (name, sign, text, note) in zip(wanted, items, strict=True):
            button.name, button.icon, button.text, button.note = name, sign, text, note


kv.load(__file__)
