"""The first administrator, and people for a demonstration, made where the server runs."""

from kiosk.central.demo_staff import DEMO_STAFF
from kiosk.central.server.actor import Role
from kiosk.central.server.office import Office
from kiosk.central.server.staff import accounts, passwords
from kiosk.central.server.staff.accounts import AccountState, NewAccount


def make_administrator(office: Office, login: str, hall_id: str) -> str:
    """Make an administrator, or give an existing account a new way in.

    Args:
        office: the server's parts.
        login: name to sign in with.
        hall_id: where they work.

    Returns:
        A one-time code.
    """
    with office.database.transaction() as connection:
        row = accounts.by_login(connection, login)
        if row is None:
            new = NewAccount(login, hall_id, login, login, Role.ADMINISTRATOR)
            return accounts.make(connection, office, new, "")
        accounts.change(
            connection, row.account_id, role=Role.ADMINISTRATOR, state=AccountState.ACTIVE
        )
        return accounts.give_code(connection, office, row.account_id, row.account_id)


def make_demo_staff(office: Office, hall_id: str, password: str) -> None:
    """People to sign in as, all with one password; for demonstrations only.

    Args:
        office: the server's parts.
        hall_id: where they work.
        password: random, known only to who started the demonstration.
    """
    hashed = passwords.hashed(password)
    with office.database.transaction() as connection:
        for one in DEMO_STAFF:
            row = accounts.by_login(connection, one.login)
            if row is None:
                role = Role(one.role)
                new = NewAccount(one.login, hall_id, one.name, one.number, role, one.stars)
                accounts.make(connection, office, new, "")
                row = accounts.by_login(connection, one.login)
            assert row is not None, "made above"
            accounts.set_password(connection, office, row.account_id, hashed)
