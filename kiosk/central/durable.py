"""The durable side of a machine put together: storage, outbox, leases, desk and their courier."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from kiosk.central.catalogue import CatalogueKeeper
from kiosk.central.courier import Courier, every
from kiosk.central.desk import DeskParts, TicketDesk, Waits
from kiosk.central.desk_book import DeskBook
from kiosk.central.desk_messages import Machine
from kiosk.central.desk_parts import Record
from kiosk.central.last_good import Keeping
from kiosk.central.leases import Holder, Leases
from kiosk.central.link import LinkState
from kiosk.central.outbox import DeadMessage, Outbox
from kiosk.central.outbox_sender import OutboxSender, Pace
from kiosk.central.remote import Central
from kiosk.central.suggestion_box import SuggestionBox
from kiosk.cipher import FieldCipher
from kiosk.clock import Clock
from kiosk.storage import Storage

_KEEP = timedelta(days=30)
_HOUSEKEEPING_S = 6 * 3600.0


def no_record(db: sqlite3.Connection, event: str, fields: Mapping[str, str | int | bool]) -> None:
    """Where no audit log is kept."""


def _nobody(_what: object) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class DurableSettings:
    """What may differ between machines.

    Args:
        holder: who this machine is, and how many numbers it holds.
        waits: how long a citizen waits for central.
        reprint_within: up to this age an unsettled ticket is printed again after a restart.
        pace: of the outbox.
        numbers: whether it holds queue numbers in reserve.
    """

    holder: Holder
    waits: Waits = field(default_factory=Waits)
    reprint_within: timedelta = timedelta(minutes=10)
    pace: Pace = field(default_factory=Pace)
    numbers: bool = True


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told.

    Args:
        record: writes audit events in the transaction of the fact.
        on_dead: told of every message that central will never take.
        failed: told of an exception in the background.
    """

    record: Record = no_record
    on_dead: Callable[[DeadMessage], None] = _nobody
    failed: Callable[[BaseException], None] = _nobody


@dataclass(frozen=True, slots=True)
class DurableSide:
    """The parts, for whoever needs one of them."""

    outbox: Outbox
    sender: OutboxSender
    leases: Leases
    catalogue: CatalogueKeeper
    link: LinkState
    courier: Courier
    desk: TicketDesk
    suggestions: SuggestionBox

    def start(self) -> None:
        """Begin to talk to central in the background."""
        self.courier.start()

    def close(self) -> bool:
        """End; what waits, waits. Whether the courier ended in time."""
        return self.courier.close()


def assemble(
    settings: DurableSettings,
    storage: Storage,
    cipher: FieldCipher,
    central: Central,
    clock: Clock,
    listeners: Listeners = Listeners(),
) -> DurableSide:
    """Put the durable side together; nothing talks to central before `start`.

    Raises:
        StorageError: the device key does not fit the database.
    """
    holder = settings.holder
    link = LinkState()
    courier = Courier(clock, listeners.failed)
    outbox = Outbox(storage, cipher, holder.machine_id)
    sender = OutboxSender(outbox, central.post, link, clock, listeners.on_dead, settings.pace)
    catalogue = CatalogueKeeper(Keeping(storage, link, clock), central, holder.hall_id)
    leases = Leases(storage, central, link, clock, holder, catalogue.services)
    parts = DeskParts(
        machine=Machine(holder.machine_id, holder.hall_id),
        storage=storage,
        cipher=cipher,
        outbox=outbox,
        sender=sender,
        leases=leases,
        central=central,
        link=link,
        clock=clock,
        wake=courier.wake,
        record=listeners.record,
        in_order=catalogue.in_order,
        windows=catalogue.windows,
    )
    desk = TicketDesk(parts, settings.waits, settings.reprint_within)
    box = SuggestionBox(parts)
    side = DurableSide(outbox, sender, leases, catalogue, link, courier, desk, box)
    _add_errands(side, parts, numbers=settings.numbers)
    return side


def _add_errands(side: DurableSide, parts: DeskParts, *, numbers: bool) -> None:
    """What waits goes first; what is fetched for later comes after it."""
    house = every(_HOUSEKEEPING_S, parts.clock, lambda: _forget_the_old(parts))
    leases = (side.leases.keep,) if numbers else ()
    for errand in (side.sender.send_due, side.catalogue.keep, *leases, house):
        side.courier.add(errand)
    side.link.listen(lambda _away: side.courier.wake())


def _forget_the_old(parts: DeskParts) -> None:
    before = parts.clock.today() - _KEEP
    parts.outbox.purge(before)
    parts.leases.purge(before)
    DeskBook(parts.storage, parts.cipher).purge(before)
