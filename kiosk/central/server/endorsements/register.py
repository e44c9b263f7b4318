"""Permits on file: looked up by the number of an identity card; brought in by whoever owns them."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from sqlalchemy import Connection, Row, insert, select

from kiosk.central.contract import ErrorCode, Model, ShortText
from kiosk.central.contract.permits import (
    EndorsementOnFile,
    IdNumber,
    PermitOnFile,
    PermitQuery,
)
from kiosk.central.server.endorsements.tables import PERMIT_SEALED, endorsement, permit
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.sealing import PERSON, FieldSealer

_Region = Annotated[str, Field(pattern=r"^([0-9]{6})?$")]


class PermitRecord(Model):
    """A permit as the issuing system hands it over."""

    id_number: IdNumber
    permit: PermitOnFile
    residence: _Region = ""
    filed_unit: bool = False
    restricted: bool = False
    note: ShortText = ""


_RECORDS = TypeAdapter(list[PermitRecord])


def look_up(connection: Connection, office: Office, query: PermitQuery) -> PermitOnFile:
    """The newest permit of a person.

    Raises:
        RefusalError: the hall is unknown, or no permit is on file.
    """
    office.offers.of(query.hall_id)
    person = office.sealer.index(PERSON, query.id_number)
    row = connection.execute(
        select(permit).where(permit.c.person == person).order_by(permit.c.valid_until.desc())
    ).first()
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_PERMIT)
    return _on_file(connection, office, row)


def find(
    connection: Connection, office: Office, id_number: str, permit_number: str
) -> Row[Any] | None:
    """The row of a permit, if it is this person's."""
    permit_id = office.sealer.index("permit_number", permit_number)
    person = office.sealer.index(PERSON, id_number)
    query = select(permit).where(permit.c.permit_id == permit_id, permit.c.person == person)
    return connection.execute(query).one_or_none()


def opened(sealer: FieldSealer, row: Row[Any], column: str) -> str:
    """A sealed column of a permit."""
    return sealer.unseal("permit", row.permit_id, column, getattr(row, column))


def held(connection: Connection, permit_id: str) -> list[Row[Any]]:
    """Endorsements of a permit that were not cancelled, the newest first."""
    query = (
        select(endorsement)
        .where(endorsement.c.permit_id == permit_id, endorsement.c.cancelled_by.is_(None))
        .order_by(endorsement.c.valid_until.desc(), endorsement.c.number)
        .limit(50)
    )
    return list(connection.execute(query))


def bring_in(connection: Connection, sealer: FieldSealer, records: Iterable[PermitRecord]) -> int:
    """Put permits on file; one that is there already stays as it is.

    Returns:
        How many were brought in.
    """
    count = 0
    for record in records:
        columns = _columns(sealer, record)
        known = connection.execute(
            select(permit.c.permit_id).where(permit.c.permit_id == columns["permit_id"])
        ).one_or_none()
        if known is not None:
            continue
        connection.execute(insert(permit), columns)
        for one in record.permit.endorsements:
            connection.execute(
                insert(endorsement),
                {
                    **one.model_dump(),
                    "permit_id": columns["permit_id"],
                    "order_id": None,
                    "cancelled_by": None,
                },
            )
        count += 1
    return count


def read_file(path: Path) -> list[PermitRecord]:
    """Records from a JSON file: a list of permits.

    Raises:
        ValueError: something in it is no permit; says where, never what.
    """
    return _RECORDS.validate_python(json.loads(path.read_text(encoding="utf-8")))


def _columns(sealer: FieldSealer, record: PermitRecord) -> dict[str, Any]:
    permit_id = sealer.index("permit_number", record.permit.permit_number)
    said = {
        "permit_number": record.permit.permit_number,
        "name": record.permit.name,
        "birth": record.permit.birth.isoformat(),
        "household": record.id_number[:6],
        "residence": record.residence,
        "finger_template": record.permit.finger_template,
    }
    return {
        "permit_id": permit_id,
        "person": sealer.index(PERSON, record.id_number),
        "valid_from": record.permit.valid_from,
        "valid_until": record.permit.valid_until,
        "filed_unit": record.filed_unit,
        "restricted": record.restricted,
        **{name: sealer.seal("permit", permit_id, name, said[name]) for name in PERMIT_SEALED},
    }


def _on_file(connection: Connection, office: Office, row: Row[Any]) -> PermitOnFile:
    return PermitOnFile(
        permit_number=opened(office.sealer, row, "permit_number"),
        name=opened(office.sealer, row, "name"),
        birth=date.fromisoformat(opened(office.sealer, row, "birth")),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        endorsements=tuple(_seen(one) for one in held(connection, row.permit_id)),
        finger_template=opened(office.sealer, row, "finger_template"),
    )


def _seen(row: Row[Any]) -> EndorsementOnFile:
    return EndorsementOnFile(
        number=row.number,
        destination=row.destination,
        kind=row.kind,
        entries=row.entries,
        entries_left=row.entries_left,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        used=row.used,
    )
