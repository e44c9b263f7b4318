"""A window's terminal lies: every picture of it fits, in every language and look.

Kivy has one window per process, so each look gets a process of its own.
With KIOSK_SHOTS=folder a picture of each is left there.
"""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.window

ROOT = Path(__file__).resolve().parents[2]
SHOTS = os.environ.get("KIOSK_SHOTS", "")
CASES = (
    *itertools.product(("zh_CN", "en"), ("normal", "large", "contrast")),
    ("zh_Hant", "large-contrast"),
)


@pytest.mark.parametrize(("language", "look"), CASES)
def test_every_picture_of_a_terminal_fits(language: str, look: str) -> None:
    folder = [str(Path(SHOTS) / f"terminal-{language}-{look}")] if SHOTS else []
    drawn = subprocess.run(
        [sys.executable, "-m", "tests.screens.terminal_window", language, look, *folder],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert (drawn.returncode, drawn.stdout.strip()) == (0, ""), drawn.stderr[-2000:]
