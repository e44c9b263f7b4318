"""A small window to put one widget in and touch it as a finger would."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WIDTH, HEIGHT = 1080, 1920


class Finger:
    """Sees and touches one widget in a real window.

    Args:
        window: Kivy's.
        look: how everything looks.
    """

    def __init__(self, window: Any, look: Any) -> None:
        self.window = window
        self.look = look

    def show(self, widget: Any) -> Any:
        """Put a widget at the bottom of the window."""
        for child in list(self.window.children):
            self.window.remove_widget(child)
        self.window.clearcolor = self.look.bg
        self.window.add_widget(widget)
        widget.size_hint_x = None
        widget.width = WIDTH - 2 * 28
        widget.pos = (28, 28)
        self.frames()
        return widget

    def frames(self, count: int = 4) -> None:
        """Let the window draw."""
        from kivy.base import EventLoop

        for _ in range(count):
            EventLoop.idle()

    def down(self, widget: Any) -> None:
        """Lay a finger on a widget."""
        x, y = widget.to_window(*widget.center)
        self.window.dispatch("on_mouse_down", x, self.window.system_size[1] - y, "left", [])
        self.frames(2)

    def up(self, widget: Any) -> None:
        """Lift it again."""
        x, y = widget.to_window(*widget.center)
        self.window.dispatch("on_mouse_up", x, self.window.system_size[1] - y, "left", [])
        self.frames(2)

    def tap(self, widget: Any) -> None:
        """Touch a widget."""
        self.down(widget)
        self.up(widget)

    def type(self, keyboard: Any, names: str) -> None:
        """Touch single characters one after another."""
        for name in names:
            self.tap(keyboard.keys[name])

    def shot(self, path: Path) -> None:
        """Keep a picture."""
        self.window.canvas.ask_update()
        self.frames(2)
        Path(self.window.screenshot(name=str(path))).replace(path)


@contextmanager
def open_window(cache: Path, install: Callable[[Any], None] | None = None) -> Iterator[Finger]:
    """A window of the panel's size with fonts and a look."""
    from screens.window import prepare

    prepare(WIDTH, HEIGHT, fullscreen=False)
    from kivy.base import EventLoop, runTouchApp
    from kivy.core.window import Window
    from kivy.uix.widget import Widget

    from screens import fonts, theme

    fonts.install(cache)
    look = theme.Look(WIDTH)
    theme.install(look)
    Window.size = (WIDTH, HEIGHT)
    runTouchApp(Widget(), embedded=True)
    finger = Finger(Window, look)
    try:
        yield finger
    finally:
        for child in list(Window.children):
            Window.remove_widget(child)
        EventLoop.touches.clear()
