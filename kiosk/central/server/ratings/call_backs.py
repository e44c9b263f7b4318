"""Ten served citizens a day, drawn at random and so that anybody can draw the same again.

Everybody counts once whom a window or a machine served that day, whatever was done for them and
whether or not they were asked to rate. The seed names hall and day and is stored. A citizen stands
by the id of their first case; ids are put in the order of a hash over seed and id, and the first
ones are drawn. Ids are random and on no page, so nobody can tell beforehand who it will be.

A list is drawn when its day has turned, or when a server that was down starts again. Anybody can
draw it anew from rows that never change: the day's served cases that were counted by `drawn_at`.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, text, update

from kiosk.central.contract import ErrorCode
from kiosk.central.server.actor import Actor
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.ratings.citizens import application_of, phone_field
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.central.server.ratings.tables import call_back, call_back_draw, served_case
from kiosk.central.server.staff.records import Action, Subject, note, note_read
from kiosk.central.server.tables import application

_CATCH_UP_DAYS = 31
"""so far back a server that was down looks for days without a list"""
_KEEP_DRAW = text(
    "INSERT INTO call_back_draw (hall_id, day, seed, served, drawn_at)"
    " VALUES (:hall_id, :day, :seed, :served, :drawn_at) ON CONFLICT (hall_id, day) DO NOTHING"
).bindparams(
    bindparam("day", type_=call_back_draw.c.day.type),
    bindparam("drawn_at", type_=call_back_draw.c.drawn_at.type),
)


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
        can_call: whether they left a phone number.
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
        served: from how many citizens.
        calls: in the order drawn.
    """

    day: date
    seed: str
    served: int
    calls: tuple[CallBack, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call.

    Args:
        name: of the citizen.
        phone: that they left.
    """

    name: str
    phone: str


def seed_of(hall_id: str, day: date) -> str:
    """The seed of a hall's day."""
    return f"{hall_id} {day.isoformat()}"


def drawn(seed: str, ids: list[str], count: int) -> list[str]:
    """The first of some ids, in the order that the seed gives them."""

    def place(one: str) -> bytes:
        return hashlib.sha256(f"{seed} {one}".encode()).digest()

    return sorted(ids, key=place)[:count]


def each_once(cases: Iterable[tuple[str, str | None, str]]) -> list[str]:
    """The first case of each citizen.

    Args:
        cases: id, person where known, and case id of each of a day, in the order they were served.
            Two are one citizen's when they are of one person or on one ticket; the errand at a
            kiosk is on the ticket it gave.

    Returns:
        Their ids.
    """
    every = list(cases)
    whose = {case_id: person for _served_id, person, case_id in every if person}
    known: set[str] = set()
    first: list[str] = []
    for served_id, _person, case_id in every:
        citizen = whose.get(case_id, f"case {case_id}")
        if citizen not in known:
            first.append(served_id)
        known.add(citizen)
    return first


def draw_due(connection: Connection, office: Office) -> None:
    """Draw the lists of days that have ended; that of a longer past day when somebody opens it."""
    today = office.clock.today()
    since, yesterday = today - timedelta(days=_CATCH_UP_DAYS), today - timedelta(days=1)
    for hall_id in office.offers.by_hall:
        days = select(served_case.c.day).where(
            served_case.c.hall_id == hall_id, served_case.c.day.between(since, yesterday)
        )
        for day in sorted({yesterday, *connection.execute(days.distinct()).scalars()}):
            if _kept(connection, hall_id, day) is None:
                _draw(connection, office, hall_id, day)


def of_day(connection: Connection, office: Office, hall_id: str, day: date) -> Draw | None:
    """A past day's list; None for today and later.

    What a machine reports late is served as well, yet no longer drawn: the list stays as it is.
    """
    if day >= office.clock.now().date():
        return None
    kept = _kept(connection, hall_id, day)
    if kept is None:
        _draw(connection, office, hall_id, day)
        kept = _kept(connection, hall_id, day)
        assert kept is not None, "drawn above"
    query = (
        select(call_back.c.position, call_back.c.outcome, served_case)
        .join(served_case, served_case.c.served_id == call_back.c.served_id)
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


def contact_of(
    connection: Connection, office: Office, actor: Actor, day: date, position: int
) -> Contact | None:
    """Whom to call and at which number; each look is recorded.

    Raises:
        RefusalError: nobody was drawn there.
    """
    row = _drawn_row(connection, actor, day, position)
    field = _phone_field(connection, row)
    if field is None:
        return None
    application_id = field.application_id
    query = select(application.c.name).where(application.c.application_id == application_id)
    name = connection.execute(query).scalar_one()
    row_id = f"{application_id}/{field.position}"
    for subject in (Subject("application", application_id), Subject("application_field", row_id)):
        note_read(connection, office, actor, subject, "call_back")
    return Contact(
        office.sealer.unseal("application", application_id, "name", name),
        office.sealer.unseal("application_field", row_id, field.name, field.value),
    )


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
    subject = Subject("call_back", row.served_id)
    note(connection, office, actor.account_id, Action.CALL_BACK_DONE, subject, outcome)


def _draw(connection: Connection, office: Office, hall_id: str, day: date) -> None:
    now = office.clock.now()
    query = (
        select(served_case.c.served_id, served_case.c.person, served_case.c.case_id)
        .where(served_case.c.hall_id == hall_id, served_case.c.day == day)
        # Whoever draws anew knows these by the moment alone, also where a clock was set back.
        .where(served_case.c.counted_at <= now)
        .order_by(served_case.c.served_at, served_case.c.served_id)
    )
    citizens = each_once(
        (one.served_id, one.person, one.case_id) for one in connection.execute(query)
    )
    seed = seed_of(hall_id, day)
    key = {"hall_id": hall_id, "day": day, "seed": seed}
    whole = {**key, "served": len(citizens), "drawn_at": now}
    if connection.execute(_KEEP_DRAW, whole).rowcount == 0:
        return  # another server was first
    chosen = drawn(seed, citizens, rating_policy(day).rules.call_backs)
    rows = [
        {**key, "position": n, "served_id": one, "outcome": "", "account_id": ""}
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
        select(served_case)
        .join(call_back, call_back.c.served_id == served_case.c.served_id)
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


def _phone_field(connection: Connection, case: Row[Any]) -> Row[Any] | None:
    application_id = application_of(connection, case.case_kind, case.case_id)
    return None if application_id is None else phone_field(connection, application_id)
