"""A grid whose buttons all take the height of the highest."""

from typing import Any

from kivy.properties import NumericProperty
from kivy.uix.gridlayout import GridLayout

from screens import kv


class EvenGrid(GridLayout):
    """Children have a `natural` height of their own and take the `least` they are told."""

    floor = NumericProperty(0)
    """smallest height of a button, in pixels"""

    def add_widget(self, widget: Any, *args: Any, **kwargs: Any) -> None:
        """Take a button."""
        super().add_widget(widget, *args, **kwargs)
        widget.bind(natural=self._even)
        self._even()

    def remove_widget(self, widget: Any, *args: Any, **kwargs: Any) -> None:
        """Let a button go."""
        widget.unbind(natural=self._even)
        super().remove_widget(widget, *args, **kwargs)

    def _even(self, *_changed: object) -> None:
        highest = max((one.natural for one in self.children), default=0.0)
        for one in self.children:
            one.least = max(highest, self.floor)

    on_floor = _even


def keep(grid: EvenGrid, wanted: list[Any]) -> None:
    """Let a grid hold exactly these buttons; does nothing when it does already."""
    if grid.children != wanted[::-1]:
        grid.clear_widgets()
        for button in wanted:
            grid.add_widget(button)


kv.load(__file__)
