"""What an administrator types about a person, checked."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.office import Office
from kiosk.central.server.staff import accounts
from kiosk.central.server.staff.accounts import AccountState, NewAccount
from kiosk.central.server.staff.records import Action, Subject, note

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")
_NUMBER = re.compile(r"[0-9A-Za-z-]{1,20}")
_LONGEST_NAME = 60
_LARGEST_PHOTO = 200 * 1024
_JPEG = b"\xff\xd8\xff"


class Mistake(StrEnum):
    """What is wrong with it."""

    TAKEN = "taken"
    LOGIN = "login"
    NUMBER = "number"
    NAME = "name"
    ROLE = "role"
    STARS = "stars"
    PHOTO = "photo"
    LAST_ADMINISTRATOR = "last_administrator"


class MistakeError(Exception):
    """Something typed cannot be kept.

    Args:
        mistake: what.
    """

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake)
        self.mistake = mistake


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account on the page."""

    account_id: str
    login: str
    name: str
    number: str
    role: str
    stars: int
    state: str
    """active, closed, locked, or new: no password yet"""
    has_photo: bool


def new_account(fields: Mapping[str, str], hall_id: str) -> NewAccount:
    """An account from a form.

    Raises:
        MistakeError: a field cannot be kept.
    """
    login, number = fields.get("login", "").lower(), fields.get("number", "")
    _require(bool(_LOGIN.fullmatch(login)), Mistake.LOGIN)
    _require(bool(_NUMBER.fullmatch(number)), Mistake.NUMBER)
    return NewAccount(login, hall_id, _name(fields), number, _role(fields), _stars(fields))


def change(
    connection: Connection,
    office: Office,
    actor: Actor,
    account_id: str,
    sent: tuple[Mapping[str, str], Mapping[str, bytes]],
) -> None:
    """Keep what an administrator changed about a person.

    Raises:
        MistakeError: a field cannot be kept, or nobody would be left to administer.
    """
    fields, files = sent
    closed = fields.get("state") == AccountState.CLOSED
    columns: dict[str, Any] = {
        "name": _name(fields),
        "role": _role(fields),
        "stars": _stars(fields),
        "state": AccountState.CLOSED if closed else AccountState.ACTIVE,
    }
    photo = files.get("photo", b"")
    if photo:
        _require(photo.startswith(_JPEG) and len(photo) <= _LARGEST_PHOTO, Mistake.PHOTO)
        columns["photo"] = photo
        columns["photo_version"] = hashlib.sha256(photo).hexdigest()[:12]
    accounts.change(connection, account_id, **columns)
    left = accounts.administrators(connection, actor.hall_id)
    _require(left > 0, Mistake.LAST_ADMINISTRATOR)
    if closed:
        accounts.end_sessions(connection, account_id)
    subject = Subject(accounts.TABLE, account_id)
    said = f"{columns['role']} {columns['state']}"
    note(connection, office, actor.account_id, Action.ACCOUNT_CHANGED, subject, said)


def lines(connection: Connection, office: Office, hall_id: str) -> list[AccountLine]:
    """Everybody of a hall."""
    now = office.clock.now()
    found = []
    for row in accounts.of_hall(connection, hall_id):
        state = row.state
        if state == AccountState.ACTIVE and row.locked_until is not None and now < row.locked_until:
            state = "locked"
        elif state == AccountState.ACTIVE and row.password is None:
            state = "new"
        found.append(
            AccountLine(
                row.account_id,
                row.login,
                row.name,
                row.number,
                row.role,
                row.stars,
                state,
                bool(row.photo_version),
            )
        )
    return found


def _name(fields: Mapping[str, str]) -> str:
    name = fields.get("name", "")
    _require(0 < len(name) <= _LONGEST_NAME and name.isprintable(), Mistake.NAME)
    return name


def _role(fields: Mapping[str, str]) -> Role:
    role = fields.get("role", "")
    _require(role in set(Role), Mistake.ROLE)
    return Role(role)


def _stars(fields: Mapping[str, str]) -> int:
    stars = fields.get("stars", "0")
    _require(stars in {"0", "1", "2", "3", "4", "5"}, Mistake.STARS)
    return int(stars)


def _require(holds: bool, mistake: Mistake) -> None:
    if not holds:
        raise MistakeError(mistake)
