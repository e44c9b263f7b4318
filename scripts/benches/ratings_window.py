"""A terminal in its window, measured from inside; started by scripts.benches.ratings_touch.

`python -m scripts.benches.ratings_window FOLDER URL` reads a command a line and answers each with
milliseconds, from the command or from the finger's landing to the first frame of the state:
`see STATE`, `tap NAME STATE`, or `leave STATE`, as whoever touches the word of thanks.
"""

import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from kiosk.bootstrap import build
from kiosk.flows.session import Touched
from kiosk.runtime.machine import Machine
from screens.app import open_window
from screens.person import Person
from tests.kit.terminal_whole import terminal_config

_PATIENCE_S = 60.0
_NEXT_HAND_S = 0.3
"""A second touch in one place, sooner than this, is a double touch, and the screens take none."""


class Glass:
    """The window, and when a frame of which state was handed over to the display.

    Args:
        machine: not started yet.
    """

    def __init__(self, machine: Machine) -> None:
        self._report = machine.parts.runner.report
        self._app = open_window(machine.window_parts)
        self._app.start_embedded()
        self._person = Person(_PATIENCE_S)
        self._shown = ""
        self._shown_s = 0.0
        self._person.window().bind(on_flip=self._flipped)

    def see(self, state: str, since_s: float) -> float:
        """Turn the loop until a state is drawn; milliseconds that took."""
        self._person.until(lambda: self._shown == state, state)
        return (self._shown_s - since_s) * 1000

    def tap(self, name: str, state: str) -> float:
        """Touch something as shortly as can be; milliseconds until a state is drawn."""
        self._person.frames(6)  # a finger waits for what it aims at
        aim = self._person.find(name=name)
        assert aim is not None, f"no {name} to touch"
        x, y = aim.to_window(*aim.center)
        glass = self._person.window()
        place = (x, glass.system_size[1] - y, "left", [])
        landed_s = perf_counter()
        glass.dispatch("on_mouse_down", *place)
        glass.dispatch("on_mouse_up", *place)
        return self.see(state, landed_s)

    def leave(self, state: str) -> float:
        """Touch the word of thanks, at once: the window itself tells of touches once a second."""
        left_s = perf_counter()
        self._report(Touched())
        took_ms = self.see(state, left_s)
        self._person.until(lambda: perf_counter() > left_s + _NEXT_HAND_S)
        return took_ms

    def _flipped(self, *_window: object) -> None:
        now_s, view = perf_counter(), self._app.navigator.drawn
        state = type(view.state).__name__ if view else ""
        if state != self._shown and self._says_its_title(view):
            self._shown, self._shown_s = state, now_s

    def _says_its_title(self, view: Any) -> bool:
        """Whether the frame holds the screen's own words: a screen may stand before they do."""
        screen = self._app.navigator.screen(type(view.state))
        return self._person.sees(getattr(screen, "title", ""))


def main(folder: str, url: str) -> None:
    """Do what the lines say, until there are no more."""
    machine = build(terminal_config(Path(folder), url, "voice"))
    glass = Glass(machine)
    with machine:
        for line in sys.stdin:
            does, *names = line.split()
            if does == "tap":
                took_ms = glass.tap(*names)
            elif does == "leave":
                took_ms = glass.leave(*names)
            else:
                took_ms = glass.see(*names, perf_counter())
            sys.stdout.write(f"{took_ms:.3f}\n")
            sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
