"""Every case that a window or a machine has served, once each, whether or not anybody rates it.

A window serves a case when it finishes it, or sends the ticket on to its next service; whoever
never came, was sent to another line or gave up was not served. A hall kiosk serves when the number
is on paper or shown, an endorsement machine when the order is confirmed; a machine that asks its
citizen has served as well, whatever else of the errand has reached central.
"""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, bindparam, select, text

from kiosk.central.server.endorsements.tables import endorsement_order, permit
from kiosk.central.server.office import Office
from kiosk.central.server.ratings import counts
from kiosk.central.server.ratings.citizens import application_of
from kiosk.central.server.ratings.counts import Spot
from kiosk.central.server.ratings.tables import served_case
from kiosk.central.server.sealing import PERSON
from kiosk.central.server.served import ServedErrand
from kiosk.central.server.tables import application, ticket
from kiosk.domain.rating import CaseKind

_NAMES = tuple(column.name for column in served_case.columns)
_KEEP = text(
    f"INSERT INTO served_case ({', '.join(_NAMES)})"  # noqa: S608 - names of our columns
    f" VALUES ({', '.join(f':{name}' for name in _NAMES)})"
    " ON CONFLICT (case_kind, case_id, service_id) DO NOTHING"
).bindparams(
    *(
        bindparam(name, type_=served_case.c[name].type)
        for name in ("day", "served_at", "counted_at")
    )
)
_TICKET_OF = select(ticket.c.person).where(ticket.c.ticket_id == bindparam("which"))
_NUMBER = select(application.c.number).where(application.c.application_id == bindparam("which"))
_PERMIT_OF = (
    select(permit.c.person)
    .join(endorsement_order, endorsement_order.c.permit_id == permit.c.permit_id)
    .where(endorsement_order.c.order_id == bindparam("which"))
)


def keep(
    connection: Connection, office: Office, spot: Spot, what: dict[str, str], at: datetime
) -> bool:
    """Keep a served case, unless it is known; whoever keeps it counts it.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        spot: where it counts.
        what: the case, by the names of `CASE`.
        at: when it was served.

    Returns:
        Whether it is new; a case that is taken up again is served once.
    """
    row = {name: getattr(spot, name) for name in Spot.__slots__}
    row |= {**what, "served_at": at, "counted_at": office.clock.now()}
    # Random, and on no page or event: nobody can tell beforehand whom a draw will find.
    row |= {"served_id": f"s-{uuid4().hex}", "person": _person(connection, office, what)}
    return connection.execute(_KEEP, row).rowcount == 1


def errand(connection: Connection, office: Office, done: ServedErrand) -> None:
    """A machine has served somebody; call it in the transaction that completes the errand."""
    spot = Spot(done.hall_id, done.day, "", "", done.machine_id)
    if keep(connection, office, spot, own_case(done.kind, done.case_id), done.at):
        counts.add(connection, spot, served=1)


def own_case(kind: CaseKind, case_id: str) -> dict[str, str]:
    """A machine's errand, by the names of `CASE`; it is one case whatever services it is about."""
    return {"case_kind": kind, "case_id": case_id, "service_id": ""}


def _person(connection: Connection, office: Office, what: dict[str, str]) -> str | None:
    """A keyed hash of whoever was served, by which two of their cases are known as theirs."""
    which = {"which": what["case_id"]}
    if what["case_kind"] == CaseKind.ENDORSEMENT:
        return connection.execute(_PERMIT_OF, which).scalar()
    person: str | None = connection.execute(_TICKET_OF, which).scalar()
    application_id = (
        None if person else application_of(connection, what["case_kind"], what["case_id"])
    )
    if application_id is None:
        return person
    sealed = connection.execute(_NUMBER, {"which": application_id}).scalar()
    if sealed is None:
        return None
    return office.sealer.index(
        PERSON, office.sealer.unseal("application", application_id, "number", sealed)
    )
