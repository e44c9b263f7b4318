"""A window on content that may be higher than its room: dragged, or moved by two big buttons."""

from typing import Any

from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.stencilview import StencilView
from kivy.uix.widget import Widget

from screens import kv
from screens.widgets.buttons import QuietButton  # noqa: F401 - named in scroll.kv

_DRAG_UNITS = 24


class Sight(StencilView):
    """Shows a part of one child; touches go to the child at once, without a scroll's delay."""

    offset = NumericProperty(0)
    """how far the content has been moved up, in pixels"""
    reach = NumericProperty(0)
    """the largest offset"""
    slack = NumericProperty(24)
    """a finger that moves less is still a tap, in pixels"""
    __events__ = ("on_drag",)

    def on_drag(self) -> None:
        """The person has begun to scroll."""

    def add_widget(self, widget: Widget, *args: Any, **kwargs: Any) -> None:
        """Take the one child."""
        super().add_widget(widget, *args, **kwargs)
        widget.bind(height=self._place)
        self.bind(pos=self._place, size=self._place, offset=self._place)
        self._place()

    def _place(self, *_changed: object) -> None:
        if not self.children:
            return
        content = self.children[0]
        self.reach = max(0.0, content.height - self.height)
        self.offset = min(self.offset, self.reach)
        content.width = self.width
        content.x = self.x
        content.top = self.top + self.offset

    def on_touch_down(self, touch: Any) -> bool:
        """Hand the touch on, and stay with it in case it becomes a drag."""
        if not self.collide_point(*touch.pos):
            return False
        taken = bool(super().on_touch_down(touch))
        if self.reach > 0:
            touch.grab(self)
            touch.ud["sight"] = (touch.y, self.offset, False)
            return True
        return taken

    def on_touch_move(self, touch: Any) -> bool:
        """Follow the finger once it has clearly moved; buttons under it let go."""
        if touch.grab_current is not self:
            return bool(super().on_touch_move(touch))
        start_y, offset, dragging = touch.ud["sight"]
        if not dragging and abs(touch.y - start_y) > self.slack:
            dragging = True
            self.dispatch("on_drag")
            for grabbed in [ref() for ref in touch.grab_list]:
                if isinstance(grabbed, ButtonBehavior):
                    touch.ungrab(grabbed)
                    grabbed.state = "normal"
        touch.ud["sight"] = (start_y, offset, dragging)
        if dragging:
            self.offset = min(max(0.0, offset + touch.y - start_y), self.reach)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Let the touch go."""
        if touch.grab_current is self:
            touch.ungrab(self)
            return True
        return bool(super().on_touch_up(touch))


class ScrollBar(BoxLayout):
    """Up and down."""

    scroll = ObjectProperty(None, rebind=True)


class Scroll(BoxLayout):
    """A sight with a bar of two buttons, there only while something is hidden."""

    sight = ObjectProperty(None, rebind=True)
    content = ObjectProperty(None)
    up_text = StringProperty("")
    down_text = StringProperty("")
    overflowing = BooleanProperty(False)
    guided = BooleanProperty(True)
    """whether the two buttons may appear; they make room for a keyboard"""
    needed = NumericProperty(0)
    """height of the content, in pixels"""
    _held: tuple[Widget, float] | None = None
    _bar: Widget | None = None

    def on_overflowing(self, *_changed: object) -> None:
        """Bring the two buttons, or take them away; what is not needed is not drawn either."""
        if self._bar is None:
            self._bar = ScrollBar(scroll=self)
        if self.overflowing:
            BoxLayout.add_widget(self, self._bar)
        else:
            self.remove_widget(self._bar)

    def hold(self, content: Widget) -> None:
        """Take the content; its height is its own, its width that of the scroll."""
        self.content = content
        content.size_hint = (None, None)
        content.bind(height=self.setter("needed"))
        self.needed = content.height
        sight = self.ids.sight
        sight.add_widget(content)
        sight.bind(height=self._again, reach=self._again, on_drag=self._forget)

    def to_top(self) -> None:
        """Show the beginning."""
        self._held = None
        self.ids.sight.offset = 0

    def turn(self, direction: int) -> None:
        """Move by most of what is visible.

        Args:
            direction: 1 further down, -1 back up.
        """
        self._held = None
        sight = self.ids.sight
        step = direction * sight.height * 0.8
        sight.offset = min(max(0.0, sight.offset + step), sight.reach)

    def reveal(self, widget: Widget, margin_px: float) -> None:
        """Keep a widget of the content in sight until the person scrolls.

        Args:
            widget: directly in the content.
            margin_px: room to leave above and below it.
        """
        if self._held is not None:
            self._held[0].unbind(height=self._again)
        self._held = (widget, margin_px)
        widget.bind(height=self._again)
        self._again()

    def _again(self, *_changed: object) -> None:
        if self._held is None or self._held[0] not in self.content.children:
            return
        widget, margin_px = self._held
        above = self.content.children[self.content.children.index(widget) + 1 :]
        top = sum(one.height + self.content.spacing for one in above)
        bottom = top + widget.height
        sight = self.ids.sight
        offset = sight.offset
        if bottom + margin_px > offset + sight.height:
            offset = bottom + margin_px - sight.height
        offset = min(offset, top - margin_px)
        sight.offset = min(max(0.0, offset), sight.reach)

    def _forget(self, *_sight: object) -> None:
        self._held = None


class Body(Scroll):
    """The content of a screen: as high as its room, or scrolled where large type needs more.

    Children given in kv go into its column.
    """

    column = ObjectProperty(None, allownone=True)
    gap = NumericProperty(0)
    """between parts, in pixels"""

    def apply_class_lang_rules(self, *args: Any, **kwargs: Any) -> None:
        """Make the column once sight and buttons are there."""
        super().apply_class_lang_rules(*args, **kwargs)
        column = BoxLayout(orientation="vertical")
        self.hold(column)
        column.unbind(height=self.setter("needed"))
        column.bind(minimum_height=self._measure)
        self.ids.sight.bind(height=self._measure)
        self.column = column
        self.bind(gap=column.setter("spacing"))
        column.spacing = self.gap

    def add_widget(self, widget: Widget, *args: Any, **kwargs: Any) -> None:
        """Take a part of the content."""
        if self.column is None:
            super().add_widget(widget, *args, **kwargs)
        else:
            self.column.add_widget(widget, *args, **kwargs)

    def _measure(self, *_changed: object) -> None:
        self.needed = self.column.minimum_height
        # Without a pixel to spare Kivy means to give springs no height, and skips them instead:
        # they keep the one they had, and push the first part above all that can be scrolled to.
        self.column.height = max(self.needed + 1, self.ids.sight.height)


kv.load(__file__)
