"""A world put together, and the lives of the machine in it."""

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from hardware.errors import DeviceError, FaultyDriverError
from hardware.interfaces.card_printer import FaceArea, FaceJob
from hardware.interfaces.device import Cancel
from hardware.interfaces.ticket_printer import Paper
from hardware.outcome import Done, Failed, Outcome
from kiosk.central.contract.orders import OrderOut
from kiosk.cipher import FieldCipher
from kiosk.domain.transaction.commands import Begin
from kiosk.domain.transaction.progress import Progress
from kiosk.errors import StorageError
from kiosk.saga.desk import EndorsementDesk
from kiosk.saga.journal import Journal
from kiosk.saga.journal_tables import MIGRATIONS
from kiosk.saga.ports import Parts
from kiosk.saga.rows import Entry, Row
from kiosk.saga.state import State
from kiosk.storage import Storage
from tests.kit.saga_world.card_path import WorldCard, WorldCardPrinter
from tests.kit.saga_world.cash import WorldCashAcceptor
from tests.kit.saga_world.central import WorldCentral
from tests.kit.saga_world.chip import WorldChipReader
from tests.kit.saga_world.citizen import WorldCitizen, WorldInbox
from tests.kit.saga_world.ledger import WorldLedger
from tests.kit.saga_world.small import WorldScanner, WorldSlipPrinter
from tests.kit.saga_world.terminal import WorldTerminal
from tests.kit.saga_world.world import KilledError, World

T = TypeVar("T")

KEY = bytes(range(32))


class WorldJournal(Journal):
    """The real journal; the world hears of every row, and may end the process around it."""

    def __init__(self, storage: Storage, world: World) -> None:
        super().__init__(storage, FieldCipher(KEY), world.clock)
        self._world = world

    def append(self, entry: Entry) -> Row:
        """Write a row between two moments of possible death."""
        if self._world.before_row(entry):
            self._storage._ok = False
            msg = "disk full"
            raise StorageError(msg)
        row = super().append(entry)
        self._world.after_row(row)
        return row


class WorldDevices:
    """Calls the world's devices in place of the manager.

    Args:
        world: decides over generic faults.
        devices: by name.
    """

    def __init__(self, world: World, devices: dict[str, Any]) -> None:
        self._world = world
        self._devices = devices

    def call(
        self, name: str, fn: Callable[[Any, Cancel], T], limit_s: float, cancel: Cancel
    ) -> Outcome[T]:
        """Use a device at once."""
        hindered = self._world.before_call(name, limit_s)
        if hindered:
            return hindered
        try:
            value = fn(self._devices[name], cancel)
        except DeviceError as error:
            return Failed(error)
        except Exception as error:  # noqa: BLE001 - as the worker does
            return Failed(FaultyDriverError(name, type(error).__name__))
        return self._world.after_call(name) or Done(value)

    def usable(self, name: str) -> bool:
        """Everything seems well until it is used."""
        return name in self._devices


class WorldPapers:
    """Composes the least that devices need."""

    def face(self, order: OrderOut) -> FaceJob:
        """Nothing but the key."""
        return FaceJob(order.order_id, FaceArea())

    def slip(self, state: State) -> Paper:
        """Nothing but the job."""
        return Paper(state.saga, ())


@dataclass
class Hall:
    """A machine's surroundings.

    Args:
        folder: of the journal.
        citizen: who comes first.
        world: the lasting part.
    """

    folder: Path
    citizen: WorldCitizen
    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.path = WorldCardPrinter(self.world, self._offer, self._takes)
        self.chip = WorldChipReader(self.world, self.path)
        self.terminal = WorldTerminal(self.world)
        self.cash = WorldCashAcceptor(self.world, self._next_note)
        self.slips = WorldSlipPrinter(self.world)
        self.ledger = WorldLedger(self.world)
        self.central = WorldCentral(self.world, self.ledger)
        self.devices = {
            "card_printer": self.path,
            "chip_reader": self.chip,
            "card_terminal": self.terminal,
            "cash_acceptor": self.cash,
            "code_scanner": WorldScanner(self.world, lambda: self.citizen.code),
            "ticket_printer": self.slips,
        }
        self.cards = [self.citizen.card]
        self._ids = itertools.count(1)

    @property
    def file(self) -> Path:
        """The journal's."""
        return self.folder / "endorsements.sqlite"

    def open_journal(self) -> WorldJournal:
        """As a starting process does."""
        return WorldJournal(Storage(self.file, MIGRATIONS), self.world)

    def live(self, act: Callable[[EndorsementDesk], None], kill_at: int | None = None) -> str:
        """One life of the machine's process.

        Args:
            act: what it does.
            kill_at: point of its death, counted from its start.

        Returns:
            `ended`, `killed`, or `broken` when its journal could not be written.
        """
        world = self.world
        world.point_count, world.kill_at = 0, kill_at
        journal = self.open_journal()
        try:
            act(EndorsementDesk(self._parts(journal)))
        except KilledError:
            return "killed"
        except StorageError:
            return "broken"
        finally:
            world.kill_at = None
            journal.close()
        return "ended"

    def serve(self, desk: EndorsementDesk) -> None:
        """Recover, then serve the citizen."""
        desk.recover()
        desk.serve(Begin("zh_CN"))

    def recover(self, desk: EndorsementDesk) -> None:
        """Recover."""
        desk.recover()

    def next_citizen(self, citizen: WorldCitizen) -> None:
        """Somebody else stands there now."""
        self.citizen = citizen
        self.cards.append(citizen.card)

    def _parts(self, journal: WorldJournal) -> Parts:
        return Parts(
            machine_id="E1",
            hall_id="hall",
            journal=journal,
            devices=WorldDevices(self.world, self.devices),
            central=self.central,
            papers=WorldPapers(),
            inbox=WorldInbox(self.world.clock, self.citizen),
            tell=self._tell,
            clock=self.world.clock,
            pause=self.world.clock.advance,
            new_id=lambda: f"order{next(self._ids)}",
        )

    def _tell(self, report: Progress) -> None:
        self.citizen.heard.append(report)
        self.world.trace.append(f"TOLD {report}")

    def _offer(self) -> WorldCard | None:
        return self.citizen.offer()

    def _next_note(self) -> int | None:
        return self.citizen.next_note()

    def _takes(self, card: WorldCard) -> bool:
        return self.citizen.takes_card


def clean(folder: Path) -> None:
    """Remove a hall's folder."""
    shutil.rmtree(folder, ignore_errors=True)
