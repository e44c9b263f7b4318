"""Mistakes in the making of a transaction, each as what stands in the product instead."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hardware.interfaces.card_printer import FaceJob
from hardware.interfaces.card_terminal import Charge
from hardware.interfaces.cash_acceptor import CashDesk
from kiosk.domain.transaction.progress import PaymentTrouble
from kiosk.saga import cases, debts, ending
from kiosk.saga.bank import BankCard
from kiosk.saga.book import Book
from kiosk.saga.cases import CaseKind
from kiosk.saga.cash import NoteDesk
from kiosk.saga.custody import Custody
from kiosk.saga.debts import Debts
from kiosk.saga.desk import EndorsementDesk
from kiosk.saga.making import Making
from kiosk.saga.office import Office
from kiosk.saga.owing import Debt, DebtKind, owing
from kiosk.saga.rows import Phase, Row, Step
from kiosk.saga.state import State
from kiosk.saga.values import Back, Money, Payment

Patches = tuple[tuple[Any, str, Any], ...]


def _unwritten(step: Step, *, first_try: bool) -> Patches:
    """Intents of a step are known in memory only."""
    right = Book.write

    def write(self: Book, step_: Step, phase: Phase, key: str = "", **facts: Any) -> None:
        begun = self.state.tries.get(step_, 0) > 0
        if step_ is step and phase is Phase.INTENT and (first_try or begun):
            facts.pop("private", None)
            now = datetime(2026, 11, 24, tzinfo=UTC)
            self.state.apply(Row(0, self.saga, step_, phase, key, facts, {}, now))
        else:
            right(self, step_, phase, key, **facts)

    return ((Book, "write", write),)


def no_chip_intent() -> Patches:
    """No chip intent."""
    return _unwritten(Step.CHIP, first_try=True)


def no_second_chip_intent() -> Patches:
    """The first try is announced, the next ones are not."""
    return _unwritten(Step.CHIP, first_try=False)


def no_payment_intent() -> Patches:
    """No payment intent."""
    return _unwritten(Step.PAYMENT, first_try=True)


def no_chip_probe() -> Patches:
    """What was interrupted counts as not done."""
    right = ending.Ending._settle

    def settle(self: ending.Ending, book: Book, *, live: bool) -> None:
        if book.state.steps.get(Step.CHIP) is Phase.INTENT:
            book.write(Step.CHIP, Phase.NOT_DONE)
        right(self, book, live=live)

    return ((ending.Ending, "_settle", settle),)


def two_valued_face_probe() -> Patches:
    """Nobody can say, so print again."""

    def look(self: Making, book: Book, job: FaceJob, trouble: str) -> None:
        book.write(Step.FACE, Phase.NOT_DONE, trouble=trouble)

    return ((Making, "_look", look),)


def new_key_for_every_try() -> Patches:
    """A sale that nobody knows of is sold again under another key."""
    right = BankCard.charge

    def charge(self: BankCard, book: Book, rest_fen: int) -> PaymentTrouble | None:
        trouble = right(self, book, rest_fen)
        if any(one.money is Money.UNKNOWN for one in book.state.payments.values()):
            return right(self, book, rest_fen)
        return trouble

    def find_out(self: BankCard, book: Book, payment: Payment) -> None:
        return None

    return ((BankCard, "charge", charge), (BankCard, "_find_out", find_out))


def silence_is_no_money() -> Patches:
    """Silence is no money."""

    def find_out(self: BankCard, book: Book, payment: Payment) -> PaymentTrouble:
        book.write(Step.PAYMENT, Phase.NOT_DONE, payment.payment_id)
        return PaymentTrouble.OUT_OF_ORDER

    return ((BankCard, "_find_out", find_out),)


def silence_is_nothing_to_give_back() -> Patches:
    """A terminal that does not answer whether it could cancel is believed to have nothing."""
    right = BankCard.give_back

    def give_back(self: BankCard, book: Book, payment: Payment) -> None:
        right(self, book, payment)
        if payment.by_terminal is None:
            book.write(
                Step.GIVE_BACK,
                Phase.DONE,
                payment.payment_id,
                by="terminal",
                back=Back.CLOSED.value,
            )

    return ((BankCard, "give_back", give_back),)


def twice_is_once() -> Patches:
    """A sale that the bank charged twice is booked like any other."""
    right = BankCard._took

    def took(self: BankCard, book: Book, payment: Payment, charge: Charge, _others: Any) -> None:
        right(self, book, payment, charge, ())

    return ((BankCard, "_took", took),)


def _without_case(missing: CaseKind) -> Patches:
    due = {kind: when for kind, when in cases.DUE.items() if kind is not missing}
    return ((cases, "DUE", due),)


def no_case_for_an_unknown_note() -> Patches:
    """Nobody is told to count the cash box."""
    return _without_case(CaseKind.NOTE_UNKNOWN)


def confirm_before_print() -> Patches:
    """Confirm before print."""
    right = Making._print

    def print_(self: Making, book: Book) -> bool:
        if self._verify(book):
            self._confirm(book)
        return right(self, book)

    return ((Making, "_print", print_),)


def no_case_for_a_stuck_card() -> Patches:
    """No case for a stuck card."""
    return _without_case(CaseKind.CARD_STUCK)


def _without(*kinds: DebtKind) -> Callable[[State], tuple[Debt, ...]]:
    def fewer(state: State) -> tuple[Debt, ...]:
        return tuple(one for one in owing(state) if one.kind not in kinds)

    return fewer


def refund_forgotten() -> Patches:
    """Refund forgotten."""
    fewer = _without(DebtKind.CANCEL_AT_TERMINAL, DebtKind.CANCEL_AT_CENTRAL)
    return ((debts, "owing", fewer),)


def debts_forgotten_after_the_end() -> Patches:
    """What could not be paid at once is never tried again."""
    right = Debts.pay

    def pay(self: Debts, book: Book) -> bool:
        return True if book.state.ended is not None else right(self, book)

    return ((Debts, "pay", pay),)


def cash_booked_in_the_escrow() -> Patches:
    """Cash booked in the escrow."""
    right = NoteDesk.offered

    def offered(self: CashDesk, value_fen: int) -> bool:
        assert isinstance(self, NoteDesk), "the product's own desk"
        taken = right(self, value_fen)
        note = self._book.state.open_note
        if taken and note:
            self._book.write(Step.PAYMENT, Phase.DONE, note.payment_id)
        return taken

    def stacked(self: NoteDesk, value_fen: int) -> None:
        self._rest_fen -= value_fen

    return ((NoteDesk, "offered", offered), (NoteDesk, "stacked", stacked))


def key_left_open() -> Patches:
    """A code that central has not seen is believed to be never seen."""

    def cancel(self: Office, book: Book, payment: Payment) -> None:
        book.write(
            Step.GIVE_BACK, Phase.DONE, payment.payment_id, by="central", back=Back.CLOSED.value
        )

    return ((Office, "cancel", cancel),)


def paid_while_central_is_away() -> Patches:
    """Paid while central is away."""

    def takes_payment(self: Office, state: State) -> bool:
        return True

    return ((Office, "takes_payment", takes_payment),)


def card_left_in_the_mouth() -> Patches:
    """Whoever was shown the card is believed to have taken it."""

    def keep(self: Custody, book: Book, why: str) -> None:
        book.write(Step.PRESENT, Phase.DONE)

    return ((Custody, "keep", keep),)


def no_recovery() -> Patches:
    """The next citizen is served at once."""

    def recover(self: EndorsementDesk) -> None:
        self._recovered = True

    return ((EndorsementDesk, "recover", recover),)


def turned_back_after_the_pivot() -> Patches:
    """A restart undoes everything, whatever the chip says."""

    def settle(self: ending.Ending, book: Book, *, live: bool) -> None:
        if live and book.state.steps.get(Step.CHIP) is Phase.DONE:
            self._making.forward(book, live=live)
        else:
            self._turn_back(book)

    return ((ending.Ending, "_settle", settle),)


def another_body_under_the_key() -> Patches:
    """The moment in a message is that of its sending, not that of its fact."""
    right = Office.void

    def void(self: Office, book: Book) -> None:
        book.state.turned_at = self._parts.clock.now()
        self._parts.pause(1.0)
        right(self, book)

    return ((Office, "void", void),)


def not_read_back() -> Patches:
    """A chip that was written once is believed for good."""

    def verify(self: Making, book: Book) -> bool:
        if not book.state.verified_at:
            book.write(Step.VERIFY, Phase.DONE)
        return True

    return ((Making, "_verify", verify),)


def void_unasked() -> Patches:
    """An order that central has not heard of yet is believed to be never heard of."""
    right = Office.void

    def void(self: Office, book: Book) -> None:
        book.state.asked = None
        right(self, book)

    return ((Office, "void", void),)
