"""What a clerk does about a document, one row per change."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.server import lines
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.progress import papers
from kiosk.central.server.progress.tables import application_change, application_document
from kiosk.domain.progress import STEPS, Progress


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants.

    Args:
        position: of the document in its application.
        before: where it stood on the page that was pressed.
        after: where it goes.
        lacks: what has to be mended, of a returned one; as policy lists the errors of a file.
        reason: in the clerk's own words; nothing personal.
    """

    position: int
    before: Progress
    after: Progress
    lacks: str = ""
    reason: str = ""


def take(
    connection: Connection, office: Office, actor: Actor, application_id: str, wanted: Change
) -> None:
    """Move a document on; pressed twice, it moves once.

    Raises:
        RefusalError: no such document in the clerk's hall, somebody else has moved it meanwhile,
            the step is not lawful, or a returned one does not say what it lacks.
    """
    row = _present(connection, actor, application_id, wanted.position)
    if row.state == wanted.after:
        return
    lawful = wanted.after in STEPS[Progress(row.state)]
    corrects = actor.role.includes(Role.SUPERVISOR) and bool(wanted.reason)
    if row.state != wanted.before or not (lawful or corrects):
        raise RefusalError(409, ErrorCode.WRONG_STATE)
    lacks = _lacks(office, wanted)
    now = office.clock.now()
    place = {"application_id": application_id, "position": wanted.position}
    changed: dict[str, Any] = {"state": wanted.after, "changed_at": now, "lacks": lacks}
    if wanted.after is Progress.ACCEPTED:
        changed["accepted_at"] = now
    connection.execute(
        update(application_document).where(*_at(application_id, wanted.position)).values(**changed)
    )
    told = {"at": now, "actor": actor.account_id, "lacks": lacks, "reason": wanted.reason[:200]}
    states = {"from_state": row.state, "to_state": wanted.after}
    connection.execute(insert(application_change), {**place, **told, **states})


def _present(connection: Connection, actor: Actor, application_id: str, position: int) -> Row[Any]:
    found = papers.present(connection, application_id)
    query = select(application_document).where(*_at(application_id, position)).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None or found.hall_id != actor.hall_id:
        raise RefusalError(404, ErrorCode.UNKNOWN_APPLICATION)
    return row


def _at(application_id: str, position: int) -> tuple[Any, Any]:
    columns = application_document.c
    return columns.application_id == application_id, columns.position == position


def _lacks(office: Office, wanted: Change) -> str | None:
    if wanted.after is not Progress.RETURNED:
        return None
    if wanted.lacks not in lines.policy_of(office.clock.today()).rules.file_errors:
        raise RefusalError(422, ErrorCode.BAD_REQUEST)
    return wanted.lacks
