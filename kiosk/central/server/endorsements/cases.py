"""Cases that machines report: money or a card that only a person can bring to its end."""

from sqlalchemy import Connection, insert, select, update

from kiosk.central.contract import Accepted, ErrorCode
from kiosk.central.contract.orders import CaseClosed, CaseIn
from kiosk.central.server.endorsements.tables import machine_case
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError


def tell(connection: Connection, office: Office, sent: CaseIn) -> Done:
    """Keep a case; told again, the newest facts count.

    Raises:
        RefusalError: the hall is unknown.
    """
    office.offers.of(sent.hall_id)
    known = connection.execute(
        select(machine_case.c.case_id).where(machine_case.c.case_id == sent.case_id)
    ).one_or_none()
    facts = sent.model_dump(exclude={"case_id", "at"})
    if known is None:
        fresh = {"case_id": sent.case_id, "opened_at": sent.at, "closed_at": None}
        empty = {"close_reason": "", "operator": ""}
        connection.execute(insert(machine_case), {**facts, **fresh, **empty})
    else:
        connection.execute(
            update(machine_case).where(machine_case.c.case_id == sent.case_id).values(**facts)
        )
    return Done(Accepted(at=office.clock.now()))


def close(connection: Connection, office: Office, case_id: str, sent: CaseClosed) -> Done:
    """Keep how a case was closed at the machine; the first closing counts.

    Raises:
        RefusalError: there is no such case.
    """
    changed = connection.execute(
        update(machine_case)
        .where(machine_case.c.case_id == case_id, machine_case.c.closed_at.is_(None))
        .values(closed_at=sent.at, close_reason=sent.reason, operator=sent.operator)
    ).rowcount
    if not changed and not _known(connection, case_id):
        raise RefusalError(404, ErrorCode.UNKNOWN_CASE)
    return Done(Accepted(at=office.clock.now()), 200)


def _known(connection: Connection, case_id: str) -> bool:
    query = select(machine_case.c.case_id).where(machine_case.c.case_id == case_id)
    return connection.execute(query).one_or_none() is not None
