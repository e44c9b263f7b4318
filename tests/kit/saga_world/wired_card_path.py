"""The card path over its real driver and connection; the card's chip stays the world's."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, cast

from PIL import Image

from hardware.drivers.card_path.card_printer import EasyPrinterCardPath
from hardware.interfaces.card_printer import CardMove, CardMoved, CardPosition, FaceJob, FaceLine
from hardware.interfaces.device import Cancel, Device
from hardware.simulators.card_face import PlainCard, blank_face
from hardware.simulators.card_path_machine import CardPathMachine
from hardware.simulators.card_printer import CardPrinterSimulator
from kiosk.central.contract.orders import OrderOut
from kiosk.saga.ports import Parts
from tests.kit.card_path import AREA, QUICK
from tests.kit.saga_world.card_path import WorldCard, WorldCardPrinter
from tests.kit.saga_world.chip import WorldChipReader
from tests.kit.saga_world.hall import WorldJournal, WorldPapers
from tests.kit.saga_world.wired import WiredHall
from tests.kit.saga_world.world import World

_TAKE_S = 0.05
"""Nobody takes a card later who has not taken it at once."""


@dataclass
class PermitCard(PlainCard):
    """A card with a face at the far end of the wire, and everything else in the world.

    Args:
        permit: the rest of it.
    """

    face: Image.Image = field(default_factory=blank_face)
    permit: WorldCard = field(default_factory=lambda: WorldCard(""))


class _WatchedMachine(CardPathMachine):
    """Says what truly happens to the card, in the moment it happens.

    Args:
        world: told.
    """

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def _swallow(self) -> None:
        super()._swallow()
        self._world.happened("card.in")

    def _arrive(self, place: str) -> None:
        there = self._held
        super()._arrive(place)
        if place == "bin" and self._held is None and there is not None:
            self._world.happened("card.retain")
        elif place == "mouth" and not self._jammed:
            self._world.happened("card.eject")

    def _finish(self) -> None:
        garbled, done = self.condition.garbled, self.jobs_done
        card = permit_of(self._held)
        super()._finish()
        if card is None:
            return
        good = self.jobs_done > done and not garbled
        card.spoiled, card.face = not good, self._world.saga if good else ""
        if good:
            card.prints.append(card.face)
            self._world.happened("face.print")


def permit_of(held: Any) -> WorldCard | None:
    """The card in a place of the machine."""
    return held.card.permit if held and held.card else None


class WiredCardPath:
    """The product's driver, and the citizen's hands at the mouth.

    Args:
        machine: at the far end.
        offer: gives the citizen's card when the mouth opens.
        takes: whether the citizen takes the card from the mouth.
    """

    def __init__(
        self,
        machine: CardPathMachine,
        offer: Callable[[], WorldCard | None],
        takes: Callable[[WorldCard], bool],
    ) -> None:
        self._machine = machine
        self._offer = offer
        self._takes = takes
        self.driver: EasyPrinterCardPath
        self.taken: list[WorldCard] = []
        self.lost: list[WorldCard] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.driver, name)

    @property
    def card(self) -> WorldCard | None:
        """What is in the path."""
        return permit_of(self._machine.held)

    @property
    def position(self) -> CardPosition:
        """Where it is."""
        return self._machine.position

    @property
    def retained(self) -> list[WorldCard]:
        """What lies in the bin."""
        return [card for one in self._machine.bin if (card := permit_of(one))]

    def accept(self, cancel: Cancel, on_entering: Callable[[], None]) -> CardMove | None:
        """The citizen puts the card into the mouth, or does not come."""
        card = self._offer()
        nobody = threading.Event()
        if card is None:
            nobody.set()
        else:
            assert self._machine.insert(PermitCard(permit=card)), "the mouth is free"
        came = self.driver.accept(nobody, on_entering)
        if not isinstance(came, CardMoved):
            # It was not drawn in, and its owner takes it back, unless it is caught.
            self._machine.take()
        return came

    def wait_until_taken(self, limit_s: float, cancel: Cancel) -> bool:
        """The citizen takes it, or does not."""
        card = self.card
        if card and self._takes(card) and self._machine.take():
            self.taken.append(card)
        return self.driver.wait_until_taken(min(limit_s, _TAKE_S), cancel)


class _Papers(WorldPapers):
    """A face that can be told from another."""

    def face(self, order: OrderOut) -> FaceJob:
        """One line."""
        return FaceJob(order.order_id, AREA, (FaceLine(order.order_id, 36),))


class WiredCardHall(WiredHall):
    """A hall whose card path is a driver, a connection and a machine at its far end."""

    name: ClassVar = "card_printer"

    def plug_in(self) -> CardPrinterSimulator:
        """A machine that loses no time."""
        peer = CardPrinterSimulator(self.name, QUICK, _WatchedMachine(self.world))
        self._options = {**QUICK, **peer.start()}
        self.wire = WiredCardPath(peer.machine, self._offer, self._takes)
        self.path: Any = self.wire
        self.chip = WorldChipReader(self.world, cast("WorldCardPrinter", self.wire))
        self.devices["chip_reader"] = self.chip
        return peer

    def driver(self) -> Device:
        """A new driver, not open."""
        self.wire.driver = EasyPrinterCardPath(self.name, self._options)
        return self.wire.driver

    def used(self, driver: Device) -> WiredCardPath:
        """The driver and two hands."""
        return self.wire

    def dies_after(self, command: str) -> None:
        """The process dies when a command has reached the machine and nothing has come back."""
        self.peer.misbehaviour.lose_link_after = command
        self.peer.protocol._lose_link = self.sever

    def dies_within(self, more_bytes: int) -> None:
        """The process dies when so many more bytes have left."""
        self.peer.misbehaviour.cut_after_bytes = more_bytes
        self.peer.protocol._lose_link = self.sever

    def mend(self) -> None:
        """The line is whole again, and nothing lies any more."""
        wrong = self.peer.misbehaviour
        wrong.lose_link_after, wrong.cut_after_bytes = "", 0
        wrong.noisy = wrong.stale_answers = wrong.garbage = False

    def _parts(self, journal: WorldJournal) -> Parts:
        return replace(super()._parts(journal), papers=_Papers())
