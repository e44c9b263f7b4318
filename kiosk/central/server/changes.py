"""One row per change of a ticket: of its paper, and of its place in the queue.

Every waiting and serving time is exact from these rows: a ticket waits from `ticket.taken_at`, and
each row of the place says when it went on, to which state, at which window and by whom.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert

from kiosk.central.contract import TicketState
from kiosk.central.server.tables import ticket_change
from kiosk.domain.queueing import QueueState

PAPER = "paper"
PLACE = "place"
_ADD = insert(ticket_change)


@dataclass(frozen=True, slots=True)
class Cause:
    """Who changes a place, and why.

    Args:
        actor: account of a clerk, or id of a machine.
        reason: a word of ours or a clerk's own; nothing personal.
        service_id: whose queue or window the ticket is at after the change.
        window: that it is at, None where it is at none.
    """

    actor: str
    reason: str
    service_id: str
    window: str | None = None


def first(connection: Connection, row: Mapping[str, Any], reason: str) -> None:
    """A ticket has come to be: numbered, and waiting from the moment it was taken."""
    _add(
        connection,
        ticket_id=row["ticket_id"],
        at=row["received_at"],
        actor=row["machine_id"],
        line=PAPER,
        from_state="",
        to_state=row["state"],
        service_id=row["service_id"],
        window=None,
        reason=reason,
    )


def paper(
    connection: Connection, row: Row[Any], after: TicketState, at: datetime, reason: str
) -> None:
    """A machine has said what became of the paper."""
    _add(
        connection,
        ticket_id=row.ticket_id,
        at=at,
        actor=row.machine_id,
        line=PAPER,
        from_state=row.state,
        to_state=after,
        service_id=row.service_id,
        window=None,
        reason=reason,
    )


def place(
    connection: Connection, row: Row[Any], after: QueueState, at: datetime, cause: Cause
) -> None:
    """A ticket goes on in the queue."""
    _add(
        connection,
        ticket_id=row.ticket_id,
        at=at,
        actor=cause.actor,
        line=PLACE,
        from_state=row.queue_state,
        to_state=after,
        service_id=cause.service_id,
        window=cause.window,
        reason=cause.reason,
    )


def _add(connection: Connection, **columns: Any) -> None:
    connection.execute(_ADD, columns)
