"""Builds look, frame and navigator; importing it opens the window."""

from typing import Any

from kivy.core.window import Window

from screens import fonts, theme
from screens.base import Tools
from screens.bridge import Bridge
from screens.frame import Frame
from screens.gallery import of_role
from screens.navigator import Navigator


def build(parts: Any, bridge: Bridge, *, motion: bool) -> Navigator:
    """Make everything that draws.

    Args:
        parts: see `screens.app.WindowParts`.
        bridge: its timers and its way to the machine.
        motion: whether pictures move.

    Returns:
        The navigator; its `frame` is the root widget.
    """
    fonts.install()
    wide = Window.width > Window.height
    look = theme.Look(Window.width, parts.screen.panel_width_mm, wide=wide)
    theme.install(look)
    # The window's own clearing paints the paper: a rectangle of this size costs software drawing
    # as much as a whole screen of text.
    look.bind(bg=lambda _look, colour: setattr(Window, "clearcolor", colour))
    Window.clearcolor = look.bg
    tools = Tools(
        look,
        bridge.report,
        parts.new_visit_id,
        lambda: parts.text_input,
        bridge.every,
        motion,
    )
    gallery = of_role(parts.role)
    frame = Frame(bridge.report, gallery.banner)
    return Navigator(frame, tools, parts, gallery, bridge.later)
