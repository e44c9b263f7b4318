"""Signing in: a try is counted before it is judged, so that trying at once gains nothing."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from kiosk.central.server.office import Office
from kiosk.central.server.staff import accounts, passwords, sessions
from kiosk.central.server.staff.accounts import AccountState
from kiosk.central.server.staff.records import Action, Subject, note

LONGEST_PASSWORD = 128


class Refusal(StrEnum):
    """Why somebody is not let in; nobody is told which part was wrong."""

    WRONG = "wrong"
    CODE_WRONG = "code_wrong"
    TOO_SHORT = "too_short"
    NOT_ALIKE = "not_alike"


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody is in.

    Args:
        secret: of the session, for the cookie.
    """

    secret: str


async def with_password(office: Office, login: str, password: str) -> Opened | Refusal:
    """Let somebody in by name and password.

    The hash takes its time outside the transaction and off the event loop.
    """
    row = await office.database.run(lambda: _counted(office, login))
    kept = row.password if row else None
    fits = await asyncio.to_thread(passwords.fits, password[:LONGEST_PASSWORD], kept)
    if row is None or not fits:
        return Refusal.WRONG
    return await office.database.run(lambda: _open(office, row.account_id))


async def with_code(
    office: Office, login: str, code: str, password: str, again: str
) -> Opened | Refusal:
    """Let somebody in by a one-time code and set their password."""
    if len(password) < accounts.rules_of(office).password_min_chars:
        return Refusal.TOO_SHORT
    if password != again or len(password) > LONGEST_PASSWORD:
        return Refusal.NOT_ALIKE
    row = await office.database.run(lambda: _counted(office, login))
    if row is None or not _code_fits(office, row, code):
        return Refusal.CODE_WRONG
    hashed = await asyncio.to_thread(passwords.hashed, password)
    return await office.database.run(lambda: _use_code(office, row, hashed))


def _counted(office: Office, login: str) -> Row[Any] | None:
    """The account, if it may be tried now; the try counts as failed until it succeeds."""
    with office.database.transaction() as connection:
        row = accounts.by_login(connection, login)
        now = office.clock.now()
        if row is None or row.state != AccountState.ACTIVE:
            return None
        if row.locked_until is not None and now < row.locked_until:
            return None
        rules = accounts.rules_of(office)
        failures = (0 if row.locked_until is not None else row.failures) + 1
        locked = failures >= rules.failures
        until = now + timedelta(minutes=rules.lock_minutes) if locked else None
        accounts.change(connection, row.account_id, failures=failures, locked_until=until)
        action = Action.LOCKED if locked else Action.SIGN_IN_FAILED
        subject = Subject(accounts.TABLE, row.account_id)
        note(connection, office, row.account_id, action, subject)
        return row


def _open(office: Office, account_id: str) -> Opened | Refusal:
    with office.database.transaction() as connection:
        row = accounts.by_id(connection, account_id)
        if row is None or row.state != AccountState.ACTIVE:
            return Refusal.WRONG
        accounts.change(connection, account_id, failures=0, locked_until=None)
        note(connection, office, account_id, Action.SIGNED_IN, Subject(accounts.TABLE, account_id))
        return Opened(sessions.open_one(connection, office, account_id))


def _code_fits(office: Office, row: Row[Any], code: str) -> bool:
    if row.code_hash is None or office.clock.now() >= row.code_until:
        return False
    return passwords.same(row.code_hash, passwords.digest_of_code(code))


def _use_code(office: Office, tried: Row[Any], hashed: str) -> Opened | Refusal:
    with office.database.transaction() as connection:
        row = accounts.by_login(connection, tried.login)
        if row is None or row.code_hash != tried.code_hash:
            return Refusal.CODE_WRONG  # somebody was quicker
        accounts.set_password(connection, office, row.account_id, hashed)
        subject = Subject(accounts.TABLE, row.account_id)
        note(connection, office, row.account_id, Action.SIGNED_IN, subject)
        return Opened(sessions.open_one(connection, office, row.account_id))
