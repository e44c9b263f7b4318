"""Calls on devices, as more than one task makes them."""

import threading
from collections.abc import Callable
from typing import Any, Protocol

from hardware.interfaces.device import Cancel
from hardware.interfaces.ticket_printer import (
    Doubtful,
    Paper,
    PaperTrouble,
    PrintOutcome,
    TicketPrinter,
)
from hardware.worker import Done, Outcome

PRINT_LIMIT_S = 20.0
"""Longest a ticket may take; two kilobytes need a fifth of a second at 115200 baud."""

Tell = Callable[[object], None]
"""Takes an event."""


class Call(Protocol):
    """A call under way on a device's worker."""

    def cancel(self) -> None:
        """Withdraw it."""


class Devices(Protocol):
    """The part of the device manager that tasks need."""

    def call(
        self,
        name: str,
        fn: Callable[[Any, Cancel], Any],
        deadline_s: float,
        done: Callable[[Outcome[Any]], None],
    ) -> Call:
        """Run a call on a device's worker; `done` hears exactly once."""


class LatestCall:
    """One call at a time on a device, and never a stale answer.

    Args:
        devices: the manager.
        name: of the device in the configuration.
        limit_s: after which a call has hung.
        report: takes what the latest call tells.
    """

    def __init__(self, devices: Devices, name: str, limit_s: float, report: Tell) -> None:
        self._devices = devices
        self._name = name
        self._limit_s = limit_s
        self._report = report
        self._lock = threading.Lock()
        self._serial = 0
        self._call: Call | None = None

    def start(
        self,
        work: Callable[[Any, Cancel, Tell], Any],
        ended: Callable[[Outcome[Any], Tell], None],
    ) -> None:
        """Use the device instead of any earlier use.

        Args:
            work: with the device; what it tells is reported as long as no other use has begun.
            ended: hears how it ended, and may tell likewise.

        Raises:
            KeyError: there is no such device.
        """
        self.stop()
        with self._lock:
            self._serial += 1
            serial = self._serial

        def tell(event: object) -> None:
            with self._lock:
                current = serial == self._serial
            if current:
                self._report(event)

        call = self._devices.call(
            self._name,
            lambda device, cancel: work(device, cancel, tell),
            self._limit_s,
            lambda outcome: ended(outcome, tell),
        )
        with self._lock:
            if serial == self._serial:
                self._call = call

    def stop(self) -> None:
        """Withdraw the call; nothing more is heard of it."""
        with self._lock:
            self._serial += 1
            call, self._call = self._call, None
        if call:
            call.cancel()


def print_paper(
    devices: Devices,
    paper: Paper,
    became: Callable[[PrintOutcome], None],
    limit_s: float = PRINT_LIMIT_S,
) -> None:
    """Have a paper printed.

    Args:
        devices: the manager.
        paper: to print.
        became: hears once what became of it.
        limit_s: longest it may take.
    """

    def send(printer: TicketPrinter, cancel: Cancel) -> PrintOutcome:
        return printer.print_paper(paper, cancel)

    def ended(outcome: Outcome[PrintOutcome]) -> None:
        # A worker that gave no outcome may have sent anything from nothing to all of it.
        lost = Doubtful(PaperTrouble.LINK_LOST)
        became(outcome.value if isinstance(outcome, Done) else lost)

    devices.call("ticket_printer", send, limit_s, ended)
