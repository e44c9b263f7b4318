"""How far documents are, and what their holders do next."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.central.contract import (
    ApplicationProgress,
    ApplicationStatus,
    DocumentProgress,
    DocumentState,
    ErrorCode,
    HolderApplications,
    HolderApplicationsIn,
)
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.progress.tables import application_document
from kiosk.central.server.sealing import FieldSealer
from kiosk.central.server.staff.records import Action, Subject, note
from kiosk.central.server.tables import application, application_field
from kiosk.domain.application import DeliveryWay
from kiosk.domain.document import DocumentKind
from kiosk.domain.progress import RUNNING, Progress
from kiosk.policy.loader import shipped
from kiosk.policy.terms import last_day

TABLE = "application"
HOLDER = "application holder"
COLLECTING = "collect"
"""the service whose windows hand documents out (kiosk/central/server/catalogue.toml)"""
_HOUSEHOLD, _DELIVERY = "hkszd", "lqfs"
"""targets of the form's answers (kiosk/forms/bindings.py)"""
_MOST = 10
_SHOWN = timedelta(days=365)
_AT_A_WINDOW = frozenset({Progress.RECEIVED, Progress.RETURNED, Progress.REFUSED})


def index_old(connection: Connection, sealer: FieldSealer) -> None:
    """Make applications of before the index known by holder."""
    query = select(application.c.application_id, application.c.number)
    for row in connection.execute(query.where(application.c.holder.is_(None))).all():
        number = sealer.unseal(TABLE, row.application_id, "number", row.number)
        connection.execute(
            update(application)
            .where(application.c.application_id == row.application_id)
            .values(holder=sealer.index(HOLDER, number))
        )


def status(connection: Connection, office: Office, application_id: str) -> ApplicationStatus:
    """How far an application is; nothing personal.

    Raises:
        RefusalError: there is no such application.
    """
    row = present(connection, application_id)
    documents = tuple(
        DocumentState(kind=one.kind, state=one.state, since=office.local(one.changed_at))
        for one in documents_of(connection, application_id)
    )
    received_at = office.local(row.received_at)
    return ApplicationStatus(
        application_id=application_id, received_at=received_at, documents=documents
    )


def of_holder(
    connection: Connection, office: Office, asked: HolderApplicationsIn
) -> HolderApplications:
    """A card holder's applications; that a machine read them is recorded.

    Raises:
        RefusalError: the hall is unknown.
    """
    office.offers.of(asked.hall_id)
    found = rows_of_holder(connection, office, asked.holder_number)
    for row in found:
        subject = Subject(TABLE, row.application_id)
        note(connection, office, asked.machine_id, Action.PERSONAL_READ, subject, "holder")
    return HolderApplications(applications=tuple(progress(connection, office, r) for r in found))


def rows_of_holder(connection: Connection, office: Office, number: str) -> Sequence[Row[Any]]:
    """A holder's applications of the last year, newest first."""
    query = (
        select(application)
        .where(
            application.c.holder == office.sealer.index(HOLDER, number),
            application.c.received_at >= office.clock.now() - _SHOWN,
        )
        .order_by(application.c.received_at.desc(), application.c.application_id)
        .limit(_MOST)
    )
    return connection.execute(query).all()


def present(connection: Connection, application_id: str) -> Row[Any]:
    """An application's row.

    Raises:
        RefusalError: there is none.
    """
    row = find(connection, application_id)
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_APPLICATION)
    return row


def find(connection: Connection, application_id: str) -> Row[Any] | None:
    """An application's row."""
    query = select(application).where(application.c.application_id == application_id)
    return connection.execute(query).one_or_none()


def documents_of(connection: Connection, application_id: str) -> Sequence[Row[Any]]:
    """The documents of an application, in its order."""
    of_it = application_document.c.application_id == application_id
    query = select(application_document).where(of_it).order_by(application_document.c.position)
    return connection.execute(query).all()


def progress(connection: Connection, office: Office, row: Row[Any]) -> ApplicationProgress:
    """How far an application is, as its holder may know it."""
    offer = office.offers.by_hall.get(row.hall_id)
    said = _said(connection, office, row.application_id)
    documents = documents_of(connection, row.application_id)
    return ApplicationProgress(
        application_id=row.application_id,
        hall_id=row.hall_id,
        hall_names=offer.hall.names if offer else {},
        received_at=office.local(row.received_at),
        documents=tuple(_document(office, row.hall_id, one, said) for one in documents),
    )


def _document(
    office: Office, hall_id: str, row: Row[Any], said: dict[tuple[int, str], str]
) -> DocumentProgress:
    state = Progress(row.state)
    day = office.day_of(row.changed_at)
    sent = shipped().on(day).code(_DELIVERY, DeliveryWay.COURIER)
    courier = said.get((row.position, _DELIVERY)) == sent
    return DocumentProgress(
        kind=row.kind,
        state=state,
        since=office.local(row.changed_at),
        expected=_expected(office, row, said.get((row.position, _HOUSEHOLD), "")),
        lacks=row.lacks,
        courier=courier,
        windows=_windows(office, hall_id, row, collected=not courier),
    )


def _expected(office: Office, row: Row[Any], region: str) -> date | None:
    running = Progress(row.state) in RUNNING and row.accepted_at is not None
    if not running or row.kind not in set(DocumentKind):
        return None
    return last_day(DocumentKind(row.kind), region, office.day_of(row.accepted_at))


def _windows(office: Office, hall_id: str, row: Row[Any], *, collected: bool) -> tuple[str, ...]:
    offer = office.offers.by_hall.get(hall_id)
    wanted = ""
    if Progress(row.state) in _AT_A_WINDOW:
        wanted = row.kind
    elif row.state == Progress.READY and collected:
        wanted = COLLECTING
    services = offer.services if offer else ()
    return next((one.windows for one in services if one.service_id == wanted), ())


def _said(
    connection: Connection, office: Office, application_id: str
) -> dict[tuple[int, str], str]:
    """The answers on which way and date hang, by document and target."""
    query = select(application_field).where(
        application_field.c.application_id == application_id,
        application_field.c.name.in_((_HOUSEHOLD, _DELIVERY)),
    )
    return {
        (row.position, row.name): office.sealer.unseal(
            "application_field", f"{application_id}/{row.position}", row.name, row.value
        )
        for row in connection.execute(query)
    }
