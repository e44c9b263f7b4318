"""Accounts: made without a password, given one by a one-time code, locked after wrong tries."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from kiosk.central.server.actor import Role
from kiosk.central.server.office import Office
from kiosk.central.server.staff import passwords
from kiosk.central.server.staff.records import Action, Subject, note
from kiosk.central.server.staff.tables import staff_account, staff_session
from kiosk.policy.loader import shipped
from kiosk.policy.staff_rows import StaffRules

TABLE = "staff_account"


class AccountState(StrEnum):
    """Whether an account can be used."""

    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an administrator says about a person.

    Args:
        login: name to sign in with, lower case.
        hall_id: where they work.
        name: as shown to citizens.
        number: of the clerk (工号), one of its kind in the hall.
        role: what they may do.
        stars: 0 to 5, as the evaluator shows them.
    """

    login: str
    hall_id: str
    name: str
    number: str
    role: Role
    stars: int = 0


class AccountTakenError(Exception):
    """Login or number belongs to somebody else already."""


def rules_of(office: Office) -> StaffRules:
    """The rules for staff in force today."""
    return shipped().on(office.clock.today()).table(StaffRules)[0]


def by_login(connection: Connection, login: str) -> Row[Any] | None:
    """An account by its name to sign in, however it was typed; locked against changes."""
    query = select(staff_account).where(staff_account.c.login == login.strip().lower())
    return connection.execute(query.with_for_update()).one_or_none()


def by_id(connection: Connection, account_id: str) -> Row[Any] | None:
    """An account."""
    query = select(staff_account).where(staff_account.c.account_id == account_id)
    return connection.execute(query).one_or_none()


def by_number(connection: Connection, hall_id: str, number: str) -> Row[Any] | None:
    """The account of a clerk's number in a hall."""
    query = select(staff_account).where(
        staff_account.c.hall_id == hall_id, staff_account.c.number == number
    )
    return connection.execute(query).one_or_none()


def of_hall(connection: Connection, hall_id: str) -> list[Row[Any]]:
    """Everybody of a hall, by number."""
    query = select(staff_account).where(staff_account.c.hall_id == hall_id)
    return list(connection.execute(query.order_by(staff_account.c.number)))


def make(connection: Connection, office: Office, new: NewAccount, by: str) -> str:
    """Make an account that nobody can use before its one-time code was.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        new: the person.
        by: account id of who makes it; empty for the command line.

    Returns:
        The one-time code; shown once, kept only as a hash.

    Raises:
        AccountTakenError: login or number are taken; the transaction must end.
    """
    account_id = f"s-{uuid4().hex}"
    row = {
        "account_id": account_id,
        "login": new.login.strip().lower(),
        "hall_id": new.hall_id,
        "name": new.name,
        "number": new.number,
        "role": new.role,
        "stars": new.stars,
        "state": AccountState.ACTIVE,
        "failures": 0,
        "photo_version": "",
        "made_at": office.clock.now(),
    }
    try:
        connection.execute(insert(staff_account), row)
    except IntegrityError as taken:
        raise AccountTakenError from taken
    note(connection, office, by or account_id, Action.ACCOUNT_MADE, Subject(TABLE, account_id))
    return give_code(connection, office, account_id, by or account_id)


def give_code(connection: Connection, office: Office, account_id: str, by: str) -> str:
    """Give an account a fresh one-time code; the earlier one dies, so do lock and sessions."""
    code = passwords.new_code()
    until = office.clock.now() + timedelta(minutes=rules_of(office).code_minutes)
    change(
        connection,
        account_id,
        code_hash=passwords.digest_of_code(code),
        code_until=until,
        failures=0,
        locked_until=None,
    )
    end_sessions(connection, account_id)
    note(connection, office, by, Action.CODE_MADE, Subject(TABLE, account_id))
    return code


def set_password(connection: Connection, office: Office, account_id: str, password: str) -> None:
    """Set a password that is hashed already; the code is used up and other sessions end."""
    change(
        connection,
        account_id,
        password=password,
        code_hash=None,
        code_until=None,
        failures=0,
        locked_until=None,
    )
    end_sessions(connection, account_id)
    note(connection, office, account_id, Action.PASSWORD_SET, Subject(TABLE, account_id))


def change(connection: Connection, account_id: str, **columns: Any) -> None:
    """Change columns of an account."""
    connection.execute(
        update(staff_account).where(staff_account.c.account_id == account_id).values(**columns)
    )


def end_sessions(connection: Connection, account_id: str) -> None:
    """Sign an account out everywhere."""
    connection.execute(staff_session.delete().where(staff_session.c.account_id == account_id))


def administrators(connection: Connection, hall_id: str) -> int:
    """How many administrators of a hall can be used; the last one is never closed."""
    query = select(func.count()).where(
        staff_account.c.hall_id == hall_id,
        staff_account.c.role == Role.ADMINISTRATOR,
        staff_account.c.state == AccountState.ACTIVE,
    )
    return int(connection.execute(query).scalar_one())
