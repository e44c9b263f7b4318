"""The screens: touch to changed frame, first frame, and how long a change of state blocks.

Beside Kivy alone: a window with one button, and an empty window. The first frame is that of the
screens, and of the program, which reads and checks its configuration before. Each run is a process
of its own, all kinds by turns, so that whatever else the computer does meets them alike.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from scripts.benches.figure import Figure, at_most, ratio_at_most

ROOT = Path(__file__).resolve().parents[2]
TOUCH_RATIO = 1.2
FIRST_FRAME_RATIO = 2.0
BLOCK_LIMIT_MS = 50.0


def measure(*, quick: bool) -> list[Figure]:
    """All figures.

    Args:
        quick: fewer rounds.
    """
    starts, turns, rounds = (2, 1, 10) if quick else (7, 3, 40)
    first: dict[str, list[float]] = {"first-bare": [], "first-product": [], "first-program": []}
    _window("first-product", 1)  # the first run reads everything from disk
    for _ in range(starts):
        for what, taken in first.items():
            taken.append(_window(what, 1)[0])
    touch: dict[str, list[float]] = {"bare": [], "product": []}
    blocks: dict[str, list[float]] = {}
    for _ in range(turns):
        for what, milliseconds in touch.items():
            found = _window(what, rounds)[1]
            milliseconds.extend(found["touch_ms"])
            for state, block_ms in found.get("blocks_ms", {}).items():
                blocks.setdefault(state, []).append(block_ms)
    longest = max(median(each) for each in blocks.values())
    return [
        _ratio("ui.touch_to_frame", touch["product"], touch["bare"], TOUCH_RATIO),
        _ratio("ui.first_frame", first["first-product"], first["first-bare"], FIRST_FRAME_RATIO),
        _beside("ui.first_frame_of_program", first["first-program"], first["first-bare"]),
        at_most("ui.longest_block", round(longest, 1), "ms", BLOCK_LIMIT_MS),
    ]


def _ratio(name: str, ours: list[float], theirs: list[float], limit: float) -> Figure:
    return ratio_at_most(name, round(median(ours), 1), "ms", round(median(theirs), 1), limit)


def _beside(name: str, ours: list[float], theirs: list[float]) -> Figure:
    return Figure(name, round(median(ours), 1), "ms", round(median(theirs), 1))


def _window(what: str, rounds: int) -> tuple[float, dict[str, Any]]:
    """Run one window; milliseconds until it has drawn, and what it found."""
    command = [sys.executable, "-m", "scripts.benches.ui_window", what, "--rounds", str(rounds)]
    env = {**os.environ, "SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy"}
    start_s = perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    taken_ms = (perf_counter() - start_s) * 1000
    if done.returncode:
        raise RuntimeError(f"{what}: {done.stderr[-2000:]}")
    return taken_ms, json.loads(done.stdout.splitlines()[-1])
