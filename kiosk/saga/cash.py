"""Paying by banknotes: a note is money when it lies in the cash box, not before, and only once."""

import threading
from collections.abc import Callable, Mapping

from hardware.interfaces.cash_acceptor import (
    CashAcceptor,
    CashEnd,
    CashIn,
    NoteFate,
    NoteRefusal,
    UnfinishedNote,
)
from hardware.interfaces.device import Cancel
from hardware.outcome import Done
from kiosk.central.contract.payments import Means
from kiosk.domain.transaction.progress import NotesDue, PaymentTrouble
from kiosk.errors import StorageError
from kiosk.saga.book import Book
from kiosk.saga.office import Office, next_payment_id
from kiosk.saga.ports import CASH_ACCEPTOR, NEVER, Parts
from kiosk.saga.rows import Phase, Step

_TROUBLES: Mapping[CashEnd, PaymentTrouble | None] = {
    CashEnd.COMPLETE: None,
    CashEnd.WITHDRAWN: PaymentTrouble.CANCELLED,
    CashEnd.CASH_BOX_FULL: PaymentTrouble.CASH_FULL,
}
"""Every other end is the device's own: another means of payment."""


class Cash:
    """Takes notes, and brings the one to its end that an interruption left behind.

    Args:
        parts: of the machine.
        office: asked before every note, because nothing is taken while central is away.
    """

    def __init__(self, parts: Parts, office: Office) -> None:
        self._parts = parts
        self._office = office

    def collect(self, book: Book, rest_fen: int) -> PaymentTrouble | None:
        """Take notes until the rest is paid.

        Returns:
            Why it ended before; what was stacked until then is booked.
        """
        desk = NoteDesk(book, rest_fen, self._parts, lambda: self._office.takes_payment(book.state))
        desk.show(self._notes(rest_fen))
        outcome = self._parts.devices.call(
            CASH_ACCEPTOR,
            lambda acceptor, cancel: acceptor.accept_cash(rest_fen, desk, cancel),
            self._parts.limits.pay_s,
            self._parts.inbox.withdrawn,
        )
        desk.shut()
        if book.state.open_note:
            self.finish_note(book)
        if not isinstance(outcome, Done):
            return PaymentTrouble.OUT_OF_ORDER
        return self._ended(outcome.value)

    def finish_note(self, book: Book) -> bool:
        """Bring the note to its end that this transaction offered; whether it has one now.

        A note that was booked before its machine died is reported stacked once more; it has no open
        intent any more, and so it is not booked twice.
        """
        for ask in range(self._parts.limits.asks):
            if ask:
                self._parts.pause(self._parts.limits.ask_again_s)
            if not book.state.open_note:
                break
            ending = NoteEnding(book)
            self._parts.devices.call(CASH_ACCEPTOR, ending.finish, self._parts.limits.move_s, NEVER)
            ending.shut()
        return book.state.open_note is None

    def release(self) -> bool:
        """Let the device forget a note that has been booked; whether it has none left."""
        outcome = self._parts.devices.call(
            CASH_ACCEPTOR,
            lambda acceptor, cancel: acceptor.finish_note(lambda _note: None, cancel),
            self._parts.limits.move_s,
            NEVER,
        )
        return isinstance(outcome, Done)

    def _notes(self, rest_fen: int) -> tuple[int, ...]:
        def ask(acceptor: CashAcceptor, _cancel: Cancel) -> tuple[int, ...]:
            return acceptor.denominations()

        outcome = self._parts.devices.call(CASH_ACCEPTOR, ask, self._parts.limits.move_s, NEVER)
        known = outcome.value if isinstance(outcome, Done) else ()
        return tuple(one for one in known if one <= rest_fen)

    def _ended(self, cash_in: CashIn) -> PaymentTrouble | None:
        return _TROUBLES.get(cash_in.end, PaymentTrouble.OUT_OF_ORDER)


class NoteDesk:
    """Decides over each note and books it; called on the device's thread.

    Args:
        book: of the transaction.
        rest_fen: what may still be taken.
        parts: of the machine.
        open_for_payment: asks central.
    """

    def __init__(
        self, book: Book, rest_fen: int, parts: Parts, open_for_payment: Callable[[], bool]
    ) -> None:
        self._book = book
        self._rest_fen = rest_fen
        self._parts = parts
        self._open_for_payment = open_for_payment
        self._notes: tuple[int, ...] = ()
        self._lock = threading.Lock()
        self._shut = False

    def show(self, notes: tuple[int, ...], refused: str = "") -> None:
        """Tell the screen what is due.

        Args:
            notes: that the device tells apart.
            refused: why the last one came back.
        """
        self._notes = notes
        fitting = tuple(one for one in notes if one <= self._rest_fen)
        paid_fen = self._book.state.paid_fen
        self._parts.tell(NotesDue(self._rest_fen, paid_fen, fitting, refused))

    def offered(self, value_fen: int) -> bool:
        """A note waits in the escrow; True when its intent is durable."""
        with self._lock:
            if self._shut or value_fen > self._rest_fen or not self._open_for_payment():
                return False
            try:
                self._book.write(
                    Step.PAYMENT,
                    Phase.INTENT,
                    next_payment_id(self._book.state),
                    means=Means.CASH.value,
                    amount_fen=value_fen,
                )
            except StorageError:
                # The note goes back; the machine's next row fails as well and ends its service.
                return False
            return True

    def stacked(self, value_fen: int) -> None:
        """The note lies in the cash box.

        Raises:
            StorageError: it could not be booked; the device keeps it in mind.
        """
        with self._lock:
            note = self._book.state.open_note
            if self._shut or note is None:
                msg = "a stacked note that nobody may book now"
                raise StorageError(msg)
            _book_stacked(self._book, value_fen)
            self._rest_fen -= note.amount_fen
            self.show(self._notes)

    def refused(self, reason: NoteRefusal) -> None:
        """The note went back."""
        with self._lock:
            note = self._book.state.open_note
            if self._shut:
                return
            if note:
                self._book.write(Step.PAYMENT, Phase.NOT_DONE, note.payment_id, reason=reason.value)
            self.show(self._notes, reason.value)

    def shut(self) -> None:
        """Nothing that the device still says is heard; its last note is asked for instead."""
        with self._lock:
            self._shut = True


class NoteEnding:
    """Books the end of the note that was offered.

    Args:
        book: of its transaction.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._lock = threading.Lock()
        self._shut = False

    def finish(self, acceptor: CashAcceptor, cancel: Cancel) -> None:
        """Have the device bring it to its end."""
        # Where there was no note at all, nobody was called.
        self._ended(acceptor.finish_note(self._ended, cancel))

    def shut(self) -> None:
        """Hear nothing more."""
        with self._lock:
            self._shut = True

    def _ended(self, note: UnfinishedNote) -> None:
        with self._lock:
            if self._shut:
                msg = "the end of a note came too late"
                raise StorageError(msg)
            offered = self._book.state.open_note
            if offered is None:
                return
            if note.fate is NoteFate.STACKED:
                _book_stacked(self._book, note.value_fen)
            elif note.fate in (NoteFate.NONE, NoteFate.RETURNED):
                self._book.write(
                    Step.PAYMENT, Phase.NOT_DONE, offered.payment_id, reason=note.fate.value
                )
            elif note.fate is NoteFate.UNKNOWN:
                self._book.write(Step.PAYMENT, Phase.UNKNOWN, offered.payment_id)


def _book_stacked(book: Book, value_fen: int | None) -> None:
    """A note of another worth than was offered is nobody's to guess: staff count the box."""
    note = book.state.open_note
    assert note is not None, "only an offered note is booked"
    fits = value_fen in (None, note.amount_fen)
    book.write(Step.PAYMENT, Phase.DONE if fits else Phase.UNKNOWN, note.payment_id)
