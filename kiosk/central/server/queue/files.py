"""The file of the person at the window: read under audit, and what was found wrong in it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.queue import FileError
from kiosk.central.server import lines, tickets
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.queue.tables import file_error
from kiosk.central.server.queue.windows import Desk
from kiosk.central.server.staff import records
from kiosk.central.server.staff.records import Action, Subject
from kiosk.central.server.tables import PERSONAL, application, application_field, ticket
from kiosk.domain.document import DocumentKind
from kiosk.forms.bindings import BINDINGS

TICKET_CODE = "T1:"
"""how the code on a ticket begins (kiosk/runtime/ticket_paper.py)"""
_FILE = select(application).where(application.c.application_id == bindparam("id"))
_FIELDS = (
    select(application_field)
    .where(application_field.c.application_id == bindparam("id"))
    .order_by(application_field.c.position, application_field.c.name)
)
_ERRORS = select(file_error.c.code, file_error.c.note).where(
    file_error.c.ticket_id == bindparam("ticket_id")
)
_NUMBERED = select(ticket).where(
    ticket.c.hall_id == bindparam("hall_id"),
    ticket.c.day == bindparam("day"),
    ticket.c.prefix == bindparam("prefix"),
    ticket.c.n == bindparam("n"),
)
_LARGEST = 999_999


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a file.

    Args:
        key: of the form's field, or the record's own name where no field holds it.
        value: what the person said.
    """

    key: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """One document's own facts."""

    kind: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PersonFile:
    """What a clerk sees of a person.

    Args:
        application_id: of the application.
        made_at: hour and minute on the machine.
        card: what the card said.
        common: what all documents ask.
        documents: what each asks besides.
    """

    application_id: str
    made_at: str
    card: tuple[Fact, ...]
    common: tuple[Fact, ...]
    documents: tuple[DocumentFile, ...]


def scanned(connection: Connection, office: Office, desk: Desk, code: str) -> Row[Any]:
    """The ticket of a scanned code, or of a number typed by hand, in the clerk's hall.

    Raises:
        RefusalError: there is none.
    """
    text = code.strip()
    is_number = len(text) >= 4 and text[1:].isascii() and text[1:].isdigit()
    if is_number and int(text[1:]) <= _LARGEST:
        place = {"prefix": text[0].upper(), "n": int(text[1:])}
        here = {"hall_id": desk.hall_id, "day": office.clock.today(), **place}
        row = connection.execute(_NUMBERED, here).one_or_none()
    else:
        row = tickets.find(connection, text.removeprefix(TICKET_CODE)[:64])
    if row is None or row.hall_id != desk.hall_id:
        raise RefusalError(404, ErrorCode.UNKNOWN_TICKET)
    return row


def opened(
    connection: Connection, office: Office, desk: Desk, application_id: str
) -> PersonFile | None:
    """Open a person's file for a clerk, and record that it was read; None where none is kept yet.

    A machine that was cut off may hand the application in after its ticket.
    """
    row = connection.execute(_FILE, {"id": application_id}).one_or_none()
    if row is None:
        return None
    subject = Subject("application", application_id)
    records.note_read(connection, office, desk.actor, subject, f"window {desk.window}")
    unseal = office.sealer.unseal
    card = [
        Fact(name, unseal("application", application_id, name, getattr(row, name)))
        for name in PERSONAL
    ]
    by_document: dict[int, tuple[str, dict[str, str]]] = {}
    for one in connection.execute(_FIELDS, {"id": application_id}):
        place = f"{application_id}/{one.position}"
        said = by_document.setdefault(one.position, (one.kind, {}))[1]
        said[one.name] = unseal("application_field", place, one.name, one.value)
    common = _common([said for _kind, said in by_document.values()])
    documents = [
        DocumentFile(kind, _facts(kind, {k: v for k, v in said.items() if k not in common}))
        for kind, said in by_document.values()
    ]
    any_kind = next((kind for kind, _said in by_document.values()), "")
    return PersonFile(
        application_id,
        office.local(row.made_at).strftime("%H:%M"),
        tuple(one for one in card if one.value),
        _facts(any_kind, common),
        tuple(documents),
    )


def mark(connection: Connection, office: Office, desk: Desk, found: FileError) -> str:
    """Keep what a clerk found wrong in a file.

    Returns:
        Id of the ticket.

    Raises:
        RefusalError: no such ticket here, or policy does not know the error.
    """
    row = scanned(connection, office, desk, found.ticket_id)
    now = office.clock.now()
    if found.code not in lines.policy_of(now.date()).rules.file_errors:
        raise RefusalError(422, ErrorCode.BAD_REQUEST)
    kept = {
        "ticket_id": row.ticket_id,
        "application_id": row.application_id,
        "hall_id": desk.hall_id,
        "window": desk.window,
        "machine_id": row.machine_id,
        "staff_id": desk.actor.account_id,
        "code": found.code,
        "note": found.note,
        "day": now.date(),
        "at": now,
    }
    connection.execute(insert(file_error), kept)
    subject = Subject("ticket", row.ticket_id)
    records.note(
        connection, office, desk.actor.account_id, Action.ERROR_MARKED, subject, found.code
    )
    return str(row.ticket_id)


def marked(connection: Connection, ticket_id: str) -> list[tuple[str, str]]:
    """Code and note of what was found wrong so far."""
    return [(row.code, row.note) for row in connection.execute(_ERRORS, {"ticket_id": ticket_id})]


def _common(documents: list[dict[str, str]]) -> dict[str, str]:
    first, *others = documents or [{}]
    return {
        name: value
        for name, value in first.items()
        if others and all(one.get(name) == value for one in others)
    }


def _facts(kind: str, said: dict[str, str]) -> tuple[Fact, ...]:
    """In the form's words; constants of the receiving system tell a clerk nothing.

    One answer may fill several targets, as a grant fills period and entries: they stay together.
    """
    bindings = BINDINGS.get(DocumentKind(kind), ()) if kind in set(DocumentKind) else ()
    source = {one.target: one.source for one in bindings}
    found: dict[str, list[str]] = {}
    for name, value in said.items():
        key = source.get(name, name)
        if key and value:
            found.setdefault(key, []).append(value)
    return tuple(Fact(key, " ".join(values)) for key, values in found.items())
