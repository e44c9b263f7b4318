"""What the transaction asks and tells central, each write under a key made of its own ids.

A body repeats byte for byte under its key, also after a restart: everything in it comes from rows
of the journal, moments included (reliability facts 2.3).
"""

from kiosk.central.answer import Answered, Outcome, Refused, Unreachable
from kiosk.central.contract import Accepted, ErrorCode
from kiosk.central.contract.orders import (
    CaseClosed,
    CaseIn,
    ConfirmationIn,
    OrderIn,
    OrderOut,
    OrderState,
    VoidIn,
)
from kiosk.central.contract.payments import (
    CancelIn,
    Means,
    PaymentIn,
    PaymentOut,
    PaymentState,
    RefundIn,
)
from kiosk.saga.book import Book
from kiosk.saga.ports import Parts
from kiosk.saga.rows import Phase, Step
from kiosk.saga.state import State
from kiosk.saga.values import Back, Payment, back_of, case_id


class Office:
    """Central's part of one transaction.

    Args:
        parts: of the machine.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def key(self, *words: str) -> str:
        """The key of a write; the same words give the same key."""
        return ".".join((self._parts.machine_id.replace("_", "-"), *words))

    def approve(self, asked: OrderIn) -> Outcome[OrderOut]:
        """Have a choice approved; asked again, the answer is the same."""
        return self._parts.central.order(asked, self.key(asked.order_id, "order"))

    def order_now(self, state: State) -> OrderOut | None:
        """The order as central has it; None while it does not say."""
        answer = self._parts.central.order_state(state.saga)
        return answer.value if isinstance(answer, Answered) else None

    def takes_payment(self, state: State) -> bool:
        """Whether central is there and the order may be paid (design 8, law 8)."""
        order = self.order_now(state)
        return order is not None and order.state is OrderState.APPROVED

    def report(self, book: Book, payment: Payment) -> None:
        """Tell of money that a device took."""
        if payment.reported is None:
            book.write(Step.REPORT, Phase.INTENT, payment.payment_id)
        body = PaymentIn(
            payment_id=payment.payment_id,
            order_id=book.saga,
            machine_id=self._parts.machine_id,
            means=payment.means,
            amount_fen=payment.amount_fen,
            terminal_reference=payment.reference,
            at=payment.taken_at,
        )
        answer = self._parts.central.pay(body, self.key(payment.payment_id, "pay"))
        if isinstance(answer, Answered) and answer.value.state is not PaymentState.PENDING:
            book.write(Step.REPORT, Phase.DONE, payment.payment_id, state=answer.value.state.value)
        elif isinstance(answer, Refused):
            code = answer.problem.code.value
            book.write(Step.REPORT, Phase.NOT_DONE, payment.payment_id, code=code)

    def cancel(self, book: Book, payment: Payment) -> None:
        """Close a payment's key for ever; what was charged under it goes back.

        The living transaction and its recovery may both ask, so nothing in the message depends on
        who does.
        """
        body = CancelIn(
            order_id=book.saga,
            machine_id=self._parts.machine_id,
            means=payment.means,
            amount_fen=payment.amount_fen,
            reason="closed",
            at=payment.asked_at,
        )
        key = self.key(payment.payment_id, "cancel")
        answer = self._parts.central.cancel(payment.payment_id, body, key)
        self._gave_back(book, payment, self._decided(payment, answer))

    def refund(self, book: Book, payment: Payment) -> None:
        """Have money given back that a device took and central knows of."""
        state = book.state
        assert state.turned_at is not None, "money goes back when a transaction turns back"
        body = RefundIn(
            machine_id=self._parts.machine_id,
            reason=state.turned or "",
            done_by_terminal=payment.by_terminal is Back.GIVEN,
            at=state.turned_at,
        )
        key = self.key(payment.payment_id, "refund")
        answer = self._parts.central.refund(payment.payment_id, body, key)
        if isinstance(answer, Refused) and answer.problem.code is ErrorCode.UNKNOWN_PAYMENT:
            # Telling of it never arrived; closing the key keeps it from arriving late.
            self.cancel(book, payment)
            return
        self._gave_back(book, payment, answer)

    def void(self, book: Book) -> None:
        """Have the order dropped.

        An order that central was asked for and did not answer is put once more under its own key
        first: a question that is still on its way can change nothing any more then.
        """
        state = book.state
        assert state.turned_at is not None, "an order is dropped when a transaction turns back"
        if state.order is None and state.asked is not None:
            again = self.approve(state.asked)
            if isinstance(again, Unreachable):
                return
            if isinstance(again, Refused):
                book.write(Step.VOID, Phase.DONE, code=again.problem.code.value)
                return
        body = VoidIn(
            machine_id=self._parts.machine_id, reason=state.turned or "", at=state.turned_at
        )
        answer = self._parts.central.void(book.saga, body, self.key(book.saga, "void"))
        if isinstance(answer, Answered) and answer.value.state is not OrderState.CONFIRMED:
            book.write(Step.VOID, Phase.DONE)
        elif isinstance(answer, Answered):
            book.write(Step.VOID, Phase.NOT_DONE, code=answer.value.state.value)
        elif isinstance(answer, Refused):
            unheard = answer.problem.code is ErrorCode.UNKNOWN_ORDER
            phase = Phase.DONE if unheard else Phase.NOT_DONE
            book.write(Step.VOID, phase, code=answer.problem.code.value)

    def confirm(self, book: Book) -> None:
        """Have the endorsements issued: the card was made and looked at."""
        assert book.state.verified_at is not None, "nothing is confirmed that was not read back"
        body = ConfirmationIn(
            machine_id=self._parts.machine_id,
            chip_verified=True,
            face_verified=book.state.steps.get(Step.FACE) is Phase.DONE,
            at=book.state.verified_at,
        )
        answer = self._parts.central.confirm(book.saga, body, self.key(book.saga, "confirm"))
        if isinstance(answer, Answered) and answer.value.state is OrderState.CONFIRMED:
            book.write(Step.CONFIRM, Phase.DONE, slip_number=answer.value.slip_number)
        elif isinstance(answer, Answered):
            book.write(Step.CONFIRM, Phase.NOT_DONE, code=answer.value.state.value)
        elif isinstance(answer, Refused):
            book.write(Step.CONFIRM, Phase.NOT_DONE, code=answer.problem.code.value)

    def tell_case(self, book: Book, kind: str) -> None:
        """Have staff called to a case."""
        case = book.state.cases[kind]
        body = CaseIn(
            case_id=case_id(book.saga, kind),
            machine_id=self._parts.machine_id,
            hall_id=self._parts.hall_id,
            order_id=book.saga,
            kind=kind,
            amount_fen=int(case.facts.get("amount_fen", 0)),
            card_inside=bool(case.facts.get("card_inside", False)),
            at=case.at,
        )
        answer = self._parts.central.open_case(body, self.key(case_id(book.saga, kind), "open"))
        if isinstance(answer, Answered | Refused):
            book.write(Step.TELL, Phase.DONE, kind, what="opened", heard=_heard(answer))

    def tell_closed(self, book: Book, kind: str) -> None:
        """Tell that staff closed a case at the machine."""
        case = book.state.cases[kind]
        assert case.closed is not None, "only a closed case is told as closed"
        assert case.closed_at is not None, "a case is closed at some time"
        body = CaseClosed(
            machine_id=self._parts.machine_id,
            reason=case.closed["reason"],
            operator=case.closed["operator"],
            at=case.closed_at,
        )
        number = case_id(book.saga, kind)
        answer = self._parts.central.close_case(number, body, self.key(number, "close"))
        if isinstance(answer, Answered | Refused):
            book.write(Step.TELL, Phase.DONE, kind, what="closed", heard=_heard(answer))

    def _decided(self, payment: Payment, answer: Outcome[PaymentOut]) -> Outcome[PaymentOut]:
        """Central may still ask its gateway whether there is anything to give back."""
        for _ in range(self._parts.limits.asks):
            if not isinstance(answer, Answered) or answer.value.state is not PaymentState.REFUNDING:
                break
            later = self._parts.central.payment_state(payment.payment_id)
            if isinstance(later, Answered):
                answer = later
            self._parts.pause(self._parts.limits.ask_again_s)
        return answer

    def _gave_back(self, book: Book, payment: Payment, answer: Outcome[PaymentOut]) -> None:
        if isinstance(answer, Refused):
            book.write(
                Step.GIVE_BACK,
                Phase.NOT_DONE,
                payment.payment_id,
                by="central",
                back=Back.OWED.value,
                code=answer.problem.code.value,
            )
        elif isinstance(answer, Answered) and (back := back_of(answer.value.state)):
            phase = Phase.NOT_DONE if back is Back.OWED else Phase.DONE
            book.write(
                Step.GIVE_BACK, phase, payment.payment_id, by="central", back=back.value, code=""
            )


def next_payment_id(state: State) -> str:
    """The key of the next payment: the intent that carries it makes it used."""
    return f"{state.saga}-p{len(state.payments) + 1}"


def is_code(means: Means) -> bool:
    """Whether central is the gateway for it."""
    return means not in (Means.BANK_CARD, Means.CASH)


def _heard(answer: Answered[Accepted] | Refused) -> str:
    return "yes" if isinstance(answer, Answered) else "refused"
