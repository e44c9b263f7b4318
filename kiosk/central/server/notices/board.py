"""Writing notices and reading what holds today."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, or_, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.events import EventKind
from kiosk.central.contract.notices import Notice, NoticeKind, Notices
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.events.publish import Happened, publish
from kiosk.central.server.notices.tables import notice
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.staff.records import Action, Subject, note

_MOST = 200
_KEPT_OLD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody writes.

    Args:
        kind: of notice.
        all_halls: whether it is for the whole city; administrators only.
        titles: by locale.
        texts: by locale.
        priority: 9 first.
        valid_from: first day.
        valid_to: last day, None until it is withdrawn.
    """

    kind: NoticeKind
    all_halls: bool
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    priority: int
    valid_from: date
    valid_to: date | None


def today(connection: Connection, office: Office, hall_id: str) -> Notices:
    """What a hall tells today.

    Raises:
        RefusalError: the hall is unknown.
    """
    office.offers.of(hall_id, status=404)
    now = office.clock.now()
    day = now.date()
    query = _of_hall(hall_id).where(
        notice.c.withdrawn_at.is_(None),
        notice.c.valid_from <= day,
        or_(notice.c.valid_to.is_(None), notice.c.valid_to >= day),
    )
    found = tuple(_seen(office, row) for row in connection.execute(query))
    return Notices(hall_id=hall_id, day=day, at=now, notices=found)


def manageable(connection: Connection, office: Office, hall_id: str) -> tuple[Notice, ...]:
    """Every notice that staff of a hall may look after: present, coming, and lately ended."""
    since = office.clock.today() - _KEPT_OLD
    query = _of_hall(hall_id).where(
        notice.c.withdrawn_at.is_(None),
        or_(notice.c.valid_to.is_(None), notice.c.valid_to >= since),
    )
    return tuple(_seen(office, row) for row in connection.execute(query))


def of_id(connection: Connection, office: Office, actor: Actor, notice_id: str) -> Notice:
    """One notice that somebody may change.

    Raises:
        RefusalError: there is none, it is another hall's, or all halls' and they may not.
    """
    return _seen(office, _row(connection, actor, notice_id))


def write(
    connection: Connection,
    office: Office,
    actor: Actor,
    draft: Draft,
    notice_id: str | None = None,
) -> str:
    """Keep a new notice or change an old one, and tell machines and displays.

    Returns:
        Its id.

    Raises:
        RefusalError: see `of_id`; or it is for all halls and the writer may not.
    """
    if draft.all_halls and not actor.role.includes(Role.ADMINISTRATOR):
        raise RefusalError(403, ErrorCode.NOT_ALLOWED)
    before = _row(connection, actor, notice_id) if notice_id else None
    columns: dict[str, Any] = {
        "kind": draft.kind,
        "hall_id": None if draft.all_halls else actor.hall_id,
        "titles": dict(draft.titles),
        "texts": dict(draft.texts),
        "priority": draft.priority,
        "valid_from": draft.valid_from,
        "valid_to": draft.valid_to,
    }
    kept = notice_id or f"n-{secrets.token_hex(8)}"
    if before is None:
        columns |= _stamp(office, actor)
        connection.execute(insert(notice), {"notice_id": kept, "withdrawn_at": None, **columns})
    else:
        _change(connection, office, actor, kept, columns)
    everywhere = draft.all_halls or (before is not None and before.hall_id is None)
    _tell(connection, office, actor, kept, everywhere=everywhere)
    return kept


def withdraw(connection: Connection, office: Office, actor: Actor, notice_id: str) -> None:
    """End a notice now.

    Raises:
        RefusalError: see `of_id`.
    """
    row = _row(connection, actor, notice_id)
    _change(connection, office, actor, notice_id, {"withdrawn_at": office.clock.now()})
    _tell(connection, office, actor, notice_id, everywhere=row.hall_id is None)


def _change(
    connection: Connection, office: Office, actor: Actor, notice_id: str, columns: dict[str, Any]
) -> None:
    connection.execute(
        update(notice)
        .where(notice.c.notice_id == notice_id)
        .values(**columns, **_stamp(office, actor))
    )


def _stamp(office: Office, actor: Actor) -> dict[str, Any]:
    return {"changed_at": office.clock.now(), "changed_by": actor.account_id}


def _tell(
    connection: Connection, office: Office, actor: Actor, notice_id: str, *, everywhere: bool
) -> None:
    note(connection, office, actor.account_id, Action.NOTICE_CHANGED, Subject("notice", notice_id))
    halls = tuple(office.offers.by_hall) if everywhere else (actor.hall_id,)
    for hall_id in halls:
        publish(connection, office, Happened(EventKind.NOTICE_CHANGED, hall_id, notice_id))


def _row(connection: Connection, actor: Actor, notice_id: str) -> Row[Any]:
    query = select(notice).where(notice.c.notice_id == notice_id, notice.c.withdrawn_at.is_(None))
    row = connection.execute(query.with_for_update()).one_or_none()
    if row is None or row.hall_id not in (None, actor.hall_id):
        raise RefusalError(404, ErrorCode.UNKNOWN_NOTICE)
    if row.hall_id is None and not actor.role.includes(Role.ADMINISTRATOR):
        raise RefusalError(403, ErrorCode.NOT_ALLOWED)
    return row


def _of_hall(hall_id: str) -> Select[Any]:
    here: ColumnElement[bool] = or_(notice.c.hall_id.is_(None), notice.c.hall_id == hall_id)
    order = (notice.c.priority.desc(), notice.c.changed_at.desc(), notice.c.notice_id)
    return select(notice).where(here).order_by(*order).limit(_MOST)


def _seen(office: Office, row: Row[Any]) -> Notice:
    return Notice(
        notice_id=row.notice_id,
        kind=row.kind,
        hall_id=row.hall_id,
        titles=row.titles,
        texts=row.texts,
        priority=row.priority,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        changed_at=office.local(row.changed_at),
    )
