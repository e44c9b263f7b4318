"""Central and the gateway of the world: one database that never forgets, a line that does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from kiosk.central.answer import Answered, Cause, Outcome, Refused, Unreachable
from kiosk.central.contract import Accepted, ErrorCode, Model, Problem, orders, payments, permits
from kiosk.central.contract.orders import OrderState
from kiosk.central.contract.payments import PaymentState
from tests.kit.saga_world.ledger import BY_DEVICE, WorldLedger
from tests.kit.saga_world.world import World

T = TypeVar("T")

FEE_FEN = 3000


@dataclass
class WorldCentral:
    """Obeys `kiosk.saga.ports.Central`.

    Args:
        world: it is part of.
        fee_fen: of every order.
        ledger: orders and payments.
        told: numbers of cases staff were called to.
        shut: numbers of cases that machines closed.
        approves: in what an approval differs from what was asked for.
    """

    world: World
    ledger: WorldLedger
    fee_fen: int = FEE_FEN
    told: set[str] = field(default_factory=set)
    shut: set[str] = field(default_factory=set)
    approves: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[str, object]] = field(default_factory=dict)
    on_the_way: list[list[Any]] = field(default_factory=list)

    def permit(self, query: permits.PermitQuery) -> Outcome[permits.PermitOnFile]:
        """Everybody has one."""
        if self.world.strikes("central.no_permit"):
            return _refused(ErrorCode.UNKNOWN_PERMIT)
        permit = permits.PermitOnFile(
            permit_number="C00000001",
            name="test",
            birth=date(1990, 3, 7),
            valid_from=date(2020, 1, 1),
            valid_until=date(2030, 1, 1),
        )
        return self._line("permit", lambda: Answered(permit))

    def eligibility(self, query: permits.EligibilityQuery) -> Outcome[permits.Eligibility]:
        """Two choices."""
        if self.world.strikes("central.turned_away"):
            turned = permits.Turned(guidance=permits.Guidance.WINDOW, windows=("3",))
            return Answered(permits.Eligibility(turned=turned))
        options = tuple(
            permits.Option(
                destination=place,
                kind="L",
                grant="1y2",
                months=12,
                entries=2,
                valid_until=date(2027, 11, 24),
                fee_fen=self.fee_fen,
            )
            for place in ("HKG", "MAC")
        )
        return self._line("eligibility", lambda: Answered(permits.Eligibility(options=options)))

    def order(self, order: orders.OrderIn, key: str) -> Outcome[orders.OrderOut]:
        """Approve, once per order."""

        def approve() -> Outcome[orders.OrderOut]:
            known = self.ledger.orders.get(order.order_id)
            if known:
                return Answered(known)
            self.world.happened("central.order", saga=order.order_id)
            refused = self.world.strikes("central.refuses_order")
            state = OrderState.REFUSED if refused else OrderState.APPROVED
            self.ledger.orders[order.order_id] = orders.OrderOut(
                order_id=order.order_id,
                state=state,
                permit_number=order.permit_number,
                amount_fen=self.fee_fen,
                granted=tuple(_granted(order.order_id, wish) for wish in order.wishes),
                approved_until=self.world.clock.now() + timedelta(hours=2),
                slip_number="S1",
            ).model_copy(update=self.approves)
            if self.world.strikes("central.cut_off_after_approval"):
                self.world.faults["central.away"] += 30
            return Answered(self.ledger.orders[order.order_id])

        return self._write("order", key, order, approve)

    def order_state(self, order_id: str) -> Outcome[orders.OrderOut]:
        """As it stands."""

        def look() -> Outcome[orders.OrderOut]:
            if self.world.strikes("central.drops_order") and order_id in self.ledger.orders:
                self.ledger.drop(order_id, own=True)
            found = self.ledger.orders.get(order_id)
            return Answered(found) if found else _refused(ErrorCode.UNKNOWN_ORDER)

        return self._line("order_state", look)

    def confirm(
        self, order_id: str, confirmation: orders.ConfirmationIn, key: str
    ) -> Outcome[orders.OrderOut]:
        """Issue what is paid."""

        def issue() -> Outcome[orders.OrderOut]:
            found = self.ledger.orders.get(order_id)
            if found is None:
                return _refused(ErrorCode.UNKNOWN_ORDER)
            if found.state is OrderState.CONFIRMED:
                return Answered(found)
            if found.state is OrderState.PAID and self.world.strikes("central.drops_paid_order"):
                self.ledger.drop(order_id, own=True)
                return _refused(ErrorCode.WRONG_STATE)
            if found.state is not OrderState.PAID or self.world.strikes("central.refuses_confirm"):
                return _refused(ErrorCode.WRONG_STATE)
            self.world.happened("central.confirm", saga=order_id)
            self.ledger.stand(order_id, OrderState.CONFIRMED)
            return Answered(self.ledger.orders[order_id])

        return self._write("confirm", key, confirmation, issue)

    def void(self, order_id: str, void: orders.VoidIn, key: str) -> Outcome[orders.OrderOut]:
        """Drop it, and give back what central took."""

        def drop() -> Outcome[orders.OrderOut]:
            found = self.ledger.orders.get(order_id)
            if found is None:
                return _refused(ErrorCode.UNKNOWN_ORDER)
            if found.state is OrderState.CONFIRMED:
                return _refused(ErrorCode.WRONG_STATE)
            if found.state is not OrderState.VOIDED:
                self.world.happened("central.void", saga=order_id)
                self.ledger.drop(order_id)
            return Answered(self.ledger.orders[order_id])

        return self._write("void", key, void, drop)

    def pay(self, payment: payments.PaymentIn, key: str) -> Outcome[payments.PaymentOut]:
        """Charge a code, or take note of what a device took."""

        def take() -> Outcome[payments.PaymentOut]:
            known = self.ledger.paid.get(payment.payment_id)
            if known is None:
                state = self.ledger.charge(payment)
                known = self.ledger.put(
                    payment.payment_id, payment.order_id, payment.means, payment
                )
                self.ledger.paid[payment.payment_id] = known.model_copy(update={"state": state})
                self.ledger.perhaps_paid(payment.order_id)
            return Answered(self.ledger.paid[payment.payment_id])

        return self._write("pay", key, payment, take)

    def payment_state(self, payment_id: str) -> Outcome[payments.PaymentOut]:
        """As it stands; a pending one is decided when it is asked about."""

        def look() -> Outcome[payments.PaymentOut]:
            found = self.ledger.paid.get(payment_id)
            if found is None:
                return _refused(ErrorCode.UNKNOWN_PAYMENT)
            self.ledger.stands(payment_id)
            return Answered(self.ledger.paid[payment_id])

        return self._line("payment_state", look)

    def cancel(
        self, payment_id: str, cancel: payments.CancelIn, key: str
    ) -> Outcome[payments.PaymentOut]:
        """Close a key."""

        def close() -> Outcome[payments.PaymentOut]:
            if payment_id not in self.ledger.paid:
                self.ledger.put(payment_id, cancel.order_id, cancel.means, cancel)
                by_code = cancel.means not in BY_DEVICE
                state = PaymentState.REFUNDING if by_code else PaymentState.CANCELLED
                self.ledger.pay_state(payment_id, state)
                self.ledger.closing.add(payment_id)
            elif self.ledger.paid[payment_id].state is PaymentState.PENDING:
                self.ledger.pay_state(payment_id, PaymentState.CANCELLED)
            else:
                self.ledger.give_back(payment_id, by_terminal=False)
            return Answered(self.ledger.paid[payment_id])

        return self._write("cancel", key, cancel, close)

    def refund(
        self, payment_id: str, refund: payments.RefundIn, key: str
    ) -> Outcome[payments.PaymentOut]:
        """Give back."""

        def back() -> Outcome[payments.PaymentOut]:
            if payment_id not in self.ledger.paid:
                return _refused(ErrorCode.UNKNOWN_PAYMENT)
            self.ledger.give_back(payment_id, by_terminal=refund.done_by_terminal)
            return Answered(self.ledger.paid[payment_id])

        return self._write("refund", key, refund, back)

    def open_case(self, case: orders.CaseIn, key: str) -> Outcome[Accepted]:
        """Call staff."""

        def call() -> Outcome[Accepted]:
            self.told.add(case.case_id)
            return Answered(Accepted(at=self.world.clock.now()))

        return self._write("open_case", key, case, call)

    def close_case(self, case_id: str, closed: orders.CaseClosed, key: str) -> Outcome[Accepted]:
        """Staff closed it at the machine."""

        def shut() -> Outcome[Accepted]:
            self.shut.add(case_id)
            return Answered(Accepted(at=self.world.clock.now()))

        return self._write("close_case", key, closed, shut)

    def _line(self, name: str, act: Callable[[], Outcome[T]]) -> Outcome[T]:
        """The way there and back."""
        self.world.point(f"central.{name} asked")
        self.world.central_there = False
        self.let_arrive()
        if self.world.strikes(f"central.{name}.late"):
            # On its way still when everybody has given up on it.
            self.on_the_way.append([self.world.late_by, act])
            return Unreachable(Cause.TIMEOUT)
        if self.world.strikes("central.away") or self.world.strikes(f"central.{name}.away"):
            return Unreachable(Cause.CONNECT)
        answer = act()
        self.world.point(f"central.{name} answered")
        if self.world.strikes("central.lost") or self.world.strikes(f"central.{name}.lost"):
            return Unreachable(Cause.LOST)
        self.world.central_there = True
        return answer

    def let_arrive(self, *, everything: bool = False) -> None:
        """A call that was late comes nearer, or all of them arrive at last."""
        for one in list(self.on_the_way):
            one[0] -= 1
            if one[0] <= 0 or everything:
                self.on_the_way.remove(one)
                one[1]()

    def _write(self, name: str, key: str, body: Model, act: Callable[[], Outcome[T]]) -> Outcome[T]:
        """A write under a key: the same answer for the same body, a broken law for another."""
        text = body.model_dump_json()

        def once() -> Outcome[T]:
            if key in self.answers and self.answers[key][0] != text:
                self.world.breaks(f"{name}: one key, two bodies")
            if key in self.answers:
                return self.answers[key][1]  # type: ignore[return-value]  # kept by this very call
            answer = act()
            if isinstance(answer, Answered):
                self.answers[key] = (text, answer)
            if self.world.strikes("central.twice"):
                act()
            return answer

        return self._line(name, once)


def _granted(order_id: str, wish: orders.Wish) -> orders.Granted:
    return orders.Granted(
        number=f"{order_id[:8]}{wish.destination}",
        destination=wish.destination,
        kind=wish.kind,
        entries=2,
        valid_from=date(2026, 11, 24),
        valid_until=date(2027, 11, 24),
        authority="test",
    )


def _refused(code: ErrorCode) -> Refused:
    return Refused(409, Problem(code=code))
