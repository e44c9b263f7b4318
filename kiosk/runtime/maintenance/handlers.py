"""Does what the effects of "maintenance" ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hardware.interfaces.ticket_printer import Paper, Printed, PrintOutcome
from kiosk.errors import StorageError
from kiosk.flows.application.events import CardRead, CardTroubled
from kiosk.flows.conductor import Situation
from kiosk.flows.effects import Effect
from kiosk.flows.maintenance import effects, events
from kiosk.flows.maintenance.reports import MachineReport
from kiosk.runtime.card_task import CardTask
from kiosk.runtime.device_calls import Devices, print_paper
from kiosk.runtime.maintenance.front_door import FrontDoor, Write
from kiosk.runtime.maintenance.ledger import Ledger
from kiosk.runtime.service_thread import ServiceThread

PRINT_LIMIT_S = 25.0


@dataclass(frozen=True, slots=True)
class StaffParts:
    """Who does the work.

    Args:
        door: lets staff in.
        ledger: cases and cash.
        report: the machine as it is now; may raise `StorageError`.
        trial_page: composes the test print for an operator.
        devices: the manager.
        services: the thread that waits for the disk.
        write: to the audit log.
    """

    door: FrontDoor
    ledger: Ledger
    report: Callable[[], MachineReport]
    trial_page: Callable[[str], Paper]
    devices: Devices
    services: ServiceThread
    write: Write


class MaintenanceHandlers:
    """One small method per effect.

    Args:
        parts: who does the work.
        card: makes the task that reads identity cards, given who hears of them.
        report: takes the events that tell what became of it.
    """

    def __init__(
        self,
        parts: StaffParts,
        card: Callable[[Callable[[object], None]], CardTask],
        report: Callable[[object], None],
    ) -> None:
        self._parts = parts
        self._card = card(self._card_said)
        self._report = report
        self._by_type: dict[type[Any], Callable[[Any], None]] = {
            effects.ReadOperatorCard: lambda _effect: self._card.start(),
            effects.StopReadingOperatorCard: lambda _effect: self._card.stop(),
            effects.CheckOperator: self._check,
            effects.SignOut: lambda _effect: parts.services.run(self._sign_out),
            effects.LookAtMachine: lambda _effect: parts.services.run(self._look),
            effects.ListCases: lambda _effect: parts.services.run(self._list),
            effects.CloseCase: lambda effect: parts.services.run(lambda: self._close(effect)),
            effects.RecordCount: lambda effect: parts.services.run(lambda: self._count(effect)),
            effects.TryPrinter: self._print,
        }

    def perform(self, effect: Effect, _situation: Situation) -> None:
        """Start what an effect asks for; returns at once."""
        self._by_type[type(effect)](effect)

    def handles(self) -> frozenset[type[Any]]:
        """Types of the effects that have a handler."""
        return frozenset(self._by_type)

    def _card_said(self, event: object) -> None:
        # A card that cannot be read is nobody's; an absent reader leaves the number pad.
        if isinstance(event, CardRead):
            number = event.person.number
            self._parts.services.run(lambda: self._tell_card(self._parts.door.of_card(number)))
        elif isinstance(event, CardTroubled) and event.trouble.value != "reader_away":
            self._tell_card("")

    def _tell_card(self, operator: str) -> None:
        self._report(events.OperatorCardRead(operator))

    def _check(self, effect: effects.CheckOperator) -> None:
        def check() -> None:
            self._report(self._parts.door.check(effect.operator, effect.pin, effect.door))

        self._parts.services.run(check)

    def _sign_out(self) -> None:
        try:
            self._parts.door.leave()
        except StorageError:
            # The storage remembers that it failed; the health watch takes the machine out.
            return

    def _look(self) -> None:
        try:
            self._report(events.MachineLooked(self._parts.report()))
        except StorageError:
            return

    def _list(self) -> None:
        try:
            self._report(events.CasesListed(self._parts.ledger.cases() or ()))
        except StorageError:
            return

    def _close(self, effect: effects.CloseCase) -> None:
        ledger = self._parts.ledger
        kind = effect.number.rpartition("-")[2]
        told = {"case": effect.number, "kind": kind}
        try:
            if ledger.close(effect.number, effect.reason, effect.operator):
                self._parts.write(
                    "case_closed", {**told, "reason": effect.reason, "operator": effect.operator}
                )
            self._report(events.CaseClosed(ledger.cases() or ()))
        except StorageError:
            self._report(events.CaseNotClosed())

    def _count(self, effect: effects.RecordCount) -> None:
        try:
            expected_fen = self._parts.ledger.counted(effect.counted_fen, effect.operator)
            self._parts.write(
                "cash_counted",
                {
                    "operator": effect.operator,
                    "counted": effect.counted_fen,
                    "expected": expected_fen,
                },
            )
            self._report(events.CountRecorded(effect.counted_fen, expected_fen))
        except StorageError:
            self._report(events.CountNotRecorded())

    def _print(self, effect: effects.TryPrinter) -> None:
        paper = self._parts.trial_page(effect.operator)

        def ended(became: PrintOutcome) -> None:
            printed = isinstance(became, Printed)
            self._parts.services.run(lambda: self._tried(effect.operator, printed=printed))

        print_paper(self._parts.devices, paper, ended, PRINT_LIMIT_S)

    def _tried(self, operator: str, *, printed: bool) -> None:
        self._report(events.PrinterTried(printed))
        self._parts.write("printer_tried", {"operator": operator, "printed": printed})
