"""Sessions: kept by the server, known to the browser by a secret cookie only."""

from datetime import timedelta

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.office import Office
from kiosk.central.server.staff import passwords
from kiosk.central.server.staff.accounts import AccountState, rules_of
from kiosk.central.server.staff.tables import staff_account, staff_session

_FIND = (
    select(staff_session, staff_account)
    .join(staff_account, staff_account.c.account_id == staff_session.c.account_id)
    .where(staff_session.c.session_hash == bindparam("hashed"))
)
_TOUCH_EVERY = timedelta(seconds=60)
"""so that looking at a page does not cost a write each time"""


def open_one(connection: Connection, office: Office, account_id: str) -> str:
    """Begin a session and forget those that have ended.

    Returns:
        Its secret; the database has only a hash of it.
    """
    now = office.clock.now()
    rules = rules_of(office)
    connection.execute(
        delete(staff_session).where(
            or_(
                staff_session.c.seen_at < now - timedelta(minutes=rules.idle_minutes),
                staff_session.c.started_at < now - timedelta(hours=rules.longest_hours),
            )
        )
    )
    secret = passwords.new_secret()
    row = {"session_hash": passwords.digest(secret), "account_id": account_id}
    times = {"started_at": now, "seen_at": now}
    connection.execute(
        insert(staff_session), {**row, **times, "form_token": passwords.new_secret()}
    )
    return secret


def actor_of(connection: Connection, office: Office, secret: str) -> Actor | None:
    """Who a cookie belongs to; None when the session has ended, by time or otherwise."""
    hashed = passwords.digest(secret)
    row = connection.execute(_FIND, {"hashed": hashed}).one_or_none()
    if row is None or row.state != AccountState.ACTIVE:
        return None
    now, rules = office.clock.now(), rules_of(office)
    idle, age = now - row.seen_at, now - row.started_at
    if idle > timedelta(minutes=rules.idle_minutes) or age > timedelta(hours=rules.longest_hours):
        end(connection, secret)
        return None
    if abs(idle) >= _TOUCH_EVERY:
        connection.execute(
            update(staff_session).where(staff_session.c.session_hash == hashed).values(seen_at=now)
        )
    return Actor(
        account_id=row.account_id,
        name=row.name,
        number=row.number,
        role=Role(row.role),
        hall_id=row.hall_id,
        form_token=row.form_token,
    )


def end(connection: Connection, secret: str) -> None:
    """End a session."""
    hashed = passwords.digest(secret)
    connection.execute(delete(staff_session).where(staff_session.c.session_hash == hashed))
