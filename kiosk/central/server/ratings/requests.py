"""Requests: one for each served case, to one machine, for a while.

`ask` follows when a window has served a case; the question waits until its time is over, the window
takes up the next case, or it closes. A face touched before that counts, whenever it arrives.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, bindparam, case, insert, literal, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.events import EventKind
from kiosk.central.contract.ratings import OwnRequestIn, RatingRequest
from kiosk.central.server.events.publish import Happened, publish
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.ratings import counts
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.central.server.ratings.tables import rating, request, terminal
from kiosk.central.server.served import ClosedWindow, ServedCase
from kiosk.central.server.staff import passwords
from kiosk.domain.rating import CaseKind

_TABLE = "rating_request"
_TOKEN_BYTES = 24
_FIND = select(request).where(request.c.request_id == bindparam("which")).with_for_update()
GRACE_S = 5
"""between a touch in the last second and its arrival"""


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    RATED = "rated"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"  # the case was taken up again


@dataclass(frozen=True, slots=True)
class Case:
    """What is rated once."""

    kind: CaseKind
    case_id: str
    service_id: str

    def of(self, table: Any) -> tuple[Any, ...]:
        """Conditions that find it in a table."""
        return (
            table.c.case_kind == self.kind,
            table.c.case_id == self.case_id,
            table.c.service_id == self.service_id,
        )


def ask(connection: Connection, office: Office, served: ServedCase) -> str | None:
    """Ask the citizen of a case that a window has just finished; call it in that transaction.

    A window without a terminal asks nobody, and a case that was rated is not asked about again.

    Args:
        connection: with the transaction that finishes the case.
        office: the server's parts.
        served: what was finished.

    Returns:
        Id of the request, None where nobody is asked.
    """
    machine_id = _terminal_at(connection, served)
    _count_served(connection, office, served, machine_id or "")
    if machine_id is None:
        return None
    what = _of_window(served)
    now = office.clock.now()
    _withdraw(connection, *what.of(request))
    _silence(connection, now, request.c.machine_id == machine_id)
    if _is_rated(connection, what):
        return None
    request_id = f"r-{uuid4().hex}"
    _add(
        connection,
        what,
        request_id=request_id,
        hall_id=served.hall_id,
        day=now.date(),
        window_name=served.window,
        machine_id=machine_id,
        clerk_id=served.clerk_id,
        asked_at=now,
        closes_at=_closes(now),
        **_new_token(office, request_id),
    )
    facts = {"window": served.window}
    publish(connection, office, Happened(EventKind.RATING_ASKED, served.hall_id, request_id, facts))
    return request_id


def begin_next(connection: Connection, office: Office, begun: ServedCase) -> None:
    """A window takes up a case: whoever was served there before has gone, and that is silence.

    Where it takes up the same case again, nobody is asked about it before it is finished anew.
    """
    _withdraw(connection, *_of_window(begun).of(request))
    _silence(connection, office.clock.now(), *_at_window(begun))


def close(connection: Connection, office: Office, closed: ClosedWindow) -> None:
    """A window has ended its work: nobody is asked there any longer, and that is silence."""
    _silence(connection, office.clock.now(), *_at_window(closed))


def ask_own(connection: Connection, office: Office, own: OwnRequestIn) -> Done:
    """Keep the request of a machine that has served a citizen itself.

    Raises:
        RefusalError: the hall is unknown, the case was rated or is a window's, the id is taken,
            or it is too old.
    """
    office.offers.of(own.hall_id)
    kept = find(connection, own.request_id)
    if kept is not None:
        return Done(_same(office, kept, own), 200)
    what = Case(own.case_kind, own.case_id, "")
    if own.case_kind is CaseKind.WINDOW:
        raise RefusalError(422, ErrorCode.RATING_UNFIT)
    if _is_rated(connection, what):
        raise RefusalError(409, ErrorCode.ALREADY_RATED)
    now = office.clock.now()
    asked_at = min(own.asked_at, now)
    if now - asked_at > timedelta(days=rating_policy(now.date()).rules.late_days):
        raise RefusalError(409, ErrorCode.RATING_CLOSED)
    _withdraw(connection, *what.of(request))
    _add(
        connection,
        what,
        request_id=own.request_id,
        hall_id=own.hall_id,
        day=office.day_of(asked_at),
        window_name="",
        machine_id=own.machine_id,
        clerk_id="",
        token_hash=passwords.digest(own.token),
        token=None,
        asked_at=asked_at,
        closes_at=_closes(asked_at),
    )
    row = find(connection, own.request_id)
    assert row is not None, "added above"
    counts.add(connection, counts.spot_of(row), served=1)
    return Done(told(office, row, own.token))


def open_at(connection: Connection, office: Office, machine_id: str) -> RatingRequest | None:
    """What a terminal is being asked now."""
    now = office.clock.now()
    query = select(request).where(
        request.c.machine_id == machine_id,
        request.c.state == RequestState.OPEN,
        request.c.closes_at > now,
        request.c.token.is_not(None),
    )
    row = connection.execute(query.order_by(request.c.asked_at.desc())).first()
    if row is None:
        return None
    return told(office, row, office.sealer.unseal(_TABLE, row.request_id, "token", row.token))


def find(connection: Connection, request_id: str) -> Row[Any] | None:
    """A request, locked against changes."""
    return connection.execute(_FIND, {"which": request_id}).one_or_none()


def expire(connection: Connection, office: Office, *which: Any) -> None:
    """Store the silence of those who were asked long enough.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        which: conditions on the requests, for example one hall's or one machine's.
    """
    now = office.clock.now()
    _silence(connection, now, request.c.closes_at < now - timedelta(seconds=GRACE_S), *which)


def told(office: Office, row: Row[Any], token: str) -> RatingRequest:
    """A request as its machine gets it."""
    left_s = (row.closes_at - office.clock.now()).total_seconds()
    policy = rating_policy(row.day)
    return RatingRequest(
        request_id=row.request_id,
        token=token,
        machine_id=row.machine_id,
        hall_id=row.hall_id,
        window=row.window_name,
        asked_at=office.local(row.asked_at),
        closes_at=office.local(row.closes_at),
        seconds_left=min(max(left_s, 0.0), policy.rules.answer_within_s),
        options_version=policy.options.version,
    )


def _of_window(served: ServedCase) -> Case:
    return Case(CaseKind.WINDOW, served.ticket_id, served.service_id)


def _at_window(at: ServedCase | ClosedWindow) -> tuple[Any, ...]:
    return request.c.hall_id == at.hall_id, request.c.window_name == at.window


def _terminal_at(connection: Connection, served: ServedCase) -> str | None:
    """The terminal in its place at a window; locked, so that requests to it follow one another."""
    query = select(terminal.c.machine_id).where(
        terminal.c.hall_id == served.hall_id,
        terminal.c.window_name == served.window,
        terminal.c.in_place,
    )
    found: str | None = connection.execute(query.with_for_update()).scalars().first()
    return found


def _count_served(
    connection: Connection, office: Office, served: ServedCase, machine_id: str
) -> None:
    day = office.clock.now().date()
    spot = counts.Spot(served.hall_id, day, served.window, served.clerk_id, machine_id)
    counts.add(connection, spot, served=1)


def _new_token(office: Office, request_id: str) -> dict[str, bytes]:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    sealed = office.sealer.seal(_TABLE, request_id, "token", token)
    return {"token_hash": passwords.digest(token), "token": sealed}


def _same(office: Office, kept: Row[Any], own: OwnRequestIn) -> RatingRequest:
    mine = (kept.machine_id, kept.hall_id, kept.case_kind, kept.case_id)
    theirs = (own.machine_id, own.hall_id, own.case_kind, own.case_id)
    if mine != theirs or not passwords.same(kept.token_hash, passwords.digest(own.token)):
        raise RefusalError(409, ErrorCode.ALREADY_EXISTS)
    return told(office, kept, own.token)


def _add(connection: Connection, what: Case, **columns: Any) -> None:
    named = {"case_kind": what.kind, "case_id": what.case_id, "service_id": what.service_id}
    row = {**named, "state": RequestState.OPEN, **columns}
    connection.execute(insert(request), row)
    spot = counts.Spot(**{name: row[name] for name in counts.Spot.__slots__})
    counts.add(connection, spot, asked=1)


def _silence(connection: Connection, now: datetime, *which: Any) -> None:
    """Store silence; where the question would still wait, it ends now."""
    waits = and_(request.c.asked_at <= now, request.c.closes_at > now)
    ended_at = literal(now, request.c.closes_at.type)
    closes_at = case((waits, ended_at), else_=request.c.closes_at)
    for row in _end(connection, RequestState.SILENT, *which, closes_at=closes_at):
        counts.add(connection, counts.spot_of(row), silent=1)


def _withdraw(connection: Connection, *which: Any) -> None:
    for row in _end(connection, RequestState.WITHDRAWN, *which):
        counts.add(connection, counts.spot_of(row), asked=-1)


def _end(
    connection: Connection, state: RequestState, *which: Any, **columns: Any
) -> Sequence[Row[Any]]:
    over = update(request).where(request.c.state == RequestState.OPEN, *which)
    ended = over.values(state=state, token=None, **columns).returning(request)
    return connection.execute(ended).all()


def _is_rated(connection: Connection, what: Case) -> bool:
    query = select(rating.c.request_id).where(*what.of(rating))
    return connection.execute(query).first() is not None


def _closes(asked_at: datetime) -> datetime:
    return asked_at + timedelta(seconds=rating_policy(asked_at.date()).rules.answer_within_s)
