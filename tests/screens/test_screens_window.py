"""The window's settings reach Kivy whoever opens it first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_ASKS = """
import logging
from screens import app
from kivy.config import Config
print(Config.get("kivy", "exit_on_escape"), Config.get("graphics", "show_cursor"))
print([type(one).__name__ for one in logging.getLogger().handlers], logging.getLogger().level)
"""


def test_kivy_reads_no_settings_of_its_own_and_logs_to_no_file(tmp_path: Path) -> None:
    """A file of its own would keep what a citizen does, and its keyboard shortcuts end the app."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("KIVY")}
    env |= {"HOME": str(tmp_path), "KIVY_HOME": str(tmp_path / "kivy"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _ASKS], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["0 0", f"[] {30}"], done.stdout
    assert list(tmp_path.rglob("*.txt")) == []
    assert list(tmp_path.rglob("config.ini")) == []


_ASKS_WHERE = """
import os
from screens import window
print(os.environ.get("SDL_VIDEODRIVER"))
"""


@pytest.mark.parametrize(
    ("said", "driver"),
    [
        ({}, "offscreen"),
        ({"DISPLAY": ":0"}, "None"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "None"),
        ({"SDL_VIDEODRIVER": "kmsdrm"}, "kmsdrm"),
    ],
    ids=["nothing", "X", "Wayland", "bare hardware"],
)
def test_the_window_is_drawn_unseen_only_where_nobody_said_where(
    said: dict[str, str], driver: str
) -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    env = {name: value for name, value in os.environ.items() if name not in names}
    env |= {"PYTHONPATH": str(ROOT), **said}
    done = subprocess.run(
        [sys.executable, "-c", _ASKS_WHERE], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == driver
    assert ("no display" in done.stderr) == (not said)


def test_the_machine_ends_in_order_when_the_system_asks() -> None:
    """SDL takes SIGTERM for a closed window, which a kiosk refuses; systemd would have to kill."""
    asks = """
import os, signal
from kiosk import __main__ as command
def ask(wanted):
    from screens import window
    import kivy.core.window
    os.kill(os.getpid(), signal.SIGTERM)
    import time
    time.sleep(20)
command._COMMANDS["doctor"] = ask
print("ended", command.main(["doctor"]))
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SDL_VIDEODRIVER": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", asks],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "ended 0\n", done.stderr[-2000:]


_OPENS = """
import sys
from kiosk import config
from kiosk.bootstrap.opening import opening
from screens.app import open_window
window = open_window(opening(config.load(__import__("pathlib").Path(sys.argv[1]))))
drawn = []
window.bridge.when_drawn(lambda: drawn.append(1))
window.start_embedded()
from kivy.base import EventLoop
while not drawn:
    EventLoop.idle()
slow = ("babel", "sqlite3", "requests", "serial", "cv2", "kiosk.policy", "kiosk.forms.draft")
print([name for name in slow if name in sys.modules])
"""


def test_the_first_picture_waits_for_nothing_that_comes_later() -> None:
    """Databases, devices, dated policy: each would double the time until somebody sees a screen."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SDL_VIDEODRIVER": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _OPENS, str(ROOT / "config.toml")],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "[]\n", done.stderr[-2000:]
