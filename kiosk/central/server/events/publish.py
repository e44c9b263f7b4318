"""Puts an event into its table, in the transaction that has the effect it tells of."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, text

from kiosk.central.contract.events import EventKind
from kiosk.central.server.database import PUBLISHED
from kiosk.central.server.events.tables import event
from kiosk.central.server.office import Office

CHANNEL = "central_events"
KEPT_DAYS = 7
_TURN = 0x6576656E
_ADD = insert(event)
_ADD_IN_TURN = text(
    "WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(:turn))"
    " INSERT INTO event (kind, hall_id, subject, at, facts)"
    " SELECT :kind, :hall_id, :subject, :at, CAST(:facts AS json) FROM turn"
    " RETURNING event_id, pg_notify(:channel, '')"
)


@dataclass(frozen=True, slots=True)
class Happened:
    """What to tell.

    Args:
        kind: of event.
        hall_id: where.
        subject: what to read again.
        facts: as the kind says; ids, codes and numbers only.
    """

    kind: EventKind
    hall_id: str
    subject: str
    facts: dict[str, str] = field(default_factory=dict)


def publish(connection: Connection, office: Office, happened: Happened) -> None:
    """Tell of something, once the transaction is committed.

    Call it after every other lock of the transaction is taken: on PostgreSQL events are written in
    turn, so that ids become visible in their order and a reader never passes one by.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        happened: what.
    """
    row = {
        "kind": happened.kind,
        "hall_id": happened.hall_id,
        "subject": happened.subject,
        "at": office.clock.now(),
    }
    if office.database.is_sqlite:
        connection.execute(_ADD, {**row, "facts": happened.facts})
    else:
        facts = json.dumps(happened.facts, ensure_ascii=False)
        connection.execute(_ADD_IN_TURN, {**row, "facts": facts, "turn": _TURN, "channel": CHANNEL})
    connection.info[PUBLISHED] = True


def newest(connection: Connection) -> int:
    """Id of the newest event, 0 where none is kept."""
    return int(connection.execute(select(func.max(event.c.event_id))).scalar() or 0)


def forget(connection: Connection, now: datetime) -> None:
    """Drop old events; whoever was away for longer reads everything again anyway."""
    connection.execute(delete(event).where(event.c.at < now - timedelta(days=KEPT_DAYS)))
