"""The buttons at the bottom of every screen, always in the same place."""

from kivy.properties import BooleanProperty, ObjectProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens import kv
from screens.widgets.buttons import MainButton, QuietButton
from screens.widgets.countdown import Countdown


class Actions(BoxLayout):
    """Main action at the bottom; back and cancel above it; a second action above those.

    Above them all, where a screen goes on by itself, how long that takes.
    """

    owner = ObjectProperty(None, rebind=True)
    wide = BooleanProperty(False)
    """side by side instead of one above the other"""

    def on_kv_post(self, base_widget: Widget) -> None:
        """Make the buttons; only those with words are in the tree."""
        owner = self.owner
        self._second = QuietButton(name="second", tone="accent")
        self._back = QuietButton(name="back", icon="left")
        self._cancel = QuietButton(name="cancel", icon="cross")
        self._left_gap, self._right_gap = Widget(), Widget()
        self._wide_gap = Widget(size_hint_x=0.1)
        self._row = BoxLayout(size_hint_y=None)
        self._main = MainButton(name="main")
        self.countdown = Countdown(owner.tools.every)
        self.countdown.bind(text=self._arrange)
        self._second.bind(on_release=lambda _b: owner.report_second())
        self._back.bind(on_release=lambda _b: owner.report_back())
        self._cancel.bind(on_release=lambda _b: owner.report_cancel())
        self._main.bind(on_release=lambda _b: owner.report_main())
        for button in (self._back, self._cancel):
            button.bind(height=self._measure)
        for button in (self._back, self._cancel, self._second):
            button.bind(natural_width=self._arrange, room=self._arrange)
        for name in ("main_text", "second_text", "back_text", "cancel_text"):
            owner.fbind(name, self._arrange)
        self._arrange()

    def _lay_in_a_row(self) -> None:
        """A panel that lies has room beside, not above: back left, the main action right."""
        owner = self.owner
        shown = [self._back] if owner.back_text else []
        shown += [self._cancel] if owner.cancel_text else []
        shown += [self._second] if owner.second_text else []
        shown += [self.countdown if self.countdown.text else self._wide_gap]
        shown += [self._main] if owner.main_text else [self._right_gap]
        for one in shown:
            one.pos_hint = {"center_y": 0.5}
            if isinstance(one, QuietButton):
                one.size_hint_x = None
                one.width = one.natural_width + one.room
        bare = shown == [self._wide_gap, self._right_gap]
        _fill(self, [] if bare else shown)

    def _measure(self, *_changed: object) -> None:
        shown = [one for one in self._row.children if isinstance(one, QuietButton)]
        self._row.height = max((one.height for one in shown), default=0)

    def _arrange(self, *_changed: object) -> None:
        owner = self.owner
        self._second.text, self._main.text = owner.second_text, owner.main_text
        self._back.text, self._cancel.text = owner.back_text, owner.cancel_text
        if self.wide:
            self._lay_in_a_row()
            return
        # Back stays left and cancel right, even when one of them is missing.
        left = self._back if self._back.text else self._left_gap
        right = self._cancel if self._cancel.text else self._right_gap
        _fill(self._row, [left, right])
        self._row.spacing = self.spacing
        rows = [self.countdown] if self.countdown.text else []
        rows += [self._second] if self._second.text else []
        rows += [self._row] if self._back.text or self._cancel.text else []
        rows += [self._main] if self._main.text else []
        _fill(self, rows)
        self._measure()


def _fill(layout: BoxLayout, wanted: list[Widget]) -> None:
    if layout.children != wanted[::-1]:
        layout.clear_widgets()
        for widget in wanted:
            layout.add_widget(widget)


kv.load(__file__)
