"""Ratings as lines of a table for the platform above, by a mapping that the hall can replace."""

import csv
import io
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import Connection, Row, select

from kiosk.central.server.actor import Actor
from kiosk.central.server.office import Office
from kiosk.central.server.ratings.citizens import application_of, phone_field
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.central.server.ratings.tables import follow_up, rating, request
from kiosk.central.server.staff.records import Action, Subject, note, note_read
from kiosk.central.server.staff.tables import staff_account
from kiosk.central.server.tables import application
from kiosk.domain.rating import Level
from kiosk.locale import SOURCE_LANGUAGE

_ID_CHARS = 32
PERSONAL_SOURCES = frozenset(
    {"applicant_name", "applicant_number", "applicant_phone", "applicant_document"}
)


class Column(BaseModel):
    """One column of the export.

    Args:
        name: as the platform calls it.
        source: where its value comes from, or
        constant: what stands in every line.
        codes: the platform's word for ours; ours where it has none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    source: str = ""
    constant: str | None = None
    codes: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_one_origin(self) -> "Column":
        if bool(self.source) == (self.constant is not None):
            msg = f"column {self.name} needs a source or a constant"
            raise ValueError(msg)
        if self.source and self.source not in SOURCES:
            msg = f"column {self.name}: unknown source {self.source}"
            raise ValueError(msg)
        return self


class Mapping(BaseModel):
    """The shape of the export.

    Args:
        personal: whether who was served goes out; otherwise those columns stay empty and no id or
            moment leads to a ticket.
        time_format: of moments.
        columns: in their order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    personal: bool
    time_format: str
    columns: tuple[Column, ...]


def mapping(path: Path) -> Mapping:
    """Read a mapping.

    Raises:
        ValueError: it is not one.
    """
    try:
        return Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValueError as wrong:
        raise ValueError(f"{path}: {wrong}") from wrong


@dataclass(frozen=True, slots=True)
class _Line:
    """All that a line may hold.

    Args:
        office: the server's parts.
        shape: the mapping.
        row: of rating, request and clerk.
        person: who was served; empty unless the mapping wants it.
    """

    office: Office
    shape: Mapping
    row: Row[Any]
    person: dict[str, str]

    def id(self, name: str) -> str:
        """An id; another where it would lead to a citizen."""
        value: str = getattr(self.row, name)
        if not _named(self.shape, self.row):
            value = self.office.sealer.index("export", value)[:_ID_CHARS]
        return value

    def moment(self, name: str) -> str:
        """A moment in hall time; the hour alone where minutes would find the citizen."""
        at = _moment(self.office, self.shape, self.row, name)
        return at.strftime(self.shape.time_format)

    def service_name(self) -> str:
        """Name of the service, in Chinese."""
        offer = self.office.offers.by_hall.get(self.row.hall_id)
        services = offer.services if offer else ()
        names = {one.service_id: one.names[SOURCE_LANGUAGE] for one in services}
        service_id: str = self.row.service_id
        return names.get(service_id, service_id)

    def reasons(self) -> str:
        """Reasons in Chinese."""
        names = rating_policy(self.row.day).reason_names
        return ";".join(names.get(one, {}).get(SOURCE_LANGUAGE, one) for one in self.row.reasons)


SOURCES: dict[str, Callable[[_Line], str]] = {
    "request_id": lambda line: line.id("request_id"),
    "case_id": lambda line: line.id("case_id"),
    "case_kind": lambda line: line.row.case_kind,
    "service_id": lambda line: line.row.service_id,
    "service_name": _Line.service_name,
    "window": lambda line: line.row.window_name,
    "machine_id": lambda line: line.row.machine_id,
    "clerk_name": lambda line: line.row.clerk_name or "",
    "clerk_number": lambda line: line.row.clerk_number or "",
    "clerk": lambda line: f"{line.row.clerk_number or ''} {line.row.clerk_name or ''}".strip(),
    "level": lambda line: line.row.level,
    "stars": lambda line: str(Level(line.row.level).stars),
    "reasons": _Line.reasons,
    "language": lambda line: line.row.language,
    "asked_at": lambda line: line.moment("asked_at"),
    "given_at": lambda line: line.moment("given_at"),
    "given_day": lambda line: line.row.day.isoformat(),
    **{
        name: (lambda line, name=name: line.person.get(name, ""))  # type: ignore[misc]  # bound now
        for name in PERSONAL_SOURCES
    },
}


def lines(
    connection: Connection, office: Office, actor: Actor, shape: Mapping, days: tuple[date, date]
) -> Iterator[list[str]]:
    """A hall's ratings of some days, header first.

    Args:
        connection: with an open transaction; what is exported is recorded in it.
        office: the server's parts.
        actor: who exports.
        shape: the mapping.
        days: first and last.
    """
    first, last = days
    span = f"{first.isoformat()} {last.isoformat()}"
    note(connection, office, actor.account_id, Action.EXPORTED, Subject("rating", span))
    yield [one.name for one in shape.columns]
    rows = connection.execute(_query(actor.hall_id, first, last)).all()
    # By what the lines say, else by chance: any other order would tell what they leave out.
    for row in sorted(rows, key=lambda one: (one.day, _moment(office, shape, one, "given_at"))):
        person = _person(connection, office, actor, row) if _named(shape, row) else {}
        line = _Line(office, shape, row, person)
        yield [_value(one, line) for one in shape.columns]


def as_csv(rows: Iterator[list[str]]) -> bytes:
    """Rows as CSV that spreadsheets open rightly: UTF-8 with mark, no cell taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _value(column: Column, line: _Line) -> str:
    if column.constant is not None:
        return column.constant
    value = SOURCES[column.source](line)
    return column.codes.get(value, value)


def _named(shape: Mapping, row: Row[Any]) -> bool:
    """Whether a line may lead to a citizen.

    Never that of a bad rating whose citizen wants no call. Nor any other unless the mapping wants
    persons: whoever knows the tickets of all who were content knows the one that is left over.
    """
    return shape.personal and (row.wants_call or not Level(row.level).is_bad)


def _moment(office: Office, shape: Mapping, row: Row[Any], name: str) -> datetime:
    at: datetime = office.local(getattr(row, name))
    return at if _named(shape, row) else at.replace(minute=0, second=0, microsecond=0)


def _query(hall_id: str, first: date, last: date) -> Any:
    return (
        select(
            rating,
            request.c.asked_at,
            follow_up.c.phone.is_not(None).label("wants_call"),
            staff_account.c.name.label("clerk_name"),
            staff_account.c.number.label("clerk_number"),
        )
        .join(request, request.c.request_id == rating.c.request_id)
        .outerjoin(follow_up, follow_up.c.request_id == rating.c.request_id)
        .outerjoin(staff_account, staff_account.c.account_id == rating.c.clerk_id)
        .where(rating.c.hall_id == hall_id, rating.c.day.between(first, last))
        .order_by(rating.c.fingerprint)  # as good as chance, and the same each time
    )


def _person(connection: Connection, office: Office, actor: Actor, row: Row[Any]) -> dict[str, str]:
    """Who was served, where an application says it; recorded for each."""
    application_id = application_of(connection, row.case_kind, row.case_id)
    whose = select(application).where(application.c.application_id == application_id)
    found = connection.execute(whose).one_or_none()
    if found is None:
        return {}
    subject = Subject("application", found.application_id)
    note_read(connection, office, actor, subject, "export")

    def opened(column: str) -> str:
        sealed = getattr(found, column)
        return office.sealer.unseal("application", found.application_id, column, sealed)

    return {
        "applicant_name": opened("name"),
        "applicant_number": opened("number"),
        "applicant_document": found.card_kind,
        "applicant_phone": _phone(connection, office, found.application_id),
    }


def _phone(connection: Connection, office: Office, application_id: str) -> str:
    field = phone_field(connection, application_id)
    if field is None:
        return ""
    row_id = f"{application_id}/{field.position}"
    return office.sealer.unseal("application_field", row_id, field.name, field.value)
