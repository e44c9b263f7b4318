"""What the ticket desk works with."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.central.contract import TicketIn
from kiosk.central.desk_messages import APPLICATION, Machine
from kiosk.central.leases import Leases
from kiosk.central.link import LinkState
from kiosk.central.outbox import Outbox
from kiosk.central.outbox_sender import OutboxSender
from kiosk.central.remote import Central
from kiosk.cipher import FieldCipher
from kiosk.clock import Clock
from kiosk.domain.claim import Claim
from kiosk.storage import Storage


class Record(Protocol):
    """Writes an audit event in the transaction of the fact; `AuditLog.append` is one."""

    def __call__(
        self, db: sqlite3.Connection, event: str, fields: Mapping[str, str | int | bool]
    ) -> None:
        """Write one event of the closed list."""


@dataclass(frozen=True, slots=True)
class DeskParts:
    """Everything the desk needs.

    Args:
        machine: who speaks.
        storage: of the machine.
        cipher: seals what is personal.
        outbox: what waits for central.
        sender: delivers it.
        leases: numbers held in reserve.
        central: asked while a citizen waits.
        link: whether central is away.
        clock: the machine's time.
        wake: tells the courier that something is due.
        record: keeps audit events.
        in_order: services as they are visited, by the catalogue.
        windows: that serve a service, by the catalogue.
    """

    machine: Machine
    storage: Storage
    cipher: FieldCipher
    outbox: Outbox
    sender: OutboxSender
    leases: Leases
    central: Central
    link: LinkState
    clock: Clock
    wake: Callable[[], None]
    record: Record
    in_order: Callable[[tuple[str, ...]], tuple[str, ...]]
    windows: Callable[[str], tuple[str, ...]]

    def question(
        self,
        visit_id: str,
        services: tuple[str, ...],
        taken_at: datetime,
        *,
        with_application: bool,
        claim: Claim = Claim(),  # noqa: B008 - frozen
    ) -> TicketIn:
        """A visit's question for a number.

        An application that central refused is left out: its citizen still gets a number, and staff
        were told of the refusal.
        """
        known = self.outbox.state_of(visit_id, APPLICATION) if with_application else None
        application_id = visit_id if known and known[1] != "dead" else None
        return self.machine.ask(visit_id, services, taken_at, application_id, claim)
