"""Orders and payments as the world's central has them, and the gateway's money."""

from dataclasses import dataclass, field

from kiosk.central.contract import orders as contract
from kiosk.central.contract import payments
from kiosk.central.contract.orders import OrderState
from kiosk.central.contract.payments import Means, PaymentState
from tests.kit.saga_world.world import World

BY_DEVICE = (Means.BANK_CARD, Means.CASH)


@dataclass
class WorldLedger:
    """What central keeps for ever.

    Args:
        world: it is part of.
        orders: by id.
        paid: payments by key; a key that was closed before it was charged is cancelled.
        pending: how often a pending payment must still be asked about.
        closing: keys of codes that were closed unseen, until the gateway has said so as well.
    """

    world: World
    orders: dict[str, contract.OrderOut] = field(default_factory=dict)
    paid: dict[str, payments.PaymentOut] = field(default_factory=dict)
    pending: dict[str, int] = field(default_factory=dict)
    closing: set[str] = field(default_factory=set)
    will_take: bool = False

    def net_fen(self, payment_id: str) -> int:
        """Money that the gateway holds under a key."""
        found = self.paid.get(payment_id)
        held = found is not None and found.state is PaymentState.TAKEN
        return found.amount_fen if found and held and found.means not in BY_DEVICE else 0

    def charge(self, payment: payments.PaymentIn) -> PaymentState:
        """A payment arrives; what becomes of it."""
        order = self.orders.get(payment.order_id)
        lives = order is not None and order.state in (OrderState.APPROVED, OrderState.PAID)
        if payment.means in BY_DEVICE:
            return PaymentState.TAKEN if lives else PaymentState.OWED
        if not lives or self.world.strikes("gateway.declined"):
            return PaymentState.DECLINED
        for fault in ("gateway.pending_then_taken", "gateway.pending_then_declined"):
            if self.world.strikes(fault):
                self.pending[payment.payment_id] = 3
                self.will_take = fault.endswith("taken")
                return PaymentState.PENDING
        self.charged(payment.order_id, payment.payment_id, payment.amount_fen)
        return PaymentState.TAKEN

    def decide(self, payment_id: str) -> None:
        """A pending payment is decided."""
        found = self.paid[payment_id]
        if self.will_take:
            self.charged(found.order_id, payment_id, found.amount_fen)
        self.pay_state(payment_id, PaymentState.TAKEN if self.will_take else PaymentState.DECLINED)
        self.perhaps_paid(found.order_id)

    def charged(self, order_id: str, payment_id: str, amount_fen: int) -> None:
        """The gateway took money."""
        self.world.happened("gateway.charge", saga=order_id, key=payment_id, fen=amount_fen)

    def give_back(self, payment_id: str, *, by_terminal: bool, own: bool = False) -> None:
        """Give back what was taken; `own`: central does it unasked."""
        found = self.paid[payment_id]
        if found.state is not PaymentState.TAKEN:
            return
        if found.means not in BY_DEVICE:
            if not own:
                self.world.happened(
                    "gateway.refund", saga=found.order_id, key=payment_id, fen=-found.amount_fen
                )
            self.pay_state(payment_id, PaymentState.REFUNDED)
        else:
            self.pay_state(payment_id, PaymentState.REFUNDED if by_terminal else PaymentState.OWED)

    def drop(self, order_id: str, *, own: bool = False) -> None:
        """Drop an order and give back what the gateway took."""
        self.stand(order_id, OrderState.VOIDED)
        for one in list(self.paid.values()):
            if one.order_id == order_id and one.means not in BY_DEVICE:
                self.give_back(one.payment_id, by_terminal=False, own=own)

    def stands(self, payment_id: str) -> PaymentState:
        """How a payment stands, the gateway asked where it still has to say."""
        found = self.paid[payment_id]
        if found.state is PaymentState.PENDING:
            self.pending[payment_id] -= 1
            if self.pending[payment_id] <= 0:
                self.decide(payment_id)
        elif payment_id in self.closing and found.state is PaymentState.REFUNDING:
            self.pay_state(payment_id, PaymentState.CANCELLED)
        return self.paid[payment_id].state

    def perhaps_paid(self, order_id: str) -> None:
        """Payments may cover the order now."""
        order = self.orders.get(order_id)
        taken = sum(
            one.amount_fen
            for one in self.paid.values()
            if one.order_id == order_id and one.state is PaymentState.TAKEN
        )
        if order and order.state is OrderState.APPROVED and taken >= order.amount_fen:
            self.stand(order_id, OrderState.PAID)

    def put(
        self,
        payment_id: str,
        order_id: str,
        means: Means,
        body: payments.PaymentIn | payments.CancelIn,
    ) -> payments.PaymentOut:
        """Enter a payment."""
        self.paid[payment_id] = payments.PaymentOut(
            payment_id=payment_id,
            order_id=order_id,
            means=means,
            amount_fen=body.amount_fen,
            state=PaymentState.PENDING,
        )
        return self.paid[payment_id]

    def pay_state(self, payment_id: str, state: PaymentState) -> None:
        """A payment is now so."""
        self.paid[payment_id] = self.paid[payment_id].model_copy(update={"state": state})

    def stand(self, order_id: str, state: OrderState) -> None:
        """An order is now so."""
        self.orders[order_id] = self.orders[order_id].model_copy(update={"state": state})
