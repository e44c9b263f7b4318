"""Tickets owed from before a restart: printed once the printer can, before anybody is served."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hardware.interfaces.ticket_printer import (
    Doubtful,
    Printed,
    PrintOutcome,
)
from kiosk.central.desk import Reprint
from kiosk.clock import Clock
from kiosk.runtime.desk import Desk
from kiosk.runtime.device_calls import Devices, print_paper
from kiosk.runtime.print_task import LOOK_AGAIN_S, Composer
from kiosk.runtime.service_thread import ServiceThread

DOUBTFUL_TRIES = 3
"""So many slips may lie there already; no more are sent after them."""


class Reprints:
    """Prints what recovery found, one after the other, and settles each.

    Args:
        devices: the manager.
        desk: keeps the job's state.
        services: the thread on which the desk works.
        compose: makes the paper.
        clock: for the pause between tries.
        within: up to this age a ticket is printed; its citizen has gone to the desk by then.
        ended: told when nothing is owed any more.
    """

    def __init__(  # noqa: PLR0913 - the composition root names each
        self,
        *,
        devices: Devices,
        desk: Desk,
        services: ServiceThread,
        compose: Composer,
        clock: Clock,
        within: timedelta,
        ended: Callable[[], None],
    ) -> None:
        self._devices = devices
        self._desk = desk
        self._services = services
        self._compose = compose
        self._clock = clock
        self._within = within
        self._ended = ended
        self._lock = threading.Lock()
        self._owed: list[Reprint] = []

    @property
    def any(self) -> bool:
        """Whether a ticket is still owed."""
        return bool(self._owed)

    def owe(self, reprints: tuple[Reprint, ...]) -> None:
        """Take note of what recovery found."""
        with self._lock:
            self._owed.extend(reprints)

    def begin(self) -> None:
        """Print the first; the others follow."""
        if self._owed:
            first = self._owed[0]
            self._services.run(lambda: self._print(first, tries=0))

    def _print(self, owed: Reprint, tries: int) -> None:
        paper = self._compose(owed.ticket, owed.language, copy=owed.copy)
        self._desk.printing(owed.ticket.ticket_id)
        print_paper(
            self._devices,
            paper,
            lambda became: self._services.run(lambda: self._became(owed, tries + 1, became)),
        )

    def _became(self, owed: Reprint, tries: int, became: PrintOutcome) -> None:
        ticket_id = owed.ticket.ticket_id
        if isinstance(became, Printed):
            self._desk.printed(ticket_id)
            self._desk.settle(ticket_id, "taken")
            self._done(owed)
            return
        doubtful = isinstance(became, Doubtful)
        mark = self._desk.doubtful if doubtful else self._desk.not_printed
        mark(ticket_id, became.trouble.value)
        too_old = self._clock.now() - owed.ticket.issued_at > self._within
        if too_old or (doubtful and tries >= DOUBTFUL_TRIES):
            self._desk.settle(ticket_id, "voided")
            self._done(owed)
        else:
            again = replace(owed, copy=owed.copy or doubtful)
            so_far = tries if doubtful else tries - 1
            self._clock.call_later(
                LOOK_AGAIN_S, lambda: self._services.run(lambda: self._print(again, so_far))
            )

    def _done(self, owed: Reprint) -> None:
        with self._lock:
            self._owed = [one for one in self._owed if one.ticket != owed.ticket]
        if self._owed:
            self.begin()
        else:
            self._ended()
