"""Requests: one for each served case, to one machine, for a while.

`ask` follows when a window has served a case; the question waits until its time is over, the window
takes up the next case, or it closes. A face touched before that counts, whenever it arrives.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, bindparam, insert, select

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.events import EventKind
from kiosk.central.contract.ratings import OwnRequestIn, RatingRequest
from kiosk.central.server.events.publish import Happened, publish
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.ratings import counts, endings, served_cases
from kiosk.central.server.ratings.counts import Spot
from kiosk.central.server.ratings.endings import RequestState
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.central.server.ratings.tables import CASE, rating, request, terminal
from kiosk.central.server.served import ClosedWindow, ServedCase
from kiosk.central.server.staff import passwords
from kiosk.domain.rating import CaseKind

_TABLE = "rating_request"
_TOKEN_BYTES = 24
_FIND = select(request).where(request.c.request_id == bindparam("which")).with_for_update()
_RATED = select(rating.c.request_id).where(*(rating.c[name] == bindparam(name) for name in CASE))
_ADD = insert(request)
_TERMINAL = (
    select(terminal.c.machine_id)
    .where(
        terminal.c.hall_id == bindparam("hall"),
        terminal.c.window_name == bindparam("window"),
        terminal.c.in_place,
    )
    # So that requests to it follow one another.
    .with_for_update()
)
_WAITING = (
    select(request)
    .where(
        request.c.machine_id == bindparam("machine"),
        request.c.state == RequestState.OPEN,
        request.c.closes_at > bindparam("now", type_=request.c.closes_at.type),
        request.c.token.is_not(None),
    )
    .order_by(request.c.asked_at.desc())
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
    place = {"hall": served.hall_id, "window": served.window}
    machine_id: str | None = connection.execute(_TERMINAL, place).scalars().first()
    now = office.clock.now()
    spot = Spot(served.hall_id, now.date(), served.window, served.clerk_id, machine_id or "")
    what = _case(served)
    new = int(served_cases.keep(connection, office, spot, what, now))
    if machine_id is None:
        counts.add(connection, spot, served=new)
        return None
    endings.withdraw(connection, office, what)
    endings.silence_machine(connection, office, machine_id)
    if _is_rated(connection, what):
        counts.add(connection, spot, served=new)
        return None
    endings.replace(connection, what)
    request_id = f"r-{uuid4().hex}"
    times = {"asked_at": now, "closes_at": _closes(now)}
    token = _new_token(office, request_id)
    _add(connection, spot, new, request_id=request_id, **what, **times, **token)
    facts = {"window": served.window}
    publish(connection, office, Happened(EventKind.RATING_ASKED, served.hall_id, request_id, facts))
    return request_id


def begin_next(connection: Connection, office: Office, begun: ServedCase) -> None:
    """A window takes up a case: whoever was served there before has gone, and that is silence.

    Where it takes up the same case again, nobody is asked about it before it is finished anew.
    """
    endings.withdraw(connection, office, _case(begun))
    endings.silence_window(connection, office, begun.hall_id, begun.window)


def close(connection: Connection, office: Office, closed: ClosedWindow) -> None:
    """A window has ended its work: nobody is asked there any longer, and that is silence."""
    endings.silence_window(connection, office, closed.hall_id, closed.window)


def ask_own(connection: Connection, office: Office, own: OwnRequestIn) -> Done:
    """Keep the request of a machine that has served a citizen itself.

    Raises:
        RefusalError: the hall is unknown, the case was rated or is a window's, the id is taken,
            or it is too old.
    """
    office.offers.of(own.hall_id)
    kept = connection.execute(_FIND, {"which": own.request_id}).mappings().one_or_none()
    if kept is not None:
        return Done(_same(office, kept, own), 200)
    what = served_cases.own_case(own.case_kind, own.case_id)
    if own.case_kind is CaseKind.WINDOW:
        raise RefusalError(422, ErrorCode.RATING_UNFIT)
    if _is_rated(connection, what):
        raise RefusalError(409, ErrorCode.ALREADY_RATED)
    now = office.clock.now()
    asked_at = min(own.asked_at, now)
    if now - asked_at > timedelta(days=rating_policy(now.date()).rules.late_days):
        raise RefusalError(409, ErrorCode.RATING_CLOSED)
    spot = Spot(own.hall_id, office.day_of(asked_at), "", "", own.machine_id)
    new = int(served_cases.keep(connection, office, spot, what, asked_at))
    endings.withdraw(connection, office, what)
    endings.replace(connection, what)
    columns = {
        "request_id": own.request_id,
        "token_hash": passwords.digest(own.token),
        "token": None,
        "asked_at": asked_at,
        "closes_at": _closes(asked_at),
    }
    return Done(told(office, _add(connection, spot, new, **what, **columns), own.token))


def open_at(connection: Connection, office: Office, machine_id: str) -> RatingRequest | None:
    """What a terminal is being asked now."""
    which = {"machine": machine_id, "now": office.clock.now()}
    row = connection.execute(_WAITING, which).mappings().first()
    if row is None:
        return None
    token = office.sealer.unseal(_TABLE, row["request_id"], "token", row["token"])
    return told(office, row, token)


def told(office: Office, row: Mapping[Any, Any], token: str) -> RatingRequest:
    """A request as its machine gets it."""
    left_s = (row["closes_at"] - office.clock.now()).total_seconds()
    policy = rating_policy(row["day"])
    return RatingRequest(
        request_id=row["request_id"],
        token=token,
        machine_id=row["machine_id"],
        hall_id=row["hall_id"],
        window=row["window_name"],
        asked_at=office.local(row["asked_at"]),
        closes_at=office.local(row["closes_at"]),
        seconds_left=min(max(left_s, 0.0), policy.rules.answer_within_s),
        options_version=policy.options.version,
    )


def _case(served: ServedCase) -> dict[str, str]:
    return {
        "case_kind": CaseKind.WINDOW,
        "case_id": served.ticket_id,
        "service_id": served.service_id,
    }


def _new_token(office: Office, request_id: str) -> dict[str, bytes]:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    sealed = office.sealer.seal(_TABLE, request_id, "token", token)
    return {"token_hash": passwords.digest(token), "token": sealed}


def _same(office: Office, kept: Mapping[Any, Any], own: OwnRequestIn) -> RatingRequest:
    mine = tuple(kept[name] for name in ("machine_id", "hall_id", "case_kind", "case_id"))
    theirs = (own.machine_id, own.hall_id, own.case_kind, own.case_id)
    if mine != theirs or not passwords.same(kept["token_hash"], passwords.digest(own.token)):
        raise RefusalError(409, ErrorCode.ALREADY_EXISTS)
    return told(office, kept, own.token)


def _add(connection: Connection, spot: Spot, new: int, **columns: Any) -> dict[str, Any]:
    """Keep a request, and count its case as asked about, and as served where it is new."""
    where = {name: getattr(spot, name) for name in Spot.__slots__}
    row = {**where, "state": RequestState.OPEN, **columns}
    connection.execute(_ADD, row)
    counts.add(connection, spot, served=new, asked=1)
    return row


def _is_rated(connection: Connection, what: dict[str, str]) -> bool:
    return connection.execute(_RATED, what).first() is not None


def _closes(asked_at: datetime) -> datetime:
    return asked_at + timedelta(seconds=rating_policy(asked_at.date()).rules.answer_within_s)
