"""Rows of orders: found, changed, and as a machine sees them."""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.orders import OrderOut
from kiosk.central.server.endorsements import payments
from kiosk.central.server.endorsements.tables import endorsement_order, permit
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError


def find(connection: Connection, order_id: str, *, lock: bool = False) -> Row[Any] | None:
    """The row of an order; locked until the transaction ends where it will be changed."""
    query = select(endorsement_order).where(endorsement_order.c.order_id == order_id)
    return connection.execute(query.with_for_update() if lock else query).one_or_none()


def present(connection: Connection, order_id: str, *, lock: bool = False) -> Row[Any]:
    """The row of an order that must be there.

    Raises:
        RefusalError: there is no such order.
    """
    row = find(connection, order_id, lock=lock)
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_ORDER)
    return row


def change(connection: Connection, order_id: str, **values: Any) -> None:
    """Change columns of an order."""
    connection.execute(
        update(endorsement_order).where(endorsement_order.c.order_id == order_id).values(**values)
    )


def out(connection: Connection, office: Office, row: Row[Any]) -> OrderOut:
    """An order as a machine sees it."""
    said = row.said
    number = connection.execute(
        select(permit.c.permit_number).where(permit.c.permit_id == row.permit_id)
    ).scalar_one()
    plain = office.sealer.unseal("permit", row.permit_id, "permit_number", number)
    return OrderOut(
        order_id=row.order_id,
        state=row.state,
        permit_number=plain,
        amount_fen=row.amount_fen,
        fee_items=said["fee_items"],
        granted=said["granted"],
        cancels=said["cancels"],
        turned=said["turned"],
        approved_until=office.local(row.approved_until) if row.approved_until else None,
        payments=payments.of_order(connection, row.order_id),
        confirmed_at=office.local(row.confirmed_at) if row.confirmed_at else None,
        slip_number=said["slip"],
    )
