"""The rest is paid by one means or several, each try under a key of its own.

A try whose outcome nobody knows is the last one: the transaction turns back, and the debt to make
sure that it costs nothing stays until it is answered (design 8, law 6).
"""

from kiosk.central.contract.orders import OrderState
from kiosk.central.contract.payments import Means as Way
from kiosk.domain.payment import Means
from kiosk.domain.transaction.commands import CancelAsked, PayBy
from kiosk.domain.transaction.outcome import Reason
from kiosk.domain.transaction.progress import AmountDue, Making, PaymentTrouble, Work
from kiosk.saga.bank import BankCard
from kiosk.saga.book import Book
from kiosk.saga.cash import Cash
from kiosk.saga.codes import Codes
from kiosk.saga.office import Office, is_code
from kiosk.saga.ports import CARD_TERMINAL, CASH_ACCEPTOR, CODE_SCANNER, Parts
from kiosk.saga.rows import Phase, Step
from kiosk.saga.state import State
from kiosk.saga.values import Money

_DEVICES = {
    Means.BANK_CARD: CARD_TERMINAL,
    Means.CASH: CASH_ACCEPTOR,
    Means.CODE: CODE_SCANNER,
}


class Paying:
    """Has the order paid.

    Args:
        parts: of the machine.
        office: central's part.
        bank: by card.
        cash: by notes.
    """

    def __init__(self, parts: Parts, office: Office, bank: BankCard, cash: Cash) -> None:
        self._parts = parts
        self._office = office
        self._charge = {
            Means.BANK_CARD: bank.charge,
            Means.CASH: cash.collect,
            Means.CODE: Codes(parts, office).charge,
        }

    def pay(self, book: Book) -> Reason | None:
        """Take the whole amount; why the transaction turns back, None when it is paid."""
        trouble: PaymentTrouble | None = None
        waited_s = 0.0
        limits = self._parts.limits
        while (rest_fen := book.state.amount_fen - book.state.paid_fen) > 0:
            means = self._means(book)
            if not means:
                trouble = trouble if self._open else PaymentTrouble.CENTRAL_AWAY
            limit_s = limits.answer_s if means else limits.payment_again_s
            self._parts.tell(AmountDue(book.state.amount_fen, book.state.paid_fen, means, trouble))
            asked = self._parts.inbox.wait(limit_s, PayBy)
            if isinstance(asked, CancelAsked):
                return Reason.CITIZEN
            if asked is None:
                waited_s += limit_s
                if waited_s >= limits.answer_s:
                    return Reason.IDLE if means else Reason.CENTRAL_AWAY
                continue
            waited_s = 0.0
            trouble = self._by(book, asked.means, rest_fen)
            if _in_doubt(book.state):
                return Reason.PAYMENT_UNKNOWN
        return None

    def admit(self, book: Book) -> Reason | None:
        """See that central has every payment and lets the card be made; why not, else None."""
        self._parts.tell(Making(Work.ADMITTING, self._parts.limits.left_s(Work.ADMITTING)))
        for ask in range(self._parts.limits.asks):
            if ask:
                self._parts.pause(self._parts.limits.ask_again_s)
            refused = self._report(book)
            if refused:
                return Reason.NOT_ADMITTED
            order = self._office.order_now(book.state)
            if order is None:
                continue
            if order.state is not OrderState.PAID or not self._in_time(book.state):
                return Reason.NOT_ADMITTED
            book.write(Step.ADMITTED, Phase.FACT)
            return None
        return Reason.CENTRAL_AWAY

    def _by(self, book: Book, means: Means, rest_fen: int) -> PaymentTrouble | None:
        if means not in self._means(book):
            return PaymentTrouble.OUT_OF_ORDER if self._open else PaymentTrouble.CENTRAL_AWAY
        trouble = self._charge[means](book, rest_fen)
        # Who stops paying by one means chooses another; stopping there turns back.
        return PaymentTrouble.CANCELLED if self._parts.inbox.cancelled() else trouble

    def _means(self, book: Book) -> tuple[Means, ...]:
        """What works now: none while central is away, none whose last outcome is still open."""
        self._open = self._office.takes_payment(book.state)
        if not self._open:
            return ()
        in_doubt = self._in_doubt_elsewhere()
        return tuple(
            one
            for one, device in _DEVICES.items()
            if self._parts.devices.usable(device) and one not in in_doubt
        )

    def _in_doubt_elsewhere(self) -> set[Means]:
        """A terminal knows an order by its place in the book, an acceptor only its last note."""
        states = [Book(self._parts.journal, saga).state for saga in self._parts.journal.live()]
        found = set()
        if any(state.open_note for state in states):
            found.add(Means.CASH)
        if any(_at_terminal(state) for state in states):
            found.add(Means.BANK_CARD)
        return found

    def _report(self, book: Book) -> bool:
        """Tell central of what devices took; whether it refused any of it."""
        for payment in book.state.payments.values():
            if is_code(payment.means) or not payment.counts:
                continue
            if payment.reported is not Phase.DONE:
                self._office.report(book, payment)
            if payment.reported is Phase.NOT_DONE:
                return True
        return False

    def _in_time(self, state: State) -> bool:
        until = state.order.approved_until if state.order else None
        return until is None or until - self._parts.clock.now() >= self._parts.limits.made_within


def _in_doubt(state: State) -> bool:
    """Whether some money may have been taken, or was taken and goes back."""
    return any(
        one.money in (Money.ASKED, Money.UNKNOWN)
        or (one.money is Money.TAKEN and one.back is not None)
        for one in state.payments.values()
    )


def _at_terminal(state: State) -> bool:
    """Whether the terminal must still be asked about a sale, or told to take one back."""
    return any(
        one.means is Way.BANK_CARD
        and one.by_terminal is None
        and (one.money in (Money.ASKED, Money.UNKNOWN) or (state.turned and one.counts))
        for one in state.payments.values()
    )
