"""A small window to put one widget in and touch it as a finger would."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, MARGIN = 1080, 1920, 28


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
        widget.width = WIDTH - 2 * MARGIN
        widget.pos = (MARGIN, MARGIN)
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

    def slide(self, widget: Any) -> None:
        """Move the finger that lies on the glass to another widget."""
        x, y = widget.to_window(*widget.center)
        self.window.dispatch("on_mouse_move", x, self.window.system_size[1] - y, [])
        self.frames(2)

    def tap(self, widget: Any) -> None:
        """Touch a widget."""
        self.down(widget)
        self.up(widget)

    def type(self, keyboard: Any, names: str) -> None:
        """Touch single characters one after another."""
        for name in names:
            self.tap(keyboard.keys[name])

    def wear(self, language: str, *, large: bool = False, contrast: bool = False) -> None:
        """Change how everything looks."""
        from kiosk.flows.session import Language, Look

        self.look.wear(Language(language), Look(large_type=large, high_contrast=contrast))
        self.frames()

    def shot(self, path: Path) -> None:
        """Keep a picture."""
        self.window.canvas.ask_update()
        self.frames(2)
        Path(self.window.screenshot(name=str(path))).replace(path)


@contextmanager
def open_window(cache: Path) -> Iterator[Finger]:
    """A window of the panel's size with fonts and a look.

    Args:
        cache: folder for the faces cut out.
    """
    from screens.window import prepare

    prepare(WIDTH, HEIGHT, fullscreen=False)
    from kivy.base import EventLoop, runTouchApp, stopTouchApp
    from kivy.core.window import Window

    from screens import fonts, theme

    fonts.install(cache)
    look = theme.Look(WIDTH)
    theme.install(look)
    EventLoop.ensure_window()
    Window.size = (WIDTH, HEIGHT)
    runTouchApp(embedded=True)
    try:
        yield Finger(Window, look)
    finally:
        for child in list(Window.children):
            Window.remove_widget(child)
        stopTouchApp()
        EventLoop.stop()
        EventLoop.postproc_modules.clear()
        EventLoop.touches.clear()
