"""Follow-ups of bad ratings: due dates in working days, acts along a table, every step kept."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.central.server.ratings.tables import follow_up, follow_up_step, rating
from kiosk.central.server.staff.records import Action, Subject, note, note_read
from kiosk.central.server.staff.tables import staff_account
from kiosk.domain.follow_up import FollowUpAct, FollowUpState, Standing, after, lawful
from kiosk.policy.working_days import work_calendar

TABLE = "follow_up"
_ADD = insert(follow_up)
LONGEST_NOTE = 500
_OF_CONTACT = frozenset({FollowUpAct.REACHED, FollowUpAct.LOOKED_INTO})
_OF_REVIEW = frozenset({FollowUpAct.UPHOLD, FollowUpAct.REJECT})


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
        follow_up_id: id.
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
    acts: tuple[FollowUpAct, ...]
    overdue: bool


def begin(connection: Connection, office: Office, asked: Row[Any], phone: str | None) -> None:
    """Open the follow-up of a bad rating, in the rating's transaction.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        asked: the rating's request.
        phone: to be called at, None where the citizen did not ask for it.
    """
    now = office.clock.now()
    rules, calendar, today = rating_policy(asked.day).rules, work_calendar(), now.date()
    follow_up_id = asked.request_id
    row = {
        "follow_up_id": follow_up_id,
        "hall_id": asked.hall_id,
        "state": FollowUpState.OPEN,
        "outcome": "",
        "opened_at": now,
        "contact_due": calendar.after(today, rules.contact_working_days),
        "close_due": calendar.after(today, rules.close_working_days),
        "appealed_by": "",
        "phone": office.sealer.seal(TABLE, follow_up_id, "phone", phone) if phone else None,
    }
    connection.execute(_ADD, row)


def act(
    connection: Connection,
    office: Office,
    actor: Actor,
    follow_up_id: str,
    done: tuple[FollowUpAct, str],
) -> None:
    """Do something about a bad rating.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        actor: who; a review needs somebody else than who appealed.
        follow_up_id: which.
        done: the act and a note about it.

    Raises:
        RefusalError: there is no such follow-up in the actor's hall, or the act is not lawful.
    """
    what, said = done
    row = _present(connection, actor, follow_up_id)
    tried = connection.execute(_TRIED.where(follow_up_step.c.follow_up_id == follow_up_id))
    state = after(_standing(office, row, tried.scalar_one()), what)
    own_appeal = what in _OF_REVIEW and row.appealed_by == actor.account_id
    if state is None or own_appeal:
        raise RefusalError(409, ErrorCode.WRONG_STATE)
    connection.execute(
        update(follow_up)
        .where(follow_up.c.follow_up_id == follow_up_id)
        .values(**_columns(office, actor, row, what, state))
    )
    _keep_step(connection, office, actor, follow_up_id, (what, state, said))


def phone_of(connection: Connection, office: Office, actor: Actor, follow_up_id: str) -> str | None:
    """The number a citizen asked to be called at; each look is recorded."""
    row = _present(connection, actor, follow_up_id)
    if row.phone is None:
        return None
    note_read(connection, office, actor, Subject(TABLE, follow_up_id), "asked_for_call")
    return office.sealer.unseal(TABLE, follow_up_id, "phone", row.phone)


def of_hall(
    connection: Connection, office: Office, hall_id: str, *, closed: bool, most: int
) -> list[FollowUp]:
    """A hall's follow-ups: open ones by the term that ends first, or the newest closed ones."""
    order = follow_up.c.closed_at.desc() if closed else follow_up.c.close_due
    # Named one by one, so that the index finds the few that are open among many that are not.
    states = [one for one in FollowUpState if (one is FollowUpState.CLOSED) is closed]
    query = _WHOLE.where(follow_up.c.hall_id == hall_id, follow_up.c.state.in_(states))
    rows = connection.execute(query.order_by(order, follow_up.c.opened_at).limit(most))
    return [_seen(office, row) for row in rows]


def one(
    connection: Connection, office: Office, actor: Actor, follow_up_id: str
) -> tuple[FollowUp, list[Step]]:
    """A follow-up with its steps and their notes, which are opened; each look is recorded.

    Raises:
        RefusalError: there is none in the actor's hall.
    """
    _present(connection, actor, follow_up_id)
    note_read(connection, office, actor, Subject(TABLE, follow_up_id), "follow_up")
    row = connection.execute(_WHOLE.where(follow_up.c.follow_up_id == follow_up_id)).one()
    query = (
        select(follow_up_step, staff_account.c.name)
        .join(staff_account, staff_account.c.account_id == follow_up_step.c.account_id)
        .where(follow_up_step.c.follow_up_id == follow_up_id)
        .order_by(follow_up_step.c.id)
    )
    steps = [
        Step(
            office.local(step.at),
            step.name,
            step.act,
            step.state,
            office.sealer.unseal("follow_up_step", follow_up_id, "note", step.note),
        )
        for step in connection.execute(query)
    ]
    return _seen(office, row), steps


_TRIED = select(func.count()).where(follow_up_step.c.act == FollowUpAct.NOT_REACHED)
_WHOLE = (
    select(
        follow_up,
        _TRIED.where(follow_up_step.c.follow_up_id == follow_up.c.follow_up_id)
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
    .join(rating, rating.c.request_id == follow_up.c.follow_up_id)
    .outerjoin(staff_account, staff_account.c.account_id == rating.c.clerk_id)
)


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
        acts=lawful(_standing(office, row, row.not_reached)),
        overdue=running and late,
    )


def _standing(office: Office, row: Row[Any], not_reached: int) -> Standing:
    owed = rating_policy(office.clock.now().date()).rules.contact_calls
    contacted, wants_call = row.contacted_at is not None, row.phone is not None
    return Standing(FollowUpState(row.state), contacted, wants_call, not_reached, owed)


def _columns(
    office: Office, actor: Actor, row: Row[Any], what: FollowUpAct, state: FollowUpState
) -> dict[str, Any]:
    now = office.clock.now()
    columns: dict[str, Any] = {"state": state}
    if what in _OF_CONTACT and row.contacted_at is None:
        columns["contacted_at"] = now
    if what is FollowUpAct.APPEAL:
        columns["appealed_by"] = actor.account_id
    if what is FollowUpAct.LEDGER:
        days = rating_policy(now.date()).rules.ledger_working_days
        columns["close_due"] = work_calendar().after(office.day_of(row.opened_at), days)
    if state is FollowUpState.CLOSED:
        columns |= {"closed_at": now, "outcome": what}
    return columns


def _keep_step(
    connection: Connection,
    office: Office,
    actor: Actor,
    follow_up_id: str,
    done: tuple[FollowUpAct, FollowUpState, str],
) -> None:
    what, state, said = done
    sealed = office.sealer.seal("follow_up_step", follow_up_id, "note", said[:LONGEST_NOTE])
    row = {"follow_up_id": follow_up_id, "at": office.clock.now(), "note": sealed}
    who = {"account_id": actor.account_id, "act": what, "state": state}
    connection.execute(insert(follow_up_step), {**row, **who})
    subject = Subject(TABLE, follow_up_id)
    note(connection, office, actor.account_id, Action.FOLLOW_UP_CHANGED, subject, what)


def _present(connection: Connection, actor: Actor, follow_up_id: str) -> Row[Any]:
    query = select(follow_up).where(
        follow_up.c.follow_up_id == follow_up_id, follow_up.c.hall_id == actor.hall_id
    )
    row = connection.execute(query.with_for_update()).one_or_none()
    if row is None or not actor.role.includes(Role.SUPERVISOR):
        raise RefusalError(404, ErrorCode.NOT_FOUND)
    return row
