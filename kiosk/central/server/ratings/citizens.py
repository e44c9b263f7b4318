"""Where a case says who was served and how to reach them: in the application behind it."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from kiosk.central.server.tables import application_field, ticket
from kiosk.domain.rating import CaseKind

_PHONE = "lxdh"
"""the contact number in an application (docs/central-api.md)"""
_TICKET = select(ticket.c.application_id).where(ticket.c.ticket_id == bindparam("which"))
_FIELD = (
    select(application_field)
    .where(
        application_field.c.application_id == bindparam("which"),
        application_field.c.name == _PHONE,
    )
    .order_by(application_field.c.position)
)


def application_of(connection: Connection, case_kind: str, case_id: str) -> str | None:
    """The application behind a case, None where there is none.

    Args:
        connection: with an open transaction.
        case_kind: of the case.
        case_id: the ticket, also of a kiosk's errand, or the application itself.
    """
    if case_kind == CaseKind.ENDORSEMENT:
        return None
    row = connection.execute(_TICKET, {"which": case_id}).one_or_none()
    if row is None:
        return case_id if case_kind == CaseKind.APPLICATION else None
    application_id: str | None = row.application_id
    return application_id


def phone_field(connection: Connection, application_id: str) -> Row[Any] | None:
    """The sealed field of the number that an applicant left."""
    return connection.execute(_FIELD, {"which": application_id}).first()
