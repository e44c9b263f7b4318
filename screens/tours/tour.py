"""Journeys through the real window, by touch: how one sees the product without a screen.

Devices answer through their simulators, central through its server; a tour only taps, lays cards
and turns the knobs that the bench shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from kiosk.flows.session import Look, Session
from kiosk.runtime.view import MachineFacts, View
from screens import gallery
from screens.app import KioskApp, WindowParts, open_window
from screens.person import Person

PATIENCE_S = 60.0
_LOOKS = ("large_type", "high_contrast")
"""Names of the buttons that change how everything looks, and of the fields of `Look`."""


class World(Protocol):
    """What the tour may turn besides the screen."""

    def turn(self, simulator: str, knob: str, value: str | bool | None = None) -> None:
        """Turn a knob of the bench."""

    def papers(self) -> list[tuple[str, bytes]]:
        """Names and pictures of the paper that came out."""

    def clerk(self, does: str) -> None:
        """The clerk at the terminal's window: `open`, `serve`, `finish` or `close`."""

    def notice(self) -> None:
        """A supervisor writes a notice."""

    def operator(self) -> tuple[str, str]:
        """Number and PIN of a member of staff who may open the maintenance screens."""

    def hold_central(self) -> None:
        """Central stops answering, without breaking a connection."""

    def release_central(self) -> None:
        """Central answers again."""

    def hold_disk(self) -> None:
        """The machine's records take no writes."""

    def release_disk(self) -> None:
        """They do again."""


@dataclass(frozen=True, slots=True)
class Played:
    """What a tour leaves.

    Args:
        pictures: in the order they were taken.
        unseen: names of the role's states of which there is no picture.
    """

    pictures: list[Path]
    unseen: list[str]


class Tour:
    """Plays journeys and saves what is seen; each role has its own.

    Args:
        parts: of the machine's window.
        world: devices and central.
        folder: for the pictures.
        reader: language and look that the citizen chooses.
    """

    def __init__(self, parts: WindowParts, world: World, folder: Path, reader: Session) -> None:
        self.world = world
        self.language = reader.language.value
        self._look = reader.look
        self.person = Person(PATIENCE_S)
        self._folder = folder
        self._app: KioskApp = open_window(parts, motion=False)
        self._pictures: list[Path] = []
        self._unseen = set(gallery.of_role(parts.role))

    def journeys(self) -> tuple[Callable[[], None], ...]:
        """What is played, in this order; each begins where the machine rests."""
        return ()

    def play(self, begin: Callable[[], object]) -> Played:
        """Play everything.

        Args:
            begin: starts the machine, once the window stands.

        Returns:
            The pictures, and what is in none of them.
        """
        self._app.start_embedded()
        begin()
        for journey in self.journeys():
            journey()
        for name, png in self.world.papers():
            path = self._folder / name
            path.write_bytes(png)
            self._pictures.append(path)
        self._app.end_embedded()
        return Played(self._pictures, sorted(one.__name__ for one in self._unseen))

    @property
    def state(self) -> Any:
        """What the screen shows now."""
        view = self._app.navigator.drawn
        return view.state if view else None

    @property
    def machine(self) -> MachineFacts:
        """What the screen may say of the machine."""
        drawn: View = self._app.navigator.drawn
        return drawn.machine

    def at(self, state: type[Any]) -> None:
        """Wait until a state is shown and laid out."""
        self.person.until(lambda: isinstance(self.state, state), state.__name__)
        # A screen that is shown for the first time is laid out within the next frames.
        self.person.frames(6)

    def tap(self, name: str) -> None:
        """Touch what has this name."""
        self.person.tap(name=name)

    def wear(self, **changed: bool) -> None:
        """Have the citizen's own look, but for what is changed: `large_type`, `high_contrast`."""
        wanted = replace(self._look, **changed)
        for name in _LOOKS:
            if getattr(self._worn(), name) is not getattr(wanted, name):
                self._toggle(name)

    def _toggle(self, name: str) -> None:
        """Touch a button that changes the look, and wait: it moves every button."""
        before = self._worn()
        self.tap(name)
        self.person.until(lambda: self._worn() != before, f"the look {name}")
        self.person.frames(6)

    def _worn(self) -> Look:
        view = self._app.navigator.drawn
        return view.session.look if view else Look()

    def shot(self, name: str) -> None:
        """Take a picture."""
        self._unseen.discard(type(self.state))
        number = len(self._pictures) + 1
        self._pictures.append(self.person.shot(self._folder / f"{number:02d}-{name}.png"))
