"""Windows: opened by a clerk with the services they call, paused, closed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.events import EventKind
from kiosk.central.contract.queue import WindowOpening, WindowService, WindowState
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.catalogue import Offer
from kiosk.central.server.events.publish import Happened, publish
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.queue.tables import window
from kiosk.central.server.served import ClosedWindow

_FIND = select(window).where(
    window.c.hall_id == bindparam("hall_id"), window.c.window == bindparam("name")
)
_LOCK = _FIND.with_for_update()
_OPEN = select(window.c.window, window.c.services).where(
    window.c.hall_id == bindparam("hall_id"), window.c.state == WindowState.OPEN
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who acts at which window.

    Args:
        actor: the clerk.
        window: its name.
    """

    actor: Actor
    window: str

    @property
    def hall_id(self) -> str:
        """Clerks act in their own hall only."""
        return self.actor.hall_id


def names_of(offer: Offer) -> tuple[str, ...]:
    """The windows of a hall, in their order."""
    found = {name for service in offer.services for name in service.windows}
    return tuple(sorted(found, key=lambda name: (len(name), name)))


def usual_services(offer: Offer, name: str) -> tuple[WindowService, ...]:
    """What the catalogue has a window call."""
    return tuple(
        WindowService(service_id=one.service_id) for one in offer.services if name in one.windows
    )


def find(connection: Connection, hall_id: str, name: str) -> Row[Any] | None:
    """A window's row, None while it was never opened."""
    return connection.execute(_FIND, {"hall_id": hall_id, "name": name}).one_or_none()


def own(connection: Connection, desk: Desk) -> Row[Any]:
    """The clerk's own window, locked until the transaction ends.

    Raises:
        RefusalError: it is closed, or another clerk's.
    """
    row = connection.execute(_LOCK, {"hall_id": desk.hall_id, "name": desk.window}).one_or_none()
    if row is None or row.state == WindowState.CLOSED:
        raise RefusalError(409, ErrorCode.WINDOW_CLOSED)
    if row.staff_id != desk.actor.account_id:
        raise RefusalError(409, ErrorCode.WINDOW_TAKEN)
    return row


def open_window(connection: Connection, office: Office, desk: Desk, opening: WindowOpening) -> None:
    """Open a window, go on after a pause, or change what it calls.

    A supervisor may take over a window that another clerk has left open.

    Raises:
        RefusalError: the hall has no such window or service, or somebody else sits there.
    """
    offer = office.offers.of(desk.hall_id)
    if desk.window not in names_of(offer):
        raise RefusalError(404, ErrorCode.UNKNOWN_WINDOW)
    offer.ordered([one.service_id for one in opening.services])
    here = {"hall_id": desk.hall_id, "name": desk.window}
    row = connection.execute(_LOCK, here).one_or_none()
    others = row is not None and row.staff_id not in (None, desk.actor.account_id)
    if others and not desk.actor.role.includes(Role.SUPERVISOR):
        raise RefusalError(409, ErrorCode.WINDOW_TAKEN)
    now = office.clock.now()
    changed = {
        "state": WindowState.OPEN,
        "staff_id": desk.actor.account_id,
        "services": [one.model_dump() for one in opening.services],
        "changed_at": now,
    }
    if row is None:
        whole = {"hall_id": desk.hall_id, "window": desk.window, "day": now.date(), "served": 0}
        connection.execute(insert(window), {**whole, **changed})
    else:
        change(connection, desk.hall_id, desk.window, **changed)
    _tell(connection, office, desk, WindowState.OPEN)


def pause(connection: Connection, office: Office, desk: Desk) -> None:
    """Call nobody for a while; whoever is here now is served to the end.

    Raises:
        RefusalError: the window is closed, or another clerk's.
    """
    own(connection, desk)
    _set(connection, office, desk, WindowState.PAUSED)


def close(connection: Connection, office: Office, desk: Desk) -> None:
    """End the work of a window.

    Raises:
        RefusalError: the window is closed, another clerk's, or somebody is at it.
    """
    if own(connection, desk).ticket_id is not None:
        raise RefusalError(409, ErrorCode.WINDOW_BUSY)
    office.serving.closed(connection, office, ClosedWindow(desk.hall_id, desk.window))
    _set(connection, office, desk, WindowState.CLOSED)


def open_for(connection: Connection, hall_id: str) -> dict[str, tuple[str, ...]]:
    """Open windows by the service that they call, each in order."""
    found: dict[str, list[str]] = {}
    for row in connection.execute(_OPEN, {"hall_id": hall_id}):
        for one in row.services:
            found.setdefault(one["service_id"], []).append(row.window)
    return {
        service_id: tuple(sorted(names, key=lambda name: (len(name), name)))
        for service_id, names in found.items()
    }


def change(connection: Connection, hall_id: str, name: str, **columns: Any) -> None:
    """Change columns of a window."""
    connection.execute(
        update(window).where(window.c.hall_id == hall_id, window.c.window == name).values(**columns)
    )


def count_served(connection: Connection, row: Row[Any], day: date) -> None:
    """Note that a window has served a visit to its end; each day begins at nought."""
    served = row.served + 1 if row.day == day else 1
    change(connection, row.hall_id, row.window, served=served, day=day)


def _set(connection: Connection, office: Office, desk: Desk, state: WindowState) -> None:
    staff_id = None if state is WindowState.CLOSED else desk.actor.account_id
    now = office.clock.now()
    change(connection, desk.hall_id, desk.window, state=state, staff_id=staff_id, changed_at=now)
    _tell(connection, office, desk, state)


def _tell(connection: Connection, office: Office, desk: Desk, state: WindowState) -> None:
    facts = {"state": state.value}
    told = Happened(EventKind.WINDOW_CHANGED, desk.hall_id, desk.window, facts)
    publish(connection, office, told)
