"""Pays what transactions owe, again and again until it is answered (reliability facts 1.1, 2.4)."""

from collections.abc import Callable, Mapping

from kiosk.saga.bank import BankCard
from kiosk.saga.book import Book
from kiosk.saga.cases import open_due
from kiosk.saga.cash import Cash
from kiosk.saga.office import Office
from kiosk.saga.owing import DebtKind, owing
from kiosk.saga.ports import Parts
from kiosk.saga.rows import Phase, Step


class Debts:
    """Tries to pay.

    Args:
        parts: of the machine.
        office: central's part.
        bank: the terminal's part.
        cash: the acceptor's part.
    """

    def __init__(self, parts: Parts, office: Office, bank: BankCard, cash: Cash) -> None:
        self._parts = parts
        self._office = office
        self._pay: Mapping[DebtKind, Callable[[Book, str], object]] = {
            DebtKind.FINISH_NOTE: lambda book, _key: cash.finish_note(book),
            DebtKind.CANCEL_AT_TERMINAL: lambda book, key: bank.give_back(
                book, book.state.payments[key]
            ),
            DebtKind.CANCEL_AT_CENTRAL: lambda book, key: office.cancel(
                book, book.state.payments[key]
            ),
            DebtKind.REPORT: lambda book, key: office.report(book, book.state.payments[key]),
            DebtKind.REFUND: lambda book, key: office.refund(book, book.state.payments[key]),
            DebtKind.VOID: lambda book, _key: office.void(book),
            DebtKind.CONFIRM: lambda book, _key: office.confirm(book),
            DebtKind.TELL_CASE: office.tell_case,
            DebtKind.TELL_CLOSED: office.tell_closed,
        }

    def pay(self, book: Book) -> bool:
        """Try everything that is owed, and what follows from it; whether nothing is left.

        A round that settles nothing is the last, so this ends.
        """
        while debts := owing(book.state):
            for debt in debts:
                self._pay[debt.kind](book, debt.key)
            open_due(book, self._parts.clock.now(), self._parts.limits.debt_alarm)
            if owing(book.state) == debts:
                return False
        return True

    def close(self, book: Book) -> None:
        """Close a transaction that has ended, owes nothing and has no open case."""
        state = book.state
        open_due(book, self._parts.clock.now(), self._parts.limits.debt_alarm)
        settled = all(case.closed for case in state.cases.values()) and not owing(state)
        if state.ended is not None and settled and not state.closed:
            book.write(Step.CLOSED, Phase.FACT)
