"""Calls of the endorsement machine to central."""

from urllib.parse import quote

from kiosk.central.answer import Outcome
from kiosk.central.contract import Accepted, orders, payments, permits
from kiosk.central.transport import Transport


class EndorsementsClient:
    """Permits, orders and payments.

    Every write carries the key of its intent; repeating it is harmless. Reads carry their personal
    data in the body, never in a path that somebody may log.

    Args:
        transport: shared with the machine's other calls.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def permit(self, query: permits.PermitQuery) -> Outcome[permits.PermitOnFile]:
        """The permit on file of a person; refused with `unknown_permit` when there is none."""
        return self._transport.post("/v1/permit-queries", query, None, permits.PermitOnFile)

    def eligibility(self, query: permits.EligibilityQuery) -> Outcome[permits.Eligibility]:
        """What the machine may make for this person today."""
        return self._transport.post("/v1/eligibility-queries", query, None, permits.Eligibility)

    def compare_faces(self, query: permits.FaceQuery) -> Outcome[permits.FaceAnswer]:
        """Whether two pictures show one person."""
        return self._transport.post("/v1/face-comparisons", query, None, permits.FaceAnswer)

    def order(self, order: orders.OrderIn, key: str) -> Outcome[orders.OrderOut]:
        """Have a choice approved, or refused as a value in the order's state."""
        return self._transport.post("/v1/orders", order, key, orders.OrderOut)

    def order_state(self, order_id: str) -> Outcome[orders.OrderOut]:
        """An order as it stands; refused with `unknown_order` when central never saw it."""
        return self._transport.get(f"/v1/orders/{quote(order_id)}", orders.OrderOut)

    def confirm(
        self, order_id: str, confirmation: orders.ConfirmationIn, key: str
    ) -> Outcome[orders.OrderOut]:
        """The card was made: the endorsements are issued."""
        path = f"/v1/orders/{quote(order_id)}/confirmation"
        return self._transport.post(path, confirmation, key, orders.OrderOut)

    def void(self, order_id: str, void: orders.VoidIn, key: str) -> Outcome[orders.OrderOut]:
        """Nothing was made; whatever central has taken for it is given back."""
        path = f"/v1/orders/{quote(order_id)}/void"
        return self._transport.post(path, void, key, orders.OrderOut)

    def pay(self, payment: payments.PaymentIn, key: str) -> Outcome[payments.PaymentOut]:
        """Charge a payment code, or report what a device has taken."""
        return self._transport.post("/v1/payments", payment, key, payments.PaymentOut)

    def payment_state(self, payment_id: str) -> Outcome[payments.PaymentOut]:
        """A payment as it stands; refused with `unknown_payment` when central never saw it."""
        return self._transport.get(f"/v1/payments/{quote(payment_id)}", payments.PaymentOut)

    def cancel(
        self, payment_id: str, cancel: payments.CancelIn, key: str
    ) -> Outcome[payments.PaymentOut]:
        """Close a payment's key: `cancelled`, or on its way back when it had been charged."""
        path = f"/v1/payments/{quote(payment_id)}/cancellation"
        return self._transport.post(path, cancel, key, payments.PaymentOut)

    def refund(
        self, payment_id: str, refund: payments.RefundIn, key: str
    ) -> Outcome[payments.PaymentOut]:
        """Give back what was taken."""
        path = f"/v1/payments/{quote(payment_id)}/refund"
        return self._transport.post(path, refund, key, payments.PaymentOut)

    def slips(self, query: orders.SlipQuery) -> Outcome[orders.Slips]:
        """Slips of a person's last orders, to be printed again."""
        return self._transport.post("/v1/slip-queries", query, None, orders.Slips)

    def open_case(self, case: orders.CaseIn, key: str) -> Outcome[Accepted]:
        """Tell staff of a case; the same case may be told again."""
        return self._transport.post("/v1/cases", case, key, Accepted)

    def close_case(self, case_id: str, closed: orders.CaseClosed, key: str) -> Outcome[Accepted]:
        """Tell central that a case was closed at the machine."""
        path = f"/v1/cases/{quote(case_id)}/closing"
        return self._transport.post(path, closed, key, Accepted)
