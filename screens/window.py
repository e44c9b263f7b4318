"""The window's settings; imported before anything else of Kivy, whose defaults suit no kiosk.

Sources: ui facts 1.4 (defaults) and 13 (one touch counted twice).
"""

import logging
import os
import sys

_SDL_CHOOSES = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")

# Without a display SDL would end the machine; whoever draws to bare hardware names the driver.
if sys.platform == "linux" and not any(os.environ.get(one) for one in _SDL_CHOOSES):
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    logging.getLogger(__name__).warning("no display: the window is drawn, but not shown")

os.environ.setdefault("KIVY_NO_ARGS", "1")
os.environ.setdefault("KIVY_NO_CONFIG", "1")
os.environ.setdefault("KIVY_NO_FILELOG", "1")
os.environ.setdefault("KIVY_LOG_MODE", "PYTHON")

# Whoever starts the machine reads a few lines of its own, not twenty of Kivy's.
logging.disable(logging.INFO)

# isort: split - Kivy reads the variables above while it is imported
from kivy.config import Config  # noqa: E402 - the same

logging.disable(logging.NOTSET)
logging.getLogger("kivy").setLevel(logging.WARNING)

_FIXED = (
    ("graphics", "show_cursor", "0"),
    ("graphics", "multisamples", "0"),
    ("graphics", "allow_screensaver", "0"),
    ("graphics", "maxfps", "60"),
    ("kivy", "log_level", "warning"),
    ("kivy", "exit_on_escape", "0"),
    ("kivy", "desktop", "0"),
    ("kivy", "keyboard_mode", ""),
    ("input", "mouse", "mouse,disable_multitouch,disable_hover"),
)

for _section, _key, _value in _FIXED:
    Config.set(_section, _key, _value)
# A second reader of the same touch panel would count every touch twice.
Config.remove_option("input", "%(name)s")


def prepare(width_px: int, height_px: int, *, fullscreen: bool) -> None:
    """Say how large the window will be; called before the first widget is imported.

    Args:
        width_px: of the window.
        height_px: of the window.
        fullscreen: take the whole display instead.
    """
    Config.set("graphics", "width", str(width_px))
    Config.set("graphics", "height", str(height_px))
    Config.set("graphics", "fullscreen", "auto" if fullscreen else "0")
    Config.set("graphics", "borderless", "1" if fullscreen else "0")
