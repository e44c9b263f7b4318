"""Terminals at windows: who stands where, and what each should show."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.ratings import (
    ClerkCard,
    RatingRequest,
    TerminalHello,
    TerminalState,
    TerminalView,
)
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.ratings.endings import expire_machine
from kiosk.central.server.ratings.requests import open_at
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.central.server.ratings.tables import terminal, terminal_move
from kiosk.central.server.staff import accounts, passwords


@dataclass(frozen=True, slots=True)
class WindowNow:
    """What a terminal must know of its window.

    Args:
        open: whether it takes people.
        serving: whether a citizen is there.
        clerk_id: account of who sits there, empty for nobody.
    """

    open: bool
    serving: bool
    clerk_id: str


WindowReader = Callable[[Connection, str, str], WindowNow]
"""(connection, hall_id, window) → how it stands; the queue's part of a terminal's view"""


def hello(
    connection: Connection, office: Office, said: TerminalHello, reader: WindowReader
) -> Done:
    """Put a terminal at its window, in the place of the one before it.

    Raises:
        RefusalError: the hall is unknown, or this name belongs to a terminal with another secret.
    """
    office.offers.of(said.hall_id)
    row = _find(connection, said.machine_id, lock=True)
    if row is not None:
        _require_secret(row, said.secret)
    wanted = (said.hall_id, said.window)
    if row is None or not row.in_place or (row.hall_id, row.window_name) != wanted:
        _place(connection, office, said, known=row is not None)
    return Done(view(connection, office, said.machine_id, said.secret, reader), 200)


def view(
    connection: Connection, office: Office, machine_id: str, secret: str, reader: WindowReader
) -> TerminalView:
    """What a terminal should show.

    Raises:
        RefusalError: central does not know it, or it is not it.
    """
    row = _find(connection, machine_id)
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_TERMINAL)
    _require_secret(row, secret)
    now = office.clock.now()
    expire_machine(connection, office, machine_id)
    window = reader(connection, row.hall_id, row.window_name)
    asked = open_at(connection, office, machine_id) if row.in_place else None
    return TerminalView(
        machine_id=machine_id,
        hall_id=row.hall_id,
        window=row.window_name,
        state=_state(row.in_place, window, asked),
        clerk=_card(connection, window.clerk_id) if row.in_place else None,
        request=asked,
        options_version=rating_policy(now.date()).options.version,
        server_time=now,
    )


def _state(in_place: bool, window: WindowNow, asked: RatingRequest | None) -> TerminalState:
    if asked is not None:
        return TerminalState.ASKING  # whoever is answering may finish, whatever the window does
    if not in_place or not window.open:
        return TerminalState.PAUSED
    return TerminalState.SERVING if window.serving else TerminalState.IDLE


def _place(connection: Connection, office: Office, said: TerminalHello, *, known: bool) -> None:
    now = office.clock.now()
    at = {"hall_id": said.hall_id, "window_name": said.window}
    connection.execute(
        update(terminal)
        .where(terminal.c.hall_id == said.hall_id, terminal.c.window_name == said.window)
        .values(in_place=False)
    )
    columns = {**at, "bound_at": now, "in_place": True}
    if known:
        mine = terminal.c.machine_id == said.machine_id
        connection.execute(update(terminal).where(mine).values(**columns))
    else:
        new = {"machine_id": said.machine_id, "secret_hash": passwords.digest(said.secret)}
        connection.execute(insert(terminal), {**new, **columns})
    moved = {**at, "machine_id": said.machine_id, "day": now.date(), "at": now}
    connection.execute(insert(terminal_move), moved)


def _find(connection: Connection, machine_id: str, *, lock: bool = False) -> Row[Any] | None:
    query = select(terminal).where(terminal.c.machine_id == machine_id)
    return connection.execute(query.with_for_update() if lock else query).one_or_none()


def _require_secret(row: Row[Any], secret: str) -> None:
    if not passwords.same(row.secret_hash, passwords.digest(secret)):
        raise RefusalError(403, ErrorCode.NOT_THIS_TERMINAL)


def _card(connection: Connection, account_id: str) -> ClerkCard | None:
    row = accounts.by_id(connection, account_id) if account_id else None
    if row is None:
        return None
    return ClerkCard(
        number=row.number, name=row.name, stars=row.stars, photo_version=row.photo_version
    )
