"""Follow-ups as staff see them: nothing that says who the citizen is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, or_, select

from kiosk.central.server.actor import Actor
from kiosk.central.server.office import Office
from kiosk.central.server.ratings.follow_ups import TABLE, TRIED, present, standing
from kiosk.central.server.ratings.tables import follow_up, follow_up_step, rating
from kiosk.central.server.staff.records import Subject, note_read
from kiosk.central.server.staff.tables import staff_account
from kiosk.domain.follow_up import FollowUpAct, FollowUpState, lawful


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done about a bad rating."""

    at: datetime
    who: str
    act: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A bad rating as staff see it: nothing that says who the citizen is.

    Args:
        follow_up_id: id; random, for the request stands in events with its exact time.
        state: where it stands.
        outcome: how it ended, empty before.
        level: of the rating.
        reasons: codes.
        window: name; empty for a machine.
        machine_id: the terminal or machine.
        clerk: who served, empty for a machine.
        service_id: what was served.
        given_at: to the hour only; minutes would find the citizen in the queue.
        contact_due: last day of first contact.
        close_due: last day to close it.
        contacted: whether first contact was made.
        wants_call: whether the citizen left a number.
        has_number: whether it is still kept; it goes when the matter is closed.
        acts: what may be done next.
        overdue: whether a term has passed.
    """

    follow_up_id: str
    state: FollowUpState
    outcome: str
    level: str
    reasons: tuple[str, ...]
    window: str
    machine_id: str
    clerk: str
    service_id: str
    given_at: datetime
    contact_due: date
    close_due: date
    contacted: bool
    wants_call: bool
    has_number: bool
    acts: tuple[FollowUpAct, ...]
    overdue: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Which of many are read.

    Args:
        most: so many.
        skip: after so many others.
    """

    most: int
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many follow-ups there are.

    Args:
        n: all of them.
        overdue: of these, how many have passed a term.
    """

    n: int
    overdue: int


_WHOLE = (
    select(
        follow_up,
        TRIED.where(follow_up_step.c.request_id == follow_up.c.request_id)
        .scalar_subquery()
        .label("not_reached"),
        rating.c.level,
        rating.c.reasons,
        rating.c.window_name,
        rating.c.machine_id,
        rating.c.service_id,
        rating.c.given_at,
        staff_account.c.name.label("clerk"),
    )
    .join(rating, rating.c.request_id == follow_up.c.request_id)
    .outerjoin(staff_account, staff_account.c.account_id == rating.c.clerk_id)
)


def of_hall(
    connection: Connection, office: Office, hall_id: str, *, closed: bool, part: Part
) -> list[FollowUp]:
    """A hall's follow-ups: open ones by the term that ends first, or the newest closed ones.

    Those of one day stand by chance: in the order of their coming they would lead to the tickets.
    """
    order = follow_up.c.closed_at.desc() if closed else follow_up.c.close_due
    query = _WHOLE.where(*_standing_in(hall_id, closed=closed))
    query = query.order_by(order, follow_up.c.follow_up_id).limit(part.most).offset(part.skip)
    return [_seen(office, row) for row in connection.execute(query)]


def tally(connection: Connection, office: Office, hall_id: str, *, closed: bool) -> Tally:
    """How many follow-ups a hall has."""
    late = func.sum(case((_late(office.clock.now().date()), 1), else_=0))
    query = select(func.count(), late).where(*_standing_in(hall_id, closed=closed))
    n, overdue = connection.execute(query).one()
    return Tally(n, 0 if closed else int(overdue or 0))


def one(
    connection: Connection, office: Office, actor: Actor, follow_up_id: str
) -> tuple[FollowUp, list[Step]]:
    """A follow-up with its steps and their notes, which are opened; each look is recorded.

    Raises:
        RefusalError: there is none in the actor's hall.
    """
    request_id = present(connection, actor, follow_up_id).request_id
    note_read(connection, office, actor, Subject(TABLE, follow_up_id), "follow_up")
    row = connection.execute(_WHOLE.where(follow_up.c.request_id == request_id)).one()
    query = (
        select(follow_up_step, staff_account.c.name)
        .join(staff_account, staff_account.c.account_id == follow_up_step.c.account_id)
        .where(follow_up_step.c.request_id == request_id)
        .order_by(follow_up_step.c.id)
    )
    steps = [
        Step(
            office.local(step.at),
            step.name,
            step.act,
            step.state,
            office.sealer.unseal("follow_up_step", request_id, "note", step.note),
        )
        for step in connection.execute(query)
    ]
    return _seen(office, row), steps


def _standing_in(hall_id: str, *, closed: bool) -> tuple[ColumnElement[bool], ...]:
    # Named one by one, so that the index finds the few that are open among many that are not.
    states = [one for one in FollowUpState if (one is FollowUpState.CLOSED) is closed]
    return follow_up.c.hall_id == hall_id, follow_up.c.state.in_(states)


def _late(today: date) -> ColumnElement[bool]:
    no_contact = follow_up.c.contacted_at.is_(None)
    return or_(follow_up.c.close_due < today, and_(no_contact, follow_up.c.contact_due < today))


def _seen(office: Office, row: Row[Any]) -> FollowUp:
    state, today = FollowUpState(row.state), office.clock.now().date()
    contacted, wants_call = row.contacted_at is not None, row.phone is not None
    running = state is not FollowUpState.CLOSED
    late = today > row.close_due or (not contacted and today > row.contact_due)
    return FollowUp(
        follow_up_id=row.follow_up_id,
        state=state,
        outcome=row.outcome,
        level=row.level,
        reasons=tuple(row.reasons),
        window=row.window_name,
        machine_id=row.machine_id,
        clerk=row.clerk or "",
        service_id=row.service_id,
        given_at=office.local(row.given_at).replace(minute=0, second=0, microsecond=0),
        contact_due=row.contact_due,
        close_due=row.close_due,
        contacted=contacted,
        wants_call=wants_call,
        has_number=bool(row.phone),
        acts=lawful(standing(office, row, row.not_reached)),
        overdue=running and late,
    )
