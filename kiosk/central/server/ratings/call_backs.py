"""Ten served citizens a day, drawn at random and so that anybody can draw the same again.

The seed names hall and day and is stored. Requests are put in the order of a hash over seed and
request id; the first ones are drawn. Ids are random, so nobody can tell beforehand who it will be.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.server.actor import Actor
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.ratings.endings import RequestState, expire_hall
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.central.server.ratings.tables import call_back, call_back_draw, request
from kiosk.central.server.staff.records import Action, Subject, note, note_read
from kiosk.central.server.tables import application_field, ticket
from kiosk.domain.rating import CaseKind

_PHONE = "lxdh"
"""the contact number in an application (docs/central-api.md)"""


class Outcome(StrEnum):
    """What a call-back brought."""

    SATISFIED = "satisfied"
    FAIRLY_SATISFIED = "fairly_satisfied"
    DISSATISFIED = "dissatisfied"
    NOT_REACHED = "not_reached"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class CallBack:
    """One drawn citizen, as the list shows them: no name, no number.

    Args:
        position: 1 for the first drawn.
        service_id: that was served; empty for a machine's errand.
        window: name; empty for a machine.
        can_call: whether the application has a phone number.
        outcome: empty before the call.
    """

    position: int
    service_id: str
    window: str
    can_call: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A day's list.

    Args:
        day: that was drawn from.
        seed: with which.
        served: from how many cases.
        calls: in the order drawn.
    """

    day: date
    seed: str
    served: int
    calls: tuple[CallBack, ...]


def seed_of(hall_id: str, day: date) -> str:
    """The seed of a hall's day."""
    return f"{hall_id} {day.isoformat()}"


def drawn(seed: str, request_ids: list[str], count: int) -> list[str]:
    """The first of the requests, in the order that the seed gives them."""

    def place(request_id: str) -> bytes:
        return hashlib.sha256(f"{seed} {request_id}".encode()).digest()

    return sorted(request_ids, key=place)[:count]


def of_day(connection: Connection, office: Office, hall_id: str, day: date) -> Draw | None:
    """A past day's list, drawn when first asked for; None for today and later.

    What a machine reports late is served as well, yet no longer drawn: the list stays as it is.
    """
    if day >= office.clock.now().date():
        return None
    kept = _kept(connection, hall_id, day)
    if kept is None:
        expire_hall(connection, office, hall_id)
        _draw(connection, office, hall_id, day)
        kept = _kept(connection, hall_id, day)
        assert kept is not None, "drawn above"
    query = (
        select(call_back.c.position, call_back.c.outcome, request)
        .join(request, request.c.request_id == call_back.c.request_id)
        .where(call_back.c.hall_id == hall_id, call_back.c.day == day)
        .order_by(call_back.c.position)
    )
    calls = tuple(
        CallBack(
            row.position,
            row.service_id,
            row.window_name,
            _phone_field(connection, row) is not None,
            row.outcome,
        )
        for row in connection.execute(query).all()
    )
    return Draw(day, kept.seed, kept.served, calls)


def phone_of(
    connection: Connection, office: Office, actor: Actor, day: date, position: int
) -> str | None:
    """The number to call; each look is recorded.

    Raises:
        RefusalError: nobody was drawn there.
    """
    row = _drawn_row(connection, actor, day, position)
    field = _phone_field(connection, row)
    if field is None:
        return None
    row_id = f"{field.application_id}/{field.position}"
    note_read(connection, office, actor, Subject("application_field", row_id), "call_back")
    return office.sealer.unseal("application_field", row_id, field.name, field.value)


def record(
    connection: Connection,
    office: Office,
    actor: Actor,
    which: tuple[date, int],
    outcome: Outcome,
) -> None:
    """Keep what a call-back brought; a second call replaces the first.

    Raises:
        RefusalError: nobody was drawn there.
    """
    day, position = which
    row = _drawn_row(connection, actor, day, position)
    connection.execute(
        update(call_back)
        .where(
            call_back.c.hall_id == actor.hall_id,
            call_back.c.day == day,
            call_back.c.position == position,
        )
        .values(outcome=outcome, account_id=actor.account_id, done_at=office.clock.now())
    )
    subject = Subject("call_back", row.request_id)
    note(connection, office, actor.account_id, Action.CALL_BACK_DONE, subject, outcome)


def _draw(connection: Connection, office: Office, hall_id: str, day: date) -> None:
    query = select(request.c.request_id).where(
        request.c.hall_id == hall_id,
        request.c.day == day,
        request.c.state != RequestState.WITHDRAWN,
    )
    served = list(connection.execute(query).scalars())
    seed = seed_of(hall_id, day)
    key = {"hall_id": hall_id, "day": day, "seed": seed}
    whole = {**key, "served": len(served), "drawn_at": office.clock.now()}
    connection.execute(insert(call_back_draw), whole)
    chosen = drawn(seed, served, rating_policy(day).rules.call_backs)
    rows = [
        {**key, "position": n, "request_id": one, "outcome": "", "account_id": ""}
        for n, one in enumerate(chosen, 1)
    ]
    if rows:
        connection.execute(insert(call_back), rows)


def _kept(connection: Connection, hall_id: str, day: date) -> Row[Any] | None:
    query = select(call_back_draw).where(
        call_back_draw.c.hall_id == hall_id, call_back_draw.c.day == day
    )
    return connection.execute(query).one_or_none()


def _drawn_row(connection: Connection, actor: Actor, day: date, position: int) -> Row[Any]:
    query = (
        select(request)
        .join(call_back, call_back.c.request_id == request.c.request_id)
        .where(
            call_back.c.hall_id == actor.hall_id,
            call_back.c.day == day,
            call_back.c.position == position,
        )
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise RefusalError(404, ErrorCode.NOT_FOUND)
    return row


def _phone_field(connection: Connection, asked: Row[Any]) -> Row[Any] | None:
    application_id = asked.case_id
    if asked.case_kind == CaseKind.WINDOW:
        query = select(ticket.c.application_id).where(ticket.c.ticket_id == asked.case_id)
        application_id = connection.execute(query).scalar()
    if application_id is None:
        return None
    fields = select(application_field).where(
        application_field.c.application_id == application_id, application_field.c.name == _PHONE
    )
    return connection.execute(fields.order_by(application_field.c.position)).first()
