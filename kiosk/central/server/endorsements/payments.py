"""Payments: one row per key, whatever is repeated; money that must go back is never forgotten."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.orders import OrderState
from kiosk.central.contract.payments import (
    CancelIn,
    Means,
    PaymentIn,
    PaymentOut,
    PaymentState,
    RefundIn,
)
from kiosk.central.server.endorsements.gateway import Gateway, Said
from kiosk.central.server.endorsements.tables import endorsement_order, payment
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError

CODES = frozenset({Means.ALIPAY, Means.WECHAT, Means.UNIONPAY_CODE})
"""means that central itself charges"""
UNHEARD = timedelta(seconds=30)
"""so long a gateway may never have heard of a charge before its key is closed"""
_OPEN = (PaymentState.PENDING, PaymentState.TAKEN)
_ENDED_UNPAID = (PaymentState.CANCELLED, PaymentState.DECLINED)


def pay(connection: Connection, office: Office, sent: PaymentIn) -> Done:
    """Begin to charge a code, or keep what a device has taken.

    A device's money is kept whatever the order's state: taken for an order that is over, or under
    a key that was closed, it is owed back at once.

    Raises:
        RefusalError: no such order, another payment has this key, or a code's amount is not what
            is left to pay.
    """
    order = _order(connection, sent.order_id)
    known = _find(connection, sent.payment_id)
    if known is not None:
        return Done(_out(_again(connection, known, sent, office.clock.now())), 200)
    state = PaymentState.PENDING if sent.means in CODES else PaymentState.TAKEN
    if sent.means in CODES:
        left_fen = order.amount_fen - _sum(connection, sent.order_id, _OPEN)
        if order.state != OrderState.APPROVED or sent.amount_fen != left_fen:
            raise RefusalError(409, ErrorCode.WRONG_STATE)
    elif order.state not in (OrderState.APPROVED, OrderState.PAID):
        state = PaymentState.OWED
    _add(connection, sent.payment_id, sent, state, office.clock.now())
    _weigh(connection, sent.order_id)
    return Done(_out(_present(connection, sent.payment_id)))


def cancel(connection: Connection, office: Office, payment_id: str, sent: CancelIn) -> Done:
    """Close a key; one that central never saw as well, so that nothing late can land under it.

    Raises:
        RefusalError: no such order, or it is issued, so its money is not given back.
    """
    now = office.clock.now()
    _order(connection, sent.order_id)
    row = _find(connection, payment_id)
    if row is None:
        state = PaymentState.REFUNDING if sent.means in CODES else PaymentState.CANCELLED
        _add(connection, payment_id, sent, state, now)
    elif row.state in _OPEN:
        _refuse_issued(connection, row.order_id)
        _back(connection, row, now)
    elif row.state == PaymentState.DECLINED:
        _turn(connection, payment_id, PaymentState.CANCELLED, now)
    _weigh(connection, sent.order_id)
    return Done(_out(_present(connection, payment_id)), 200)


def refund(connection: Connection, office: Office, payment_id: str, sent: RefundIn) -> Done:
    """Give back what was taken, or keep that a terminal has done it.

    Raises:
        RefusalError: no such payment, or the order is issued.
    """
    row = _present(connection, payment_id)
    now = office.clock.now()
    _refuse_issued(connection, row.order_id)
    terminal = sent.done_by_terminal and row.means == Means.BANK_CARD
    if terminal and row.state in (PaymentState.TAKEN, PaymentState.OWED):
        _turn(connection, payment_id, PaymentState.REFUNDED, now)
    elif row.state in _OPEN:
        _back(connection, row, now)
    _weigh(connection, row.order_id)
    return Done(_out(_present(connection, payment_id)), 200)


def charge(gateway: Gateway, sent: PaymentIn) -> None:
    """Hand a code to the gateway, once its payment is durable."""
    if sent.means in CODES:
        gateway.charge(sent.payment_id, sent.amount_fen, sent.payment_code)


def show(
    connection: Connection, office: Office, gateway: Gateway | None, payment_id: str
) -> PaymentOut:
    """A payment as it stands, the gateway asked where it still has to say.

    Raises:
        RefusalError: there is no such payment.
    """
    row = _present(connection, payment_id)
    if gateway is not None:
        settle(connection, gateway, row, office.clock.now())
    return _out(_present(connection, payment_id))


def settle_due(connection: Connection, gateway: Gateway, now: datetime) -> int:
    """Ask the gateway about everything that is open; returns how many changed."""
    open_states = (PaymentState.PENDING, PaymentState.REFUNDING)
    rows = connection.execute(
        select(payment)
        .where(payment.c.state.in_(open_states), payment.c.means.in_(CODES))
        .order_by(payment.c.changed_at)
        .limit(100)
    ).all()
    return sum(settle(connection, gateway, row, now) for row in rows)


def settle(connection: Connection, gateway: Gateway, row: Row[Any], now: datetime) -> bool:
    """Bring one payment forward as far as the gateway tells; whether it changed."""
    if row.means not in CODES:
        return False
    if row.state == PaymentState.REFUNDING:
        after = _given_back(gateway, row.payment_id)
    elif row.state == PaymentState.PENDING:
        after = _charged(connection, gateway, row, now)
    elif row.state == PaymentState.TAKEN:
        after = PaymentState.REFUNDED if gateway.ask(row.payment_id) is Said.REFUNDED else None
    else:
        after = None
    if after is None:
        return False
    _turn(connection, row.payment_id, after, now)
    _weigh(connection, row.order_id)
    return True


def give_back(connection: Connection, order_id: str, now: datetime) -> None:
    """Owe back everything that was taken, or may still be, for an order."""
    rows = connection.execute(
        select(payment).where(payment.c.order_id == order_id, payment.c.state.in_(_OPEN))
    ).all()
    for row in rows:
        _back(connection, row, now)


def any_open(connection: Connection, order_id: str) -> bool:
    """Whether money was taken, or may still be, for an order."""
    query = select(func.count()).where(payment.c.order_id == order_id, payment.c.state.in_(_OPEN))
    return bool(connection.execute(query).scalar_one())


def of_order(connection: Connection, order_id: str) -> tuple[PaymentOut, ...]:
    """All payments of an order, the oldest first."""
    query = select(payment).where(payment.c.order_id == order_id).order_by(payment.c.at)
    return tuple(_out(row) for row in connection.execute(query))


def _again(connection: Connection, known: Row[Any], sent: PaymentIn, now: datetime) -> Row[Any]:
    """The same key once more: the same payment, or a device's money under a closed key."""
    same = (known.order_id, known.means, known.amount_fen)
    if same != (sent.order_id, sent.means, sent.amount_fen):
        raise RefusalError(409, ErrorCode.ALREADY_EXISTS)
    if sent.means not in CODES and known.state in _ENDED_UNPAID:
        _turn(connection, known.payment_id, PaymentState.OWED, now)
    return _present(connection, known.payment_id)


def _charged(
    connection: Connection, gateway: Gateway, row: Row[Any], now: datetime
) -> PaymentState | None:
    said = gateway.ask(row.payment_id)
    if said is Said.NOTHING and now - row.changed_at > UNHEARD:
        said = gateway.close(row.payment_id)
    if said is Said.TAKEN:
        live = _order(connection, row.order_id).state in (OrderState.APPROVED, OrderState.PAID)
        return PaymentState.TAKEN if live else PaymentState.REFUNDING
    return {
        Said.DECLINED: PaymentState.DECLINED,
        Said.CLOSED: PaymentState.DECLINED,
        Said.REFUNDED: PaymentState.REFUNDED,
    }.get(said)


def _given_back(gateway: Gateway, payment_id: str) -> PaymentState | None:
    said = gateway.close(payment_id)
    if said is Said.TAKEN:
        said = gateway.refund(payment_id)
    return {
        Said.CLOSED: PaymentState.CANCELLED,
        Said.REFUNDED: PaymentState.REFUNDED,
    }.get(said)


def _back(connection: Connection, row: Row[Any], now: datetime) -> None:
    by_code = row.means in CODES
    after = PaymentState.REFUNDING if by_code else PaymentState.OWED
    _turn(connection, row.payment_id, after, now)


def _weigh(connection: Connection, order_id: str) -> None:
    """An order is paid as long as what was taken covers it."""
    row = _order(connection, order_id)
    covered = _sum(connection, order_id, (PaymentState.TAKEN,)) >= row.amount_fen
    live = (OrderState.APPROVED, OrderState.PAID)
    after = OrderState.PAID if covered else OrderState.APPROVED
    if row.state in live and row.state != after:
        connection.execute(
            update(endorsement_order)
            .where(endorsement_order.c.order_id == order_id)
            .values(state=after)
        )


def _sum(connection: Connection, order_id: str, states: tuple[PaymentState, ...]) -> int:
    query = select(func.coalesce(func.sum(payment.c.amount_fen), 0)).where(
        payment.c.order_id == order_id, payment.c.state.in_(states)
    )
    return int(connection.execute(query).scalar_one())


def _refuse_issued(connection: Connection, order_id: str) -> None:
    if _order(connection, order_id).state == OrderState.CONFIRMED:
        raise RefusalError(409, ErrorCode.WRONG_STATE)


def _order(connection: Connection, order_id: str) -> Row[Any]:
    query = select(endorsement_order).where(endorsement_order.c.order_id == order_id)
    # One payment of an order at a time, else two together could cover it twice.
    row = connection.execute(query.with_for_update()).one_or_none()
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_ORDER)
    return row


def _find(connection: Connection, payment_id: str) -> Row[Any] | None:
    query = select(payment).where(payment.c.payment_id == payment_id)
    return connection.execute(query.with_for_update()).one_or_none()


def _present(connection: Connection, payment_id: str) -> Row[Any]:
    row = _find(connection, payment_id)
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_PAYMENT)
    return row


def _add(
    connection: Connection,
    payment_id: str,
    sent: PaymentIn | CancelIn,
    state: PaymentState,
    now: datetime,
) -> None:
    reference = sent.terminal_reference if isinstance(sent, PaymentIn) else ""
    said = sent.model_dump(include={"order_id", "machine_id", "means", "amount_fen", "at"})
    ours = {"payment_id": payment_id, "state": state, "changed_at": now, "reason": ""}
    connection.execute(insert(payment), {**said, **ours, "terminal_reference": reference})


def _turn(connection: Connection, payment_id: str, state: PaymentState, now: datetime) -> None:
    connection.execute(
        update(payment)
        .where(payment.c.payment_id == payment_id)
        .values(state=state, changed_at=now)
    )


def _out(row: Row[Any]) -> PaymentOut:
    return PaymentOut(
        payment_id=row.payment_id,
        order_id=row.order_id,
        means=row.means,
        amount_fen=row.amount_fen,
        state=row.state,
        reason=row.reason,
    )
