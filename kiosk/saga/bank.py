"""Paying by bank card: taken, declined or unknown; an unknown sale is asked for, never repeated."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from hardware.interfaces.card_terminal import (
    Approved,
    BookPlace,
    CardOrder,
    CardTerminal,
    Charge,
    Charged,
    Declined,
    DeclineReason,
    Doubt,
    GivenBack,
    NotCharged,
    NotGivenBack,
    NothingToGiveBack,
    SaleOutcome,
    SignedOn,
    Unknown,
)
from hardware.interfaces.device import Cancel
from hardware.outcome import Done
from kiosk.central.contract.payments import Means
from kiosk.domain.transaction.progress import BankCardDue, CheckingPayment, PaymentTrouble
from kiosk.saga.book import Book
from kiosk.saga.office import next_payment_id
from kiosk.saga.ports import CARD_TERMINAL, NEVER, Parts
from kiosk.saga.rows import Phase, Step
from kiosk.saga.values import Back, Payment

T = TypeVar("T")

_TROUBLES: Mapping[DeclineReason, PaymentTrouble] = {
    DeclineReason.CANCELLED_BY_CUSTOMER: PaymentTrouble.CANCELLED,
    DeclineReason.CUSTOMER_TOO_SLOW: PaymentTrouble.TOO_SLOW,
    DeclineReason.INSUFFICIENT_FUNDS: PaymentTrouble.NOT_ENOUGH,
    DeclineReason.WRONG_PIN: PaymentTrouble.WRONG_PIN,
    DeclineReason.CARD_REFUSED: PaymentTrouble.CARD_REFUSED,
    DeclineReason.HOST_AWAY: PaymentTrouble.BANK_AWAY,
}
"""Every other reason is the terminal's own: another means of payment."""


class BankCard:
    """Charges, asks and gives back through the terminal.

    Args:
        parts: of the machine.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def charge(self, book: Book, rest_fen: int) -> PaymentTrouble | None:
        """Take the rest; the payment ends as taken, none, or unknown.

        Returns:
            Why surely nothing was taken; None when it was, or when nobody can say.
        """
        payment_id = next_payment_id(book.state)
        opened = self._use(
            lambda terminal, cancel: terminal.open_order(payment_id, rest_fen, cancel)
        )
        if not isinstance(opened, CardOrder):
            return _trouble(opened)
        self._parts.tell(BankCardDue(rest_fen))
        book.write(
            Step.PAYMENT,
            Phase.INTENT,
            payment_id,
            means=Means.BANK_CARD.value,
            amount_fen=rest_fen,
            batch=opened.after.batch,
            voucher=opened.after.voucher,
        )
        said = self._sale(opened)
        if isinstance(said, Declined):
            book.write(Step.PAYMENT, Phase.NOT_DONE, payment_id, reason=said.reason.value)
            return _trouble(said)
        if isinstance(said, Approved):
            self._took(book, book.state.payments[payment_id], said.charge, said.others)
            return None
        book.write(Step.PAYMENT, Phase.UNKNOWN, payment_id)
        return self._find_out(book, book.state.payments[payment_id])

    def give_back(self, book: Book, payment: Payment) -> None:
        """Make sure that a payment costs nothing, now or later; writes only what is sure."""
        order = order_of(payment)
        said = self._use(lambda terminal, cancel: terminal.cancel_order(order, cancel))
        if isinstance(said, GivenBack):
            back, phase = Back.GIVEN, Phase.DONE
        elif isinstance(said, NothingToGiveBack):
            back, phase = Back.CLOSED, Phase.DONE
        elif isinstance(said, NotGivenBack):
            asked = self._use(lambda terminal, cancel: terminal.query(order, cancel))
            if not isinstance(asked, Charged):
                return
            # A person gives back what was charged once; what was charged twice, and when, only
            # the bank's statement tells.
            once = not asked.others
            back, phase = (Back.OWED, Phase.NOT_DONE) if once else (Back.UNKNOWN, Phase.UNKNOWN)
        elif isinstance(said, Unknown) and said.doubt is Doubt.BATCH_CLOSED:
            back, phase = Back.UNKNOWN, Phase.UNKNOWN
        else:
            return
        code = said.code if isinstance(said, NotGivenBack) else ""
        book.write(
            Step.GIVE_BACK, phase, payment.payment_id, by="terminal", back=back.value, code=code
        )

    def _sale(self, order: CardOrder) -> SaleOutcome | None:
        said = self._sell(order)
        if not isinstance(said, Declined) or said.reason is not DeclineReason.SIGN_ON_NEEDED:
            return said
        # Surely nothing was taken, and the same order may be sold after signing on.
        signed = self._use(lambda terminal, cancel: terminal.sign_on(cancel))
        return self._sell(order) if isinstance(signed, SignedOn) else said

    def _sell(self, order: CardOrder) -> SaleOutcome | None:
        outcome = self._parts.devices.call(
            CARD_TERMINAL,
            lambda terminal, cancel: terminal.sale(order, cancel),
            self._parts.limits.pay_s,
            self._parts.inbox.withdrawn,
        )
        return outcome.value if isinstance(outcome, Done) else None

    def _find_out(self, book: Book, payment: Payment) -> PaymentTrouble | None:
        """Ask until the terminal can say; an answer that does not fit stays unknown."""
        self._parts.tell(CheckingPayment())
        order = order_of(payment)
        for ask in range(self._parts.limits.payment_asks):
            if ask:
                self._parts.pause(self._parts.limits.payment_again_s)
            said = self._use(lambda terminal, cancel: terminal.query(order, cancel))
            if isinstance(said, NotCharged):
                book.write(Step.PAYMENT, Phase.NOT_DONE, payment.payment_id, reason="not_charged")
                cancelled = self._parts.inbox.withdrawn.is_set()
                return PaymentTrouble.CANCELLED if cancelled else PaymentTrouble.OUT_OF_ORDER
            if isinstance(said, Charged):
                self._took(book, payment, said.charge, said.others)
                return None
            if isinstance(said, Unknown) and said.doubt in (
                Doubt.BATCH_CLOSED,
                Doubt.CONTRADICTION,
            ):
                return None
        return None

    def _took(
        self, book: Book, payment: Payment, charge: Charge, others: tuple[Charge, ...]
    ) -> None:
        """Book a charge, unless it is not the one that was asked for: that stays unknown."""
        if others or charge.amount_fen != payment.amount_fen:
            book.write(Step.PAYMENT, Phase.UNKNOWN, payment.payment_id, contradiction=True)
            return
        book.write(Step.PAYMENT, Phase.DONE, payment.payment_id, reference=charge.reference)

    def _use(self, fn: Callable[[CardTerminal, Cancel], T]) -> T | None:
        outcome = self._parts.devices.call(CARD_TERMINAL, fn, self._parts.limits.pay_s, NEVER)
        return outcome.value if isinstance(outcome, Done) else None


def order_of(payment: Payment) -> CardOrder:
    """The order as it was written down before the sale."""
    place = BookPlace(str(payment.facts["batch"]), int(payment.facts["voucher"]))
    return CardOrder(payment.payment_id, payment.amount_fen, place)


def _trouble(said: object) -> PaymentTrouble:
    if isinstance(said, Declined):
        return _TROUBLES.get(said.reason, PaymentTrouble.OUT_OF_ORDER)
    return PaymentTrouble.OUT_OF_ORDER
