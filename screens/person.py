"""A person at the screen: sees, taps, types, waits; knows nothing of the program's inside."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kivy.base import EventLoop
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.label import Label
from kivy.uix.stencilview import StencilView

from kiosk.clock import SystemClock

Sight = tuple[float, float, float, float]
"""Left, bottom, right and top of what can be seen, in pixels."""


class NotSeenError(AssertionError):
    """What the person waited for did not come; says what they saw instead."""


class Person:
    """Acts through the window alone, with a real mouse.

    Args:
        patience_s: longest wait for anything, seconds.
    """

    def __init__(self, patience_s: float = 5.0) -> None:
        self._patience_s = patience_s
        self._clock = SystemClock()

    def frames(self, count: int = 2) -> None:
        """Let the window draw."""
        for _ in range(count):
            EventLoop.idle()

    def until(self, seen: Callable[[], Any], what: str = "") -> Any:
        """Wait until something is true, drawing all the while.

        Args:
            seen: asked after every frame.
            what: for the message when it does not come.

        Returns:
            What `seen` returned.

        Raises:
            NotSeenError: it did not come in time.
        """
        end_s = self._clock.monotonic_s() + self._patience_s
        while True:
            found = seen()
            if found:
                return found
            if self._clock.monotonic_s() > end_s:
                raise NotSeenError(f"waited for {what or seen}; saw: {' / '.join(self.reads())}")
            self.frames(1)

    def widgets(self) -> Iterator[Any]:
        """Everything on the screen, what lies on top last."""
        width, height = EventLoop.window.size
        for child in reversed(EventLoop.window.children):
            for widget, _sight in _visible(child, (0.0, 0.0, float(width), float(height))):
                yield widget

    def size(self) -> tuple[float, float]:
        """Width and height of the window in pixels."""
        width, height = EventLoop.window.size
        return float(width), float(height)

    def window(self) -> Any:
        """The window itself."""
        return EventLoop.window

    def reads(self) -> list[str]:
        """Every text on the screen."""
        return [one.text for one in self.widgets() if isinstance(one, Label) and one.text]

    def sees(self, text: str) -> bool:
        """Whether a text stands somewhere on the screen, alone or within another."""
        plain = text.replace("\n", "")
        return any(plain in one.replace("\n", "") for one in self.reads())

    def find(self, text: str = "", name: str = "") -> Any | None:
        """The topmost thing to touch with this text, or this name; None when there is none."""
        seen, _hidden = _sought(text, name)
        return seen

    def tap(self, text: str = "", name: str = "") -> None:
        """Touch something by the words on it, or by its name; scroll where it lies below."""

        def reached() -> Any | None:
            seen, hidden = _sought(text, name)
            if seen is None and hidden:
                further, _ = _sought("", "scroll_down")
                if further is not None:
                    self.touch(*further.to_window(*further.center))
            return seen

        def at_rest() -> tuple[float, float] | None:
            # A finger waits until what it aims at has stopped moving.
            seen = reached()
            if seen is None:
                return None
            place = seen.to_window(*seen.center)
            self.frames(1)
            again = self.find(text, name)
            still = again is seen and place == again.to_window(*again.center)
            return place if still else None

        self.touch(*self.until(at_rest, f"something to touch: {text or name}"))

    def touch(self, x: float, y: float) -> None:
        """Touch a place, in pixels from the lower left corner."""
        from_top = EventLoop.window.system_size[1] - y
        EventLoop.window.dispatch("on_mouse_down", x, from_top, "left", [])
        self.frames(2)
        EventLoop.window.dispatch("on_mouse_up", x, from_top, "left", [])
        self.frames(3)

    def drag(self, x: float, y: float, across: float, up: float) -> None:
        """Lay a finger on a place, move it and lift it; all in pixels."""
        window = EventLoop.window
        height = window.system_size[1]
        window.dispatch("on_mouse_down", x, height - y, "left", [])
        self.frames(2)
        for step in range(1, 11):
            part = step / 10
            window.dispatch("on_mouse_move", x + across * part, height - y - up * part, [])
            self.frames(1)
        window.dispatch("on_mouse_up", x + across, height - y - up, "left", [])
        self.frames(3)

    def type(self, letters: str) -> None:
        """Type on the keyboard that is open, key by key."""
        for letter in letters:
            self.tap(name=letter)

    def shot(self, path: Path) -> Path:
        """Save what the screen shows.

        Args:
            path: of a PNG file.
        """
        EventLoop.window.canvas.ask_update()
        self.frames(2)
        path.parent.mkdir(parents=True, exist_ok=True)
        written = Path(EventLoop.window.screenshot(name=str(path)))
        return written.rename(path)


def _sought(text: str, name: str) -> tuple[Any | None, bool]:
    """The topmost thing whose middle can be touched; whether one is there that cannot."""
    seen, hidden = None, False
    width, height = EventLoop.window.size
    for child in reversed(EventLoop.window.children):
        for one, sight in _visible(child, (0.0, 0.0, float(width), float(height)), hidden=True):
            if not isinstance(one, ButtonBehavior) or one.disabled:
                continue
            if (name and getattr(one, "name", "") == name) or (text and _says(one, text)):
                if _holds(sight, one.to_window(*one.center)):
                    seen = one
                else:
                    hidden = True
    return seen, hidden


def _holds(sight: Sight, point: tuple[float, float]) -> bool:
    return sight[0] <= point[0] <= sight[2] and sight[1] <= point[1] <= sight[3]


def _visible(widget: Any, sight: Sight, *, hidden: bool = False) -> Iterator[tuple[Any, Sight]]:
    """Widgets with the part of the window they may show in; what is scrolled away if asked."""
    if widget.opacity == 0:
        return
    left, bottom = widget.to_window(widget.x, widget.y)
    inside = (
        left + widget.width > sight[0] + 1
        and bottom + widget.height > sight[1] + 1
        and left < sight[2] - 1
        and bottom < sight[3] - 1
    )
    if isinstance(widget, StencilView):
        sight = (
            max(sight[0], left),
            max(sight[1], bottom),
            min(sight[2], left + widget.width),
            min(sight[3], bottom + widget.height),
        )
    if (inside or hidden) and widget.width > 0 and widget.height > 0:
        yield widget, sight
    for child in reversed(widget.children):
        yield from _visible(child, sight, hidden=hidden)


def _says(widget: Any, text: str) -> bool:
    plain = text.replace("\n", "")
    return any(
        plain == str(getattr(one, "text", "")).replace("\n", "")
        for one in widget.walk(restrict=True)
    )
