"""The machines on file: a code made, a key taken, a machine shut out."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.central.contract.admission import Enrolled, EnrolmentIn
from kiosk.central.server.actor import Actor
from kiosk.central.server.admission.tables import admission
from kiosk.central.server.office import Office
from kiosk.central.server.staff import passwords
from kiosk.central.server.staff.accounts import rules_of
from kiosk.central.server.staff.records import Action, Subject, note

TABLE = "admission"
_TRIES = 5
"""wrong codes before a code is worth nothing (reliability facts 3.6)"""

_NO_CODE: dict[str, None] = {"code_hash": None, "code_until": None}


class Standing(StrEnum):
    """How a machine on file stands."""

    AWAITED = "awaited"
    """it has a code and has not come yet"""
    LAPSED = "lapsed"
    """its code went by unused"""
    IN = "in"
    """it proves what it asks by its key"""
    OUT = "out"
    """shut out"""


@dataclass(frozen=True, slots=True)
class MachineLine:
    """A machine on file, for the administrator.

    Args:
        machine_id: its id.
        standing: whether it is in.
        since: since when, hall time.
    """

    machine_id: str
    standing: Standing
    since: datetime


def make_code(connection: Connection, office: Office, actor: Actor, machine_id: str) -> str | None:
    """A one-time code for a machine; one that is in stays in until it is used.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        actor: who makes it.
        machine_id: for whom.

    Returns:
        The code, None where the id belongs to another hall's machine.
    """
    code, now = passwords.new_code(), office.clock.now()
    until = now + timedelta(minutes=rules_of(office).code_minutes)
    hashed = passwords.digest_of_code(code)
    fresh = {"code_hash": hashed, "code_until": until, "tries_left": _TRIES}
    by = {"made_by": actor.account_id, "made_at": now}
    mine = admission.c.machine_id == machine_id
    row = _row(connection, machine_id)
    if row is None:
        new = {"machine_id": machine_id, "hall_id": actor.hall_id, **by, **fresh}
        connection.execute(insert(admission), new)
    elif row.hall_id == actor.hall_id:
        connection.execute(update(admission).where(mine).values(**by, **fresh))
    else:
        return None
    subject = Subject(TABLE, machine_id)
    note(connection, office, actor.account_id, Action.MACHINE_CODE_MADE, subject)
    return code


def enrol(
    connection: Connection, office: Office, sent: EnrolmentIn, own_code: bytes = b""
) -> Enrolled | None:
    """Take a machine's key if its code is right; a wrong one costs a try.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        sent: proven by the key that it brings.
        own_code: hash of a demonstration's code, good for every machine; empty for none.

    Returns:
        None when the code does not let it in; nobody is told why.
    """
    public_key = base64.b64decode(sent.public_key)
    row = _row(connection, sent.machine_id)
    if row is not None and row.public_key == public_key and row.revoked_at is None:
        # Its first answer was lost, and the code is used up.
        return Enrolled(machine_id=sent.machine_id, at=row.enrolled_at)
    hashed = passwords.digest_of_code(sent.code)
    if own_code and passwords.same(own_code, hashed):
        if row is None:
            _put_on_file(connection, office, sent.machine_id)
    elif not _fits(connection, office, row, hashed):
        return None
    now, who = office.clock.now(), sent.machine_id
    entered = {"public_key": public_key, "enrolled_at": now, "revoked_at": None, **_NO_CODE}
    connection.execute(update(admission).where(admission.c.machine_id == who).values(**entered))
    note(connection, office, who, Action.MACHINE_ENROLLED, Subject(TABLE, who))
    return Enrolled(machine_id=who, at=now)


def _row(connection: Connection, machine_id: str) -> Row[Any] | None:
    query = select(admission).where(admission.c.machine_id == machine_id)
    return connection.execute(query.with_for_update()).one_or_none()


def _put_on_file(connection: Connection, office: Office, machine_id: str) -> None:
    """A demonstration's machine, of which no administrator has heard."""
    hall_id = next(iter(office.offers.by_hall))
    new = {"machine_id": machine_id, "hall_id": hall_id, "made_by": machine_id, "tries_left": 0}
    connection.execute(insert(admission), {**new, "made_at": office.clock.now()})


def _fits(connection: Connection, office: Office, row: Row[Any] | None, hashed: bytes) -> bool:
    """Whether a machine's open code is this one; a wrong one costs a try."""
    if row is None or row.code_until is None or office.clock.now() > row.code_until:
        return False
    if row.tries_left < 1:
        return False
    if passwords.same(row.code_hash, hashed):
        return True
    mine = admission.c.machine_id == row.machine_id
    connection.execute(update(admission).where(mine).values(tries_left=row.tries_left - 1))
    return False


def shut_out(connection: Connection, office: Office, actor: Actor, machine_id: str) -> bool:
    """Believe a machine no longer; whether this hall has it on file."""
    mine = (admission.c.machine_id == machine_id) & (admission.c.hall_id == actor.hall_id)
    gone = {"revoked_at": office.clock.now(), **_NO_CODE}
    if not connection.execute(update(admission).where(mine).values(**gone)).rowcount:
        return False
    subject = Subject(TABLE, machine_id)
    note(connection, office, actor.account_id, Action.MACHINE_SHUT_OUT, subject)
    return True


def key_of(connection: Connection, machine_id: str) -> bytes | None:
    """The public key of a machine that is in."""
    query = select(admission.c.public_key).where(
        admission.c.machine_id == machine_id, admission.c.revoked_at.is_(None)
    )
    found: bytes | None = connection.execute(query).scalar_one_or_none()
    return found


def lines(connection: Connection, office: Office, hall_id: str) -> list[MachineLine]:
    """A hall's machines on file, by id."""
    now = office.clock.now()
    query = select(admission).where(admission.c.hall_id == hall_id)
    found = []
    for row in connection.execute(query.order_by(admission.c.machine_id)):
        if row.revoked_at is not None:
            standing, since = Standing.OUT, row.revoked_at
        elif row.public_key is not None:
            standing, since = Standing.IN, row.enrolled_at
        else:
            open_still = row.code_until is not None and now <= row.code_until
            standing = Standing.AWAITED if open_still and row.tries_left else Standing.LAPSED
            since = row.made_at
        found.append(MachineLine(row.machine_id, standing, office.local(since)))
    return found
