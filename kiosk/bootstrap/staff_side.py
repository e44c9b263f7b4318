"""Staff's side of every machine: the maintenance errand laid beside that of the role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hardware.interfaces.ticket_printer import Paper
from kiosk import VERSION
from kiosk.bootstrap.ground import Ground
from kiosk.flows.errand import Errand, together
from kiosk.flows.maintenance.reports import MachineReport
from kiosk.flows.maintenance.table import maintenance
from kiosk.operators import OperatorBook
from kiosk.runtime.card_task import CardTask
from kiosk.runtime.maintenance.front_door import FrontDoor
from kiosk.runtime.maintenance.handlers import MaintenanceHandlers, StaffParts
from kiosk.runtime.maintenance.ledger import Ledger
from kiosk.runtime.maintenance.report import ReportSources, report_of
from kiosk.runtime.maintenance.trial_page import trial_page
from kiosk.runtime.performers import ErrandPerformer, Performers


@dataclass(frozen=True, slots=True)
class CitizensSide:
    """What a role has of its own.

    Args:
        errand: its table.
        performer: does its effects.
        entries: types of the states in which it serves nobody, from which staff may enter.
        ledger: of cases and cash.
    """

    errand: Errand
    performer: ErrandPerformer
    entries: Sequence[type[Any]]
    ledger: Ledger


def with_staff(ground: Ground, own: CitizensSide) -> tuple[Errand, Performers]:
    """The errand and the performer of the whole machine.

    Args:
        ground: of the machine.
        own: the role's.
    """
    staff = maintenance(own.errand.flow.home, own.entries)
    handlers = MaintenanceHandlers(
        _parts(ground, own.ledger),
        lambda report: CardTask(ground.manager, ground.clock, report),
        ground.later.report,
    )
    errand = together(own.errand.flow.name, [own.errand, staff])
    return errand, Performers([own.performer, handlers])


def _parts(ground: Ground, ledger: Ledger) -> StaffParts:
    machine = ground.config.machine
    book = OperatorBook(machine.data_folder, ground.device_key)
    speech = ground.languages.speech(machine.language)

    def page(operator: str) -> Paper:
        return trial_page(machine.machine_id, operator, ground.clock.now(), speech)

    def record(event: str, fields: Mapping[str, str | int | bool]) -> None:
        ground.audit.write(event, **fields)

    def report() -> MachineReport:
        return report_of(_sources(ground), ledger)

    return StaffParts(
        door=FrontDoor(book, ground.clock, record),
        ledger=ledger,
        report=report,
        trial_page=page,
        devices=ground.manager,
        services=ground.services,
        write=record,
    )


def _sources(ground: Ground) -> ReportSources:
    watch = ground.later.watch
    return ReportSources(
        statuses=ground.manager.statuses,
        simulated=ground.manager.simulated,
        reasons=lambda: watch.reasons if watch else (),
        waiting=ground.side.outbox.waiting,
        away=lambda: ground.side.link.away,
        software=VERSION,
    )
