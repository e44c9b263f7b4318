"""Keeping suggestions, and reading them under record."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.suggestions import SuggestionIn, SuggestionReceipt
from kiosk.central.server.actor import Actor
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.staff.records import Subject, note_read
from kiosk.central.server.suggestions.tables import suggestion

TABLE = "suggestion"
_MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One suggestion in the list, closed.

    Args:
        suggestion_id: of the suggestion.
        made_at: when it was written, in the hall's zone.
        machine_id: where.
        done: whether somebody has dealt with it.
        wants_answer: whether they left a number.
    """

    suggestion_id: str
    made_at: datetime
    machine_id: str
    done: bool
    wants_answer: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """One suggestion, read.

    Args:
        line: as in the list.
        text: what they wrote.
        phone: that they left, empty for none.
    """

    line: Line
    text: str = field(repr=False)
    phone: str = field(repr=False)


def put(connection: Connection, office: Office, sent: SuggestionIn) -> Done:
    """Keep a suggestion; the same id again gets the same receipt.

    Raises:
        RefusalError: the hall is unknown.
    """
    office.offers.of(sent.hall_id)
    kept = _find(connection, sent.suggestion_id)
    if kept is not None:
        return Done(_receipt(sent, office.local(kept.received_at)), 200)
    now = office.clock.now()
    seal = office.sealer.seal
    row = sent.model_dump(exclude={"text", "phone"}) | {"received_at": now}
    row["text"] = seal(TABLE, sent.suggestion_id, "text", sent.text)
    row["phone"] = seal(TABLE, sent.suggestion_id, "phone", sent.phone) if sent.phone else None
    connection.execute(insert(suggestion), row)
    return Done(_receipt(sent, now))


def of_hall(connection: Connection, office: Office, hall_id: str) -> tuple[Line, ...]:
    """A hall's newest suggestions, those not dealt with first; nothing of them is opened."""
    query = (
        select(suggestion)
        .where(suggestion.c.hall_id == hall_id)
        .order_by(suggestion.c.done_at.is_not(None), suggestion.c.received_at.desc())
        .limit(_MOST)
    )
    return tuple(_line(office, row) for row in connection.execute(query))


def read(connection: Connection, office: Office, actor: Actor, suggestion_id: str) -> Opened:
    """Open a suggestion; the look is recorded.

    Raises:
        RefusalError: there is none in the reader's hall.
    """
    row = _present(connection, actor, suggestion_id)
    note_read(connection, office, actor, Subject(TABLE, suggestion_id), "suggestion")
    unseal = office.sealer.unseal
    phone = unseal(TABLE, suggestion_id, "phone", row.phone) if row.phone else ""
    return Opened(_line(office, row), unseal(TABLE, suggestion_id, "text", row.text), phone)


def done(connection: Connection, office: Office, actor: Actor, suggestion_id: str) -> None:
    """Somebody has dealt with it; the number has no further use.

    Raises:
        RefusalError: there is none in their hall.
    """
    row = _present(connection, actor, suggestion_id)
    if row.done_at is None:
        changed = {"done_at": office.clock.now(), "done_by": actor.account_id, "phone": None}
        which = suggestion.c.suggestion_id == suggestion_id
        connection.execute(update(suggestion).where(which).values(**changed))


def _find(connection: Connection, suggestion_id: str) -> Row[Any] | None:
    query = select(suggestion).where(suggestion.c.suggestion_id == suggestion_id)
    return connection.execute(query).one_or_none()


def _present(connection: Connection, actor: Actor, suggestion_id: str) -> Row[Any]:
    row = _find(connection, suggestion_id)
    if row is None or row.hall_id != actor.hall_id:
        raise RefusalError(404, ErrorCode.NOT_FOUND)
    return row


def _line(office: Office, row: Row[Any]) -> Line:
    return Line(
        suggestion_id=row.suggestion_id,
        made_at=office.local(row.made_at),
        machine_id=row.machine_id,
        done=row.done_at is not None,
        wants_answer=row.phone is not None,
    )


def _receipt(sent: SuggestionIn, at: datetime) -> SuggestionReceipt:
    return SuggestionReceipt(suggestion_id=sent.suggestion_id, received_at=at)
