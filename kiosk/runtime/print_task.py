"""Printing a ticket: journaled before a byte goes out, and after, with what is known of it."""

from collections.abc import Callable
from typing import Protocol

from hardware.interfaces.device import Cancel, Device
from hardware.interfaces.ticket_printer import (
    NotPrinted,
    Paper,
    Printed,
    PrintOutcome,
)
from hardware.status import DeviceStatus
from hardware.worker import Done, Outcome
from kiosk.clock import Clock
from kiosk.domain.ticket import Ticket
from kiosk.flows.application.events import (
    PrinterReady,
    TicketDoubtful,
    TicketNotPrinted,
    TicketPrinted,
)
from kiosk.flows.application.states import PaperTrouble
from kiosk.flows.effects import PrintTicket
from kiosk.runtime.desk import Desk
from kiosk.runtime.device_calls import PRINT_LIMIT_S, Devices, print_paper
from kiosk.runtime.service_thread import ServiceThread

LOOK_AGAIN_S = 1.0
"""Between looks at a printer that owes a ticket."""


class Composer(Protocol):
    """Makes a ticket's paper."""

    def __call__(self, ticket: Ticket, language: str, *, copy: bool) -> Paper:
        """The paper of a ticket in a language."""


class PrintTask:
    """Prints one ticket at a time.

    Args:
        devices: the manager.
        desk: keeps the job's state.
        services: the thread on which the desk works.
        compose: makes the paper.
        clock: for the next look at a printer in trouble.
        report: takes the outcome as an event.
    """

    def __init__(
        self,
        devices: Devices,
        desk: Desk,
        services: ServiceThread,
        compose: Composer,
        clock: Clock,
        report: Callable[[object], None],
    ) -> None:
        self._devices = devices
        self._desk = desk
        self._services = services
        self._compose = compose
        self._clock = clock
        self._report = report
        self._owing = ""

    def start(self, effect: PrintTicket, language: str) -> None:
        """Print a ticket; its outcome comes as an event."""
        self._owing = ""
        self._services.run(lambda: self._print(effect.ticket, language, copy=effect.copy))

    def _print(self, ticket: Ticket, language: str, *, copy: bool) -> None:
        paper = self._compose(ticket, language, copy=copy)
        self._desk.printing(ticket.ticket_id)
        print_paper(
            self._devices,
            paper,
            lambda became: self._services.run(lambda: self._ended(ticket.ticket_id, became)),
        )

    def _ended(self, ticket_id: str, became: PrintOutcome) -> None:
        if isinstance(became, Printed):
            self._desk.printed(ticket_id)
            self._report(TicketPrinted(ticket_id))
            return
        trouble = PaperTrouble(became.trouble.value)
        if isinstance(became, NotPrinted):
            self._desk.not_printed(ticket_id, trouble.value)
            self._report(TicketNotPrinted(ticket_id, trouble))
        else:
            self._desk.doubtful(ticket_id, trouble.value)
            self._report(TicketDoubtful(ticket_id, trouble))
        self._owing = ticket_id
        self._look_later(ticket_id)

    def forget(self) -> None:
        """No paper is owed any more; stops looking at the printer."""
        self._owing = ""

    def _look_later(self, ticket_id: str) -> None:
        self._clock.call_later(LOOK_AGAIN_S, lambda: self._look(ticket_id))

    def _look(self, ticket_id: str) -> None:
        if self._owing == ticket_id:
            self._devices.call(
                "ticket_printer",
                _status_of,
                PRINT_LIMIT_S,
                lambda outcome: self._looked(ticket_id, outcome),
            )

    def _looked(self, ticket_id: str, outcome: Outcome[DeviceStatus]) -> None:
        if self._owing != ticket_id:
            return
        if isinstance(outcome, Done) and outcome.value.usable:
            self._owing = ""
            self._report(PrinterReady())
        else:
            self._look_later(ticket_id)


def _status_of(device: Device, _cancel: Cancel) -> DeviceStatus:
    return device.status()
