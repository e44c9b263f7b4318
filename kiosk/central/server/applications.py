"""Applications: kept with every personal field sealed."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from kiosk.central.contract import (
    ApplicationIn,
    ApplicationReceipt,
    ErrorCode,
)
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.progress.papers import HOLDER
from kiosk.central.server.progress.tables import application_document
from kiosk.central.server.sealing import FieldSealer
from kiosk.central.server.tables import PERSONAL, application, application_field
from kiosk.domain.progress import Progress


def put(connection: Connection, office: Office, sent: ApplicationIn, sent_hash: bytes) -> Done:
    """Keep an application; the same one under another key gets the same receipt.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        sent: the application.
        sent_hash: of the request that carries it.

    Raises:
        RefusalError: the hall is unknown, or another application has this id.
    """
    office.offers.of(sent.hall_id)
    existing = connection.execute(
        select(application.c.received_at, application.c.request_hash).where(
            application.c.application_id == sent.application_id
        )
    ).one_or_none()
    if existing is not None:
        if existing.request_hash != sent_hash:
            raise RefusalError(409, ErrorCode.ALREADY_EXISTS)
        return Done(_receipt(sent.application_id, office.local(existing.received_at)), 200)
    now = office.clock.now()
    plain = {"received_at": now, "request_hash": sent_hash}
    plain["holder"] = office.sealer.index(HOLDER, sent.identity.number)
    plain |= sent.model_dump(exclude={"identity", "documents"})
    plain["card_kind"] = sent.identity.card_kind
    connection.execute(insert(application), {**plain, **_sealed_identity(office.sealer, sent)})
    fields = _sealed_fields(office.sealer, sent)
    if fields:
        connection.execute(insert(application_field), fields)
    documents = [
        {**_place(sent, position), "kind": one.kind, "state": Progress.RECEIVED, "changed_at": now}
        for position, one in enumerate(sent.documents)
    ]
    connection.execute(insert(application_document), documents)
    return Done(_receipt(sent.application_id, now))


def _receipt(application_id: str, at: datetime) -> ApplicationReceipt:
    return ApplicationReceipt(application_id=application_id, received_at=at)


def _sealed_identity(sealer: FieldSealer, sent: ApplicationIn) -> dict[str, bytes]:
    said = sent.identity.model_dump(mode="json")
    return {
        name: sealer.seal("application", sent.application_id, name, said[name] or "")
        for name in PERSONAL
    }


def _sealed_fields(sealer: FieldSealer, sent: ApplicationIn) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for position, document in enumerate(sent.documents):
        place = f"{sent.application_id}/{position}"
        for name, value in document.fields.items():
            sealed = sealer.seal("application_field", place, name, value)
            row = _place(sent, position)
            rows.append({**row, "kind": document.kind, "name": name, "value": sealed})
    return rows


def _place(sent: ApplicationIn, position: int) -> dict[str, object]:
    return {"application_id": sent.application_id, "position": position}
