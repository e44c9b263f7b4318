"""How a question ends that nobody answers: by silence, or because its case is taken up again.

Each ending is counted in its transaction. Requests are locked before counts, here as elsewhere.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, update

from kiosk.central.server.office import Office
from kiosk.central.server.ratings import counts
from kiosk.central.server.ratings.tables import CASE, request

GRACE_S = 5
"""between a touch in the last second and its arrival"""


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    RATED = "rated"
    SILENT = "silent"
    # An answer that was given before either is still heard.
    WITHDRAWN = "withdrawn"  # the case was taken up again
    REPLACED = "replaced"  # by another, after silence


_SPOT = tuple(request.c[name] for name in counts.Spot.__slots__)
_OPEN = request.c.state == RequestState.OPEN
_NOW = bindparam("now", type_=request.c.closes_at.type)
_WAITS = and_(request.c.asked_at <= _NOW, request.c.closes_at > _NOW)
_ENDED = update(request).where(_OPEN)
# Where it would still wait it ends now, and whoever touches a face later is not heard.
_ENDED = _ENDED.values(token=None, closes_at=case((_WAITS, _NOW), else_=request.c.closes_at))
_SILENCE = _ENDED.values(state=RequestState.SILENT).returning(*_SPOT)
_AT_MACHINE = request.c.machine_id == bindparam("of_machine")
_IN_HALL = request.c.hall_id == bindparam("of_hall")
_OVER = request.c.closes_at < bindparam("before", type_=request.c.closes_at.type)
_SILENCE_MACHINE = _SILENCE.where(_AT_MACHINE)
_SILENCE_WINDOW = _SILENCE.where(_IN_HALL, request.c.window_name == bindparam("of_window"))
_EXPIRE_MACHINE = _SILENCE.where(_AT_MACHINE, _OVER)
_EXPIRE_HALL = _SILENCE.where(_IN_HALL, _OVER)
_OF_CASE = tuple(request.c[name] == bindparam(f"of_{name}") for name in CASE)
_WITHDRAW = _ENDED.where(*_OF_CASE).values(state=RequestState.WITHDRAWN).returning(*_SPOT)
_REPLACE = (
    update(request)
    .where(request.c.state == RequestState.SILENT, *_OF_CASE)
    .values(state=RequestState.REPLACED)
    .returning(*_SPOT)
)


def silence_machine(connection: Connection, office: Office, machine_id: str) -> None:
    """A terminal asks something else: what it asked before is over."""
    _silence(connection, office, _SILENCE_MACHINE, of_machine=machine_id)


def silence_window(connection: Connection, office: Office, hall_id: str, window: str) -> None:
    """Nobody is at a window any longer who could answer."""
    _silence(connection, office, _SILENCE_WINDOW, of_hall=hall_id, of_window=window)


def expire_machine(connection: Connection, office: Office, machine_id: str) -> None:
    """Store the silence of those whom a terminal asked long enough."""
    _silence(connection, office, _EXPIRE_MACHINE, of_machine=machine_id)


def expire_hall(connection: Connection, office: Office, hall_id: str) -> None:
    """Store the silence of those who were asked long enough in a hall."""
    _silence(connection, office, _EXPIRE_HALL, of_hall=hall_id)


def withdraw(connection: Connection, office: Office, what: dict[str, str]) -> None:
    """A case is taken up again, or asked about anew: it counts as asked once.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        what: the case, by the names of `CASE`.
    """
    which = {**_which(what), "now": office.clock.now()}
    for row in connection.execute(_WITHDRAW, which).all():
        counts.add(connection, counts.spot_of(row), asked=-1)


def replace(connection: Connection, what: dict[str, str]) -> None:
    """Somebody who was silent is asked anew about the same case: neither counts twice.

    Args:
        connection: with an open transaction.
        what: the case, by the names of `CASE`.
    """
    for row in connection.execute(_REPLACE, _which(what)).all():
        counts.add(connection, counts.spot_of(row), asked=-1, silent=-1)


def _which(what: dict[str, str]) -> dict[str, str]:
    return {f"of_{name}": value for name, value in what.items()}


def _silence(connection: Connection, office: Office, ending: Any, **which: str) -> None:
    now = office.clock.now()
    times = {"now": now, "before": now - timedelta(seconds=GRACE_S)}
    for row in connection.execute(ending, {**which, **times}).all():
        counts.add(connection, counts.spot_of(row), silent=1)
