"""Halls with one real driver in them: its wire and the machine at the far end outlive deaths.

A process can die with a message on its way. Then the line is cut: whatever it still says in dying
arrives nowhere, and the next thing it would do with its journal is not done.
"""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from hardware.errors import DeviceError
from hardware.interfaces.device import Cancel, Device
from hardware.outcome import Outcome
from kiosk.saga.desk import EndorsementDesk
from kiosk.saga.ports import Parts
from kiosk.saga.rows import Phase, Row, Step
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall, WorldDevices, WorldJournal
from tests.kit.saga_world.laws import broken_laws
from tests.kit.saga_world.world import KilledError, World

T = TypeVar("T")

DEBT_ROUNDS = 5
MOST_DEATHS = 3
Act = Callable[[EndorsementDesk], None]


@dataclass
class WiredWorld(World):
    """A world whose process is dead as soon as its line was cut.

    Args:
        severed: whether a death at the wire has come.
        at_intent: what happens as soon as the intent of a step stands, once.
    """

    severed: bool = field(default=False)

    at_intent: dict[Step, Callable[[], None]] = field(default_factory=dict)

    def wrote(self, row: Row) -> None:
        """A row is durable; what a test has planned for this moment comes to pass."""
        super().wrote(row)
        if row.phase is Phase.INTENT and row.step in self.at_intent:
            self.at_intent.pop(row.step)()

    def point(self, name: str) -> None:
        """A moment at which the process may die, or has died meanwhile.

        Raises:
            KilledError: it does.
        """
        if self.severed:
            self.trace.append(f"KILLED at the wire, before {name}")
            raise KilledError(name)
        super().point(name)


class WiredDevices(WorldDevices):
    """Hands every call a cancel of its own, as the manager does."""

    def call(
        self, name: str, fn: Callable[[Any, Cancel], T], limit_s: float, cancel: Cancel
    ) -> Outcome[T]:
        """Use a device at once."""
        own = threading.Event()
        return super().call(name, lambda device, _cancel: fn(device, own), limit_s, cancel)


class WiredHall(Hall, ABC):
    """A hall one of whose devices is a driver.

    Args:
        folder: of the journal.
        citizen: who comes.
    """

    name: ClassVar[str]

    def __init__(self, folder: Path, citizen: WorldCitizen) -> None:
        self.watched = WiredWorld()
        super().__init__(folder, citizen, self.watched)
        self.found: list[str] = []
        self.deaths = 0
        self._driver: Device | None = None
        self.peer: Any = self.plug_in()

    @abstractmethod
    def plug_in(self) -> Any:
        """Make the far end, and start it."""

    @abstractmethod
    def driver(self) -> Device:
        """A new driver, not open."""

    def used(self, driver: Device) -> Any:
        """What the transaction calls: the driver, with a citizen's hands where it needs them."""
        return driver

    def sever(self) -> None:
        """The process dies with a message on its way."""
        self.watched.severed = True
        self.peer.unplug()

    def start(self) -> None:
        """A process starts: it opens the line anew and knows nothing."""
        self._hang_up()
        self.watched.severed = False
        self.peer.plug()
        self._driver = self.driver()
        self._driver.open()
        self.devices[self.name] = self.used(self._driver)

    def unplug(self) -> None:
        """The end of the test."""
        self._hang_up()
        self.peer.stop()

    def live_through(self, kill_at: int | None = None) -> None:
        """Serve the citizen, die and recover if so planned, settle everything, hold the laws."""
        try:
            self._to_its_end(self.serve, kill_at)
            self.mend()
            self._to_its_end(_settle)
            self.found = broken_laws(self, settled=True)
        finally:
            self.unplug()

    def mend(self) -> None:
        """Whatever was wrong at the far end is so no longer."""

    def _parts(self, journal: WorldJournal) -> Parts:
        return replace(super()._parts(journal), devices=WiredDevices(self.world, self.devices))

    def _to_its_end(self, act: Act, kill_at: int | None = None) -> None:
        """Lives until one ends by itself; after a death the next one begins anew, or recovers."""
        while (how := self._life(act, kill_at)) != "ended":
            self.deaths += 1
            assert self.deaths <= MOST_DEATHS, "it dies again and again"
            act, kill_at = (act if how == "stillborn" else self.recover), None

    def _life(self, act: Act, kill_at: int | None) -> str:
        try:
            self.start()
        except DeviceError:
            if self.watched.severed:
                return "stillborn"
            raise
        return self.live(act, kill_at)

    def _hang_up(self) -> None:
        if self._driver is not None:
            self._driver.close()
            self._driver = None


def _settle(desk: EndorsementDesk) -> None:
    desk.recover()
    for _ in range(DEBT_ROUNDS):
        if desk.pay_debts():
            break


@dataclass
class Fuse:
    """Cuts a line at a message.

    Args:
        cut: what cuts it.
        at: number of the message, counted from the first of all; None for never.
        late: whether the message still arrives.
    """

    cut: Callable[[], None]
    at: int | None = None
    late: bool = False
    heard: int = 0

    def blown(self) -> bool:
        """Another message came; whether it was the last."""
        self.heard += 1
        if self.heard != self.at:
            return False
        self.cut()
        return True
