"""The buttons at the bottom of every screen, always in the same place."""

from collections.abc import Mapping

from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens import kv
from screens.widgets.buttons import MainButton, QuietButton
from screens.widgets.countdown import Countdown

_DRAWN: Mapping[str, Mapping[str, str]] = {
    "second": {"tone": "accent"},
    "back": {"icon": "left"},
    "cancel": {"icon": "cross"},
}


class Actions(BoxLayout):
    """Main action at the bottom; back and cancel above it; a second action above those.

    Above them all, where a screen goes on by itself, how long that takes.
    """

    owner = ObjectProperty(None, rebind=True)
    wide = BooleanProperty(False)
    """side by side instead of one above the other"""

    def on_kv_post(self, base_widget: Widget) -> None:
        """Make what every screen has; a button comes with its first words."""
        owner = self.owner
        self._buttons: dict[str, MainButton | QuietButton] = {}
        self._left_gap, self._right_gap = Widget(), Widget()
        self._wide_gap = Widget(size_hint_x=0.1)
        self._row = BoxLayout(size_hint_y=None)
        self.countdown = Countdown(owner.tools.every)
        self.countdown.bind(text=self._arrange)
        for name in ("main_text", "second_text", "back_text", "cancel_text"):
            owner.fbind(name, self._arrange)
        self._arrange()

    def _make(self, name: str) -> MainButton | QuietButton:
        if name == "main":
            button = MainButton(name=name)
        else:
            button = QuietButton(name=name, **_DRAWN[name])
            button.bind(natural_width=self._arrange, room=self._arrange)
        if name in ("back", "cancel"):
            button.bind(height=self._measure)
        report = getattr(self.owner, f"report_{name}")
        button.bind(on_release=lambda _b: report())
        return button

    def _worded(self, name: str) -> MainButton | QuietButton | None:
        """A button with its words; None while it has none."""
        text = getattr(self.owner, f"{name}_text")
        if name not in self._buttons:
            if not text:
                return None
            self._buttons[name] = self._make(name)
        self._buttons[name].text = text
        return self._buttons[name] if text else None

    def _lay_in_a_row(self) -> None:
        """A panel that lies has room beside, not above: back left, the main action right."""
        quiet = [self._worded(name) for name in ("back", "cancel", "second")]
        shown = [one for one in quiet if one is not None]
        for one in shown:
            one.size_hint_x = None
            one.width = one.natural_width + one.room
        shown += [self.countdown if self.countdown.text else self._wide_gap]
        shown += [self._worded("main") or self._right_gap]
        for one in shown:
            one.pos_hint = {"center_y": 0.5}
        bare = shown == [self._wide_gap, self._right_gap]
        _fill(self, [] if bare else shown)

    def _measure(self, *_changed: object) -> None:
        shown = [one for one in self._row.children if isinstance(one, QuietButton)]
        self._row.height = max((one.height for one in shown), default=0)

    def _arrange(self, *_changed: object) -> None:
        if self.wide:
            self._lay_in_a_row()
            return
        # Back stays left and cancel right, even when one of them is missing.
        back, cancel = self._worded("back"), self._worded("cancel")
        _fill(self._row, [back or self._left_gap, cancel or self._right_gap])
        self._row.spacing = self.spacing
        row = self._row if back or cancel else None
        countdown = self.countdown if self.countdown.text else None
        rows = (countdown, self._worded("second"), row, self._worded("main"))
        _fill(self, [one for one in rows if one is not None])
        self._measure()


def _fill(layout: BoxLayout, wanted: list[Widget]) -> None:
    if layout.children != wanted[::-1]:
        layout.clear_widgets()
        for widget in wanted:
            layout.add_widget(widget)


kv.load(__file__)
