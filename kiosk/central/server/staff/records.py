"""What staff did, and every read of personal data: added to, never changed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, or_, select

from kiosk.central.server.actor import Actor
from kiosk.central.server.office import Office
from kiosk.central.server.staff.tables import staff_account, staff_record
from kiosk.central.server.tables import machine

_ADD = insert(staff_record)
_LONGEST_REASON = 200


class Action(StrEnum):
    """What can be recorded; a closed list."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED = "locked"
    SIGNED_OUT = "signed_out"
    PASSWORD_SET = "password_set"  # noqa: S105 - a word, not a password
    CODE_MADE = "code_made"
    ACCOUNT_MADE = "account_made"
    ACCOUNT_CHANGED = "account_changed"
    PERSONAL_READ = "personal_read"
    TERMINAL_BOUND = "terminal_bound"
    FOLLOW_UP_CHANGED = "follow_up_changed"
    CALL_BACK_DONE = "call_back_done"
    ERROR_MARKED = "error_marked"
    EXPORTED = "exported"
    NOTICE_CHANGED = "notice_changed"
    MACHINE_CODE_MADE = "machine_code_made"
    MACHINE_ENROLLED = "machine_enrolled"
    MACHINE_SHUT_OUT = "machine_shut_out"


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action is about.

    Args:
        table: its table.
        row_id: its id.
    """

    table: str
    row_id: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record, for a person to read."""

    at: datetime
    who: str
    action: str
    subject_table: str
    subject_id: str
    reason: str


def note(
    connection: Connection,
    office: Office,
    account_id: str,
    action: Action,
    subject: Subject,
    reason: str = "",
) -> None:
    """Record an action, in the transaction that has its effect.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        account_id: who; a machine's id where one read for a citizen.
        action: what.
        subject: about what; ids only, never a value.
        reason: why; nothing personal.
    """
    row = {"at": office.clock.now(), "account_id": account_id, "action": action}
    about = {"subject_table": subject.table, "subject_id": subject.row_id}
    connection.execute(_ADD, {**row, **about, "reason": reason[:_LONGEST_REASON]})


def note_read(
    connection: Connection, office: Office, actor: Actor, subject: Subject, why: str
) -> None:
    """Record that somebody is shown personal data; call it in the transaction that opens it."""
    note(connection, office, actor.account_id, Action.PERSONAL_READ, subject, why)


def newest(connection: Connection, office: Office, hall_id: str, most: int) -> list[RecordLine]:
    """The newest records of a hall's staff and machines, newest first."""
    who = func.coalesce(staff_account.c.name, machine.c.machine_id).label("who")
    here = or_(staff_account.c.hall_id == hall_id, machine.c.hall_id == hall_id)
    query = (
        select(staff_record, who)
        .outerjoin(staff_account, staff_account.c.account_id == staff_record.c.account_id)
        .outerjoin(machine, machine.c.machine_id == staff_record.c.account_id)
        .where(here)
        .order_by(staff_record.c.id.desc())
        .limit(most)
    )
    return [
        RecordLine(
            office.local(row.at),
            row.who,
            row.action,
            row.subject_table,
            row.subject_id,
            row.reason,
        )
        for row in connection.execute(query)
    ]
