"""A person at the screen: sees, taps, types, waits; knows nothing of the program's inside."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kivy.base import EventLoop
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.label import Label
from kivy.uix.stencilview import StencilView

from kiosk.clock import SystemClock


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
            yield from _visible(child, (0.0, 0.0, float(width), float(height)))

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
        found = None
        for one in self.widgets():
            if not isinstance(one, ButtonBehavior) or one.disabled:
                continue
            if (name and getattr(one, "name", "") == name) or (text and _says(one, text)):
                found = one
        return found

    def tap(self, text: str = "", name: str = "") -> None:
        """Touch something by the words on it, or by its name."""
        what = text or name
        one = self.until(lambda: self.find(text, name), f"something to touch: {what}")
        x, y = one.to_window(*one.center)
        self.touch(x, y)

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


def _visible(widget: Any, sight: tuple[float, float, float, float]) -> Iterator[Any]:
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
    if inside and widget.width > 0 and widget.height > 0:
        yield widget
    for child in reversed(widget.children):
        yield from _visible(child, sight)


def _says(widget: Any, text: str) -> bool:
    plain = text.replace("\n", "")
    return any(
        plain == str(getattr(one, "text", "")).replace("\n", "")
        for one in widget.walk(restrict=True)
    )
