"""Paying by a code on a phone: central charges it under one key, or the key is closed for ever."""

from collections.abc import Mapping

from hardware.interfaces.code_scanner import CodeScanner, ScannedCode, ScanTrouble
from hardware.interfaces.device import Cancel
from hardware.outcome import Done
from kiosk.central.answer import Answered, Outcome, Refused
from kiosk.central.contract import ErrorCode
from kiosk.central.contract.payments import Means, PaymentIn, PaymentOut, PaymentState
from kiosk.domain.payment import CodeIssuer, issuer_of
from kiosk.domain.transaction.progress import CheckingPayment, CodeDue, PaymentTrouble
from kiosk.saga.book import Book
from kiosk.saga.office import Office, next_payment_id
from kiosk.saga.ports import CODE_SCANNER, Parts
from kiosk.saga.rows import Phase, Step
from kiosk.saga.values import Money, Payment

_MEANS: Mapping[CodeIssuer, Means] = {
    CodeIssuer.ALIPAY: Means.ALIPAY,
    CodeIssuer.WECHAT: Means.WECHAT,
    CodeIssuer.UNIONPAY: Means.UNIONPAY_CODE,
}


class Codes:
    """Scans, charges, asks, closes.

    Args:
        parts: of the machine.
        office: closes keys.
    """

    def __init__(self, parts: Parts, office: Office) -> None:
        self._parts = parts
        self._office = office

    def charge(self, book: Book, rest_fen: int) -> PaymentTrouble | None:
        """Take the rest; the payment ends as taken, none, or unknown.

        Returns:
            Why surely nothing was taken; None when it was, or when nobody can say.
        """
        self._parts.tell(CodeDue(rest_fen))
        scanned = self._scan()
        if not isinstance(scanned, ScannedCode):
            return scanned
        issuer = issuer_of(scanned.text)
        if issuer is None:
            return PaymentTrouble.CODE_UNREADABLE
        # Scanning took its time; central may have gone away since.
        if not self._office.takes_payment(book.state):
            return PaymentTrouble.CENTRAL_AWAY
        payment = self._open(book, _MEANS[issuer], rest_fen)
        self._parts.tell(CheckingPayment())
        body = PaymentIn(
            payment_id=payment.payment_id,
            order_id=book.saga,
            machine_id=self._parts.machine_id,
            means=payment.means,
            amount_fen=rest_fen,
            payment_code=scanned.text,
            at=payment.asked_at,
        )
        key = self._office.key(payment.payment_id, "pay")
        if self._heard(book, payment, self._parts.central.pay(body, key)):
            return _trouble(payment)
        return self._find_out(book, payment)

    def _open(self, book: Book, means: Means, rest_fen: int) -> Payment:
        payment_id = next_payment_id(book.state)
        book.write(Step.PAYMENT, Phase.INTENT, payment_id, means=means.value, amount_fen=rest_fen)
        return book.state.payments[payment_id]

    def _find_out(self, book: Book, payment: Payment) -> PaymentTrouble | None:
        """Ask for a while, then close the key: what comes later cannot charge any more."""
        book.write(Step.PAYMENT, Phase.UNKNOWN, payment.payment_id)
        for ask in range(self._parts.limits.payment_asks):
            if ask:
                self._parts.pause(self._parts.limits.payment_again_s)
            answer = self._parts.central.payment_state(payment.payment_id)
            if self._heard(book, payment, answer):
                return _trouble(payment)
            if isinstance(answer, Refused) and answer.problem.code is ErrorCode.UNKNOWN_PAYMENT:
                # Not seen yet is not "never": the charge may still be on its way.
                break
        self._office.cancel(book, payment)
        return PaymentTrouble.OUT_OF_ORDER if payment.money is Money.NONE else None

    def _heard(self, book: Book, payment: Payment, answer: Outcome[PaymentOut]) -> bool:
        """Book what central says of a payment; whether that is final."""
        if not isinstance(answer, Answered):
            return False
        state = answer.value.state
        if state is PaymentState.TAKEN and answer.value.amount_fen == payment.amount_fen:
            book.write(Step.PAYMENT, Phase.DONE, payment.payment_id)
        elif state in (PaymentState.DECLINED, PaymentState.CANCELLED):
            book.write(Step.PAYMENT, Phase.NOT_DONE, payment.payment_id, reason=answer.value.reason)
        else:
            return False
        return True

    def _scan(self) -> ScannedCode | PaymentTrouble:
        def read(scanner: CodeScanner, cancel: Cancel) -> ScannedCode | ScanTrouble | None:
            return scanner.read_code(cancel)

        outcome = self._parts.devices.call(
            CODE_SCANNER, read, self._parts.limits.answer_s, self._parts.inbox.withdrawn
        )
        if self._parts.inbox.withdrawn.is_set():
            return PaymentTrouble.CANCELLED
        if not isinstance(outcome, Done):
            return PaymentTrouble.OUT_OF_ORDER
        if isinstance(outcome.value, ScannedCode):
            return outcome.value
        return PaymentTrouble.CODE_UNREADABLE if outcome.value else PaymentTrouble.TOO_SLOW


def _trouble(payment: Payment) -> PaymentTrouble | None:
    return PaymentTrouble.CODE_REFUSED if payment.money is Money.NONE else None
