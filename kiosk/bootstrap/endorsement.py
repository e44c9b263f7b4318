"""The endorsement machine: a card, a person, a fee, and the transaction over them."""

import threading
import uuid
from dataclasses import dataclass

from kiosk.bootstrap.cabinet import with_panel
from kiosk.bootstrap.ground import Ground
from kiosk.bootstrap.rating import Ratings
from kiosk.bootstrap.staff_side import CitizensSide, with_staff
from kiosk.central.contract import permits
from kiosk.central.endorsements_client import EndorsementsClient
from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.endorsement import states
from kiosk.flows.endorsement_machine import ENDORSEMENT_MACHINE
from kiosk.flows.maintenance.states import STAFF_STATES
from kiosk.runtime.card_task import CardTask
from kiosk.runtime.endorsing.face_task import Comparing, FaceTask, MachineFaceEngine
from kiosk.runtime.endorsing.finger_task import FingerTask
from kiosk.runtime.endorsing.handlers import (
    EndorsementHandlers,
    EndorsementWorkers,
    of_reader,
    of_transaction,
)
from kiosk.runtime.endorsing.lamps import LAMPS
from kiosk.runtime.endorsing.papers import EndorsementPapers
from kiosk.runtime.endorsing.permit_desk import Helpers, PermitDesk, Place
from kiosk.runtime.endorsing.transaction_thread import TransactionThread
from kiosk.runtime.endorsing.waiting_devices import WaitingDevices
from kiosk.runtime.endorsing.windows import with_windows
from kiosk.runtime.face_matching import CentralFaceMatcher, FirstToCompare
from kiosk.runtime.machine import Machine
from kiosk.runtime.maintenance.ledger import JournalLedger
from kiosk.runtime.performers import Performers
from kiosk.saga.desk import EndorsementDesk
from kiosk.saga.inbox import Inbox
from kiosk.saga.journal import Journal
from kiosk.saga.journal_tables import MIGRATIONS
from kiosk.saga.ports import CASH_ACCEPTOR, Parts
from kiosk.storage import Storage


@dataclass(frozen=True, slots=True)
class Aids:
    """What transactions use.

    Args:
        devices: used by a thread that waits.
        papers: composes face and slip.
    """

    devices: WaitingDevices
    papers: EndorsementPapers


def compose(ground: Ground) -> Machine:
    """An endorsement machine on its ground."""
    report = ground.later.report
    client = EndorsementsClient(ground.client.transport)
    devices = WaitingDevices(ground.manager)
    papers = EndorsementPapers(
        ground.languages, ground.side.catalogue.current, ground.config.machine.machine_id
    )
    journal = _journal(ground)
    transactions = _transactions(ground, client, journal, Aids(devices, papers))
    desk = PermitDesk(
        Place(ground.config.machine.machine_id, ground.config.machine.hall_id),
        Helpers(client, ground.manager, papers, ground.services),
        report,
    )
    workers = EndorsementWorkers(
        card=CardTask(ground.manager, ground.clock, of_reader(report)),
        transactions=transactions,
        face=_face(ground, client, devices),
        finger=FingerTask(ground.manager, report),
        desk=desk,
    )
    rest = (states.Resting, states.OutOfService, ErrandClosed)
    with_panel(
        ground,
        LAMPS,
        home=ENDORSEMENT_MACHINE.flow.home,
        closed=(states.OutOfService, *STAFF_STATES),
        entries=rest,
    )
    citizens = CitizensSide(
        ENDORSEMENT_MACHINE,
        Performers([EndorsementHandlers(workers), *Ratings(ground).performers()]),
        rest,
        _ledger(ground, journal, transactions),
    )
    errand, performer = with_staff(ground, citizens)
    return ground.machine(errand, performer, transactions)


def _ledger(ground: Ground, journal: Journal, transactions: TransactionThread) -> JournalLedger:
    has_cash = CASH_ACCEPTOR in ground.equipment.devices
    return JournalLedger(journal, has_cash=has_cash, changed=transactions.look)


def _journal(ground: Ground) -> Journal:
    storage = Storage(ground.config.machine.data_folder / "journal.sqlite", MIGRATIONS)
    ground.closes("journal", storage.close)
    journal = Journal(storage, ground.cipher, ground.clock)
    ground.journal_head = journal.head
    return journal


def _transactions(
    ground: Ground,
    client: EndorsementsClient,
    journal: Journal,
    aids: Aids,
) -> TransactionThread:
    machine = ground.config.machine
    inbox = Inbox(ground.clock)
    parts = Parts(
        machine_id=machine.machine_id,
        hall_id=machine.hall_id,
        journal=journal,
        devices=aids.devices,
        central=client,
        papers=aids.papers,
        inbox=inbox,
        tell=with_windows(of_transaction(ground.later.report), ground.side.catalogue.current),
        clock=ground.clock,
        pause=_pause,
        new_id=lambda: uuid.uuid4().hex,
    )
    return TransactionThread(EndorsementDesk(parts), inbox, ground.clock, ground.later.look)


def _face(ground: Ground, client: EndorsementsClient, devices: WaitingDevices) -> FaceTask:
    machine = ground.config.machine

    def query(live: str, reference: str) -> permits.FaceQuery:
        return permits.FaceQuery(
            machine_id=machine.machine_id,
            hall_id=machine.hall_id,
            live=live,
            reference=reference,
        )

    matcher = FirstToCompare(CentralFaceMatcher(client, query), MachineFaceEngine(devices.call))
    return FaceTask(
        ground.manager, Comparing(matcher, ground.services), ground.clock, ground.later.report
    )


def _pause(seconds: float) -> None:
    threading.Event().wait(seconds)
