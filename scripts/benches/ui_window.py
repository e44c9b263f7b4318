"""One window, measured from inside; started by scripts.benches.ui, once bare and once as product.

Prints one JSON object. The same code takes the time in both, so that only the screens differ.
"""

# ruff: noqa: PLC0415 - Kivy opens its window when it is imported, and which one is known later

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from screens import window

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 1080, 1920


class Screen:
    """Size of the window, as a configuration says it; its checking is no part of a window."""

    width_px, height_px = WIDTH, HEIGHT
    panel_width_mm = 336.0
    fullscreen = False


class Flips:
    """Counts the frames that were handed over to the display."""

    def __init__(self, glass: Any) -> None:
        self.count = 0
        glass.bind(on_flip=self._one_more)

    def _one_more(self, *_glass: object) -> None:
        self.count += 1


def bare(*, filled: bool) -> Any:
    """Kivy alone: a window with nothing in it, or with one button."""
    window.prepare(WIDTH, HEIGHT, fullscreen=False)
    from kivy.app import App
    from kivy.base import EventLoop, runTouchApp
    from kivy.uix.button import Button
    from kivy.uix.widget import Widget

    class Bare(App):
        def build(self) -> Any:
            return Button(text="A", size_hint=(0.5, 0.1)) if filled else Widget()

    app = Bare()
    app._run_prepare()  # noqa: SLF001 - the call that App.run makes
    runTouchApp(embedded=True)
    return app, EventLoop.window


def product() -> Any:
    """The product's window with its welcome screen."""
    from tests.screens import sample_views
    from tests.screens.stand import Stand

    stand = Stand()
    stand.show(sample_views.view(sample_views.first()))
    stand.app.start_embedded()
    from kivy.base import EventLoop

    return stand, EventLoop.window


def opening() -> Any:
    """The product's window as it stands before its machine: what a start waits for."""
    gc.disable()  # as `python -m kiosk` does until the first picture
    from datetime import date, datetime

    from kiosk import locale
    from kiosk.flows.application.states import Welcome
    from kiosk.runtime.opening import Opening
    from kiosk.runtime.view import MachineFacts
    from screens.app import open_window

    day = date(2026, 11, 24)
    facts = MachineFacts({}, "", day, datetime(day.year, day.month, day.day, 9, 41), ("all",))  # noqa: DTZ001 - drawn, not reckoned with
    parts = Opening("kiosk", Screen(), locale.load(ROOT / "locales"), Welcome(), "welcome", facts)
    app = open_window(parts)
    app.start_embedded()
    from kivy.base import EventLoop

    return app, EventLoop.window


def program() -> Any:
    """The same as `python -m kiosk run` opens it."""
    gc.disable()
    from kiosk import config
    from kiosk.bootstrap.opening import opening as opening_of
    from screens.app import open_window

    app = open_window(opening_of(config.load(ROOT / "config.toml")))
    app.start_embedded()
    from kivy.base import EventLoop

    return app, EventLoop.window


def wait_for_flip(flips: Flips) -> float:
    """Turn the loop until a frame was handed over; seconds it took."""
    from kivy.base import EventLoop

    before, start_s = flips.count, perf_counter()
    while flips.count == before:
        EventLoop.idle()
    return perf_counter() - start_s


def settle(flips: Flips, seconds: float) -> None:
    """Turn the loop for a while."""
    from kivy.base import EventLoop

    end_s = perf_counter() + seconds
    while perf_counter() < end_s:
        EventLoop.idle()
    flips.count = 0


def touches(glass: Any, flips: Flips, at: tuple[float, float], rounds: int) -> list[float]:
    """Milliseconds from a finger's landing to the changed frame.

    Args:
        glass: the window.
        flips: counts its frames.
        at: where the finger lands, from the lower left corner, pixels.
        rounds: how often.
    """
    taken = []
    for _ in range(rounds):
        settle(flips, 0.06)
        glass.dispatch("on_mouse_down", at[0], HEIGHT - at[1], "left", [])
        taken.append(wait_for_flip(flips) * 1000)
        glass.dispatch("on_mouse_up", at[0], HEIGHT - at[1], "left", [])
        settle(flips, 0.06)
    return taken


def blocks(stand: Any, rounds: int) -> dict[str, float]:
    """Milliseconds that each change of state keeps the main thread, median of the rounds."""
    from kivy.base import EventLoop
    from kivy.clock import Clock  # noqa: TID251 - a bench may take away the frame limit

    from tests.screens import sample_ratings, sample_views

    journey = [*sample_views.every_state(), *sample_ratings.rating_states()]
    journey.append(("00_home", sample_views.first()))
    taken: dict[str, list[float]] = {}
    Clock._max_fps = 0  # noqa: SLF001 - the pause between frames is no work
    for _ in range(rounds):
        for name, state in journey:
            stand.show(sample_views.view(state))
            for _frame in range(2):
                start_s = perf_counter()
                EventLoop.idle()
                taken.setdefault(name, []).append((perf_counter() - start_s) * 1000)
    return {name: median(_longest(times)) for name, times in taken.items()}


def _longest(times: list[float]) -> Iterator[float]:
    """Of the two frames of each round, the longer one."""
    return (max(pair) for pair in zip(times[::2], times[1::2], strict=True))


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "what", choices=["first-bare", "first-product", "first-program", "bare", "product"]
    )
    parser.add_argument("--rounds", type=int, default=20)
    wanted = parser.parse_args()
    opened = _opened(wanted.what)
    stand, glass = opened
    flips = Flips(glass)
    wait_for_flip(flips)
    found: dict[str, Any] = {"first_frame": True}
    if wanted.what == "bare":
        found["touch_ms"] = touches(glass, flips, (WIDTH * 0.25, HEIGHT * 0.05), wanted.rounds)
    if wanted.what == "product":
        found.update(_measured(stand, glass, flips, wanted.rounds))
    print(json.dumps(found), flush=True)
    os._exit(0)


def _opened(what: str) -> Any:
    if what == "first-product":
        return opening()
    if what == "first-program":
        return program()
    return product() if what == "product" else bare(filled=what == "bare")


def _measured(stand: Any, glass: Any, flips: Flips, rounds: int) -> dict[str, Any]:
    from screens.person import Person

    settle(flips, 9.0)  # what is built ahead stands by then
    button = Person().find(name="main")
    at: Callable[..., Any] = button.to_window
    touched = touches(glass, flips, at(*button.center), rounds)
    return {"touch_ms": touched, "blocks_ms": blocks(stand, max(5, rounds // 4))}


if __name__ == "__main__":
    sys.exit(main())
