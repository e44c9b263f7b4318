"""Follow-ups of bad ratings: due dates in working days, acts along a table, every step kept."""

from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, insert, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.central.server.ratings.tables import follow_up, follow_up_step
from kiosk.central.server.staff.records import Action, Subject, note, note_read
from kiosk.domain.follow_up import FollowUpAct, FollowUpState, Standing, after
from kiosk.policy.working_days import work_calendar

TABLE = "follow_up"
GONE = b""
"""stands for a number that was wiped: its citizen asked for a call, and the matter is closed"""
_ADD = insert(follow_up)
TRIED = select(func.count()).where(follow_up_step.c.act == FollowUpAct.NOT_REACHED)
LONGEST_NOTE = 500
_OF_CONTACT = frozenset({FollowUpAct.REACHED, FollowUpAct.LOOKED_INTO})
_OF_REVIEW = frozenset({FollowUpAct.UPHOLD, FollowUpAct.REJECT})


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
    request_id = asked.request_id
    row = {
        "request_id": request_id,
        "follow_up_id": f"f-{uuid4().hex}",
        "hall_id": asked.hall_id,
        "state": FollowUpState.OPEN,
        "outcome": "",
        "opened_at": now,
        "contact_due": calendar.after(today, rules.contact_working_days),
        "close_due": calendar.after(today, rules.close_working_days),
        "appealed_by": "",
        "phone": office.sealer.seal(TABLE, request_id, "phone", phone) if phone else None,
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
    row = present(connection, actor, follow_up_id)
    tried = connection.execute(TRIED.where(follow_up_step.c.request_id == row.request_id))
    state = after(standing(office, row, tried.scalar_one()), what)
    own_appeal = what in _OF_REVIEW and row.appealed_by == actor.account_id
    if state is None or own_appeal:
        raise RefusalError(409, ErrorCode.WRONG_STATE)
    connection.execute(
        update(follow_up)
        .where(follow_up.c.request_id == row.request_id)
        .values(**_columns(office, actor, row, what, state))
    )
    _keep_step(connection, office, actor, row, (what, state, said))


def phone_of(connection: Connection, office: Office, actor: Actor, follow_up_id: str) -> str | None:
    """The number a citizen asked to be called at, until it is closed; each look is recorded."""
    row = present(connection, actor, follow_up_id)
    if not row.phone:
        return None
    note_read(connection, office, actor, Subject(TABLE, follow_up_id), "asked_for_call")
    return office.sealer.unseal(TABLE, row.request_id, "phone", row.phone)


def standing(office: Office, row: Row[Any], not_reached: int) -> Standing:
    """Where a follow-up stands, as its table of acts looks at it."""
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
        columns["phone"] = row.phone if row.phone is None else GONE
    return columns


def _keep_step(
    connection: Connection,
    office: Office,
    actor: Actor,
    of: Row[Any],
    done: tuple[FollowUpAct, FollowUpState, str],
) -> None:
    what, state, said = done
    sealed = office.sealer.seal("follow_up_step", of.request_id, "note", said[:LONGEST_NOTE])
    row = {"request_id": of.request_id, "at": office.clock.now(), "note": sealed}
    who = {"account_id": actor.account_id, "act": what, "state": state}
    connection.execute(insert(follow_up_step), {**row, **who})
    subject = Subject(TABLE, of.follow_up_id)
    note(connection, office, actor.account_id, Action.FOLLOW_UP_CHANGED, subject, what)


def present(connection: Connection, actor: Actor, follow_up_id: str) -> Row[Any]:
    """A follow-up's row, locked.

    Raises:
        RefusalError: there is none in the actor's hall.
    """
    query = select(follow_up).where(
        follow_up.c.follow_up_id == follow_up_id, follow_up.c.hall_id == actor.hall_id
    )
    row = connection.execute(query.with_for_update()).one_or_none()
    if row is None or not actor.role.includes(Role.SUPERVISOR):
        raise RefusalError(404, ErrorCode.NOT_FOUND)
    return row
