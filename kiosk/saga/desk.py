"""Who serves citizens, one after the other, and nobody before the last one's end is known."""

import logging
from datetime import date

from hardware.interfaces.card_printer import CardPosition
from kiosk.domain.transaction.commands import Begin
from kiosk.errors import StorageError
from kiosk.saga.archive import archive
from kiosk.saga.book import Book
from kiosk.saga.cases import LOCKING, open_cases
from kiosk.saga.endorsement import Transactions
from kiosk.saga.ports import Parts
from kiosk.saga.rows import Phase, Step

log = logging.getLogger(__name__)


class EndorsementDesk:
    """Transactions of one machine, in turn; one thread at a time uses it.

    Args:
        parts: of the machine.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._transactions = Transactions(parts)
        self._recovered = False
        self._tidied: date | None = None

    def blocked(self) -> str:
        """Why nobody can be served, a code; empty when somebody can (design 8, law 7)."""
        if not self._parts.journal.ok:
            return "journal"
        if not self._recovered:
            return "recovery"
        if any(case.kind in LOCKING for case in open_cases(self._parts.journal)):
            return "card_inside"
        return ""

    def unended(self) -> tuple[str, ...]:
        """Transactions whose citizen's end is not known."""
        journal = self._parts.journal
        return tuple(saga for saga in journal.live() if Book(journal, saga).state.ended is None)

    def recover(self) -> None:
        """Bring everything that an earlier run began to a lawful end; may be repeated.

        Bounded: every question is asked a few times, and what cannot be answered is a case.

        Raises:
            StorageError: the journal cannot be written; nobody is served before it can.
        """
        self._recovered = False
        for saga in self._parts.journal.live():
            self._transactions.ending.finish(Book(self._parts.journal, saga))
        # A note that was booked may still be in the acceptor's mind; it takes no other until then.
        self._transactions.cash.release()
        self._recovered = True
        if not self.blocked():
            self._clear_the_way()

    def serve(self, begin: Begin) -> None:
        """Serve a citizen from the open mouth to the slip, or say that it cannot be.

        Raises:
            StorageError: the journal cannot be written; nobody is served before it can.
        """
        if self.blocked() or not self._parts.journal.probe() or not self._clear_the_way():
            self._transactions.refuse()
            return
        try:
            self._transactions.run(begin)
        except BaseException:
            # Whatever broke off, only a recovery knows where everything stands.
            self._recovered = False
            raise

    def pay_debts(self) -> bool:
        """Try what is owed; whether nothing is left.

        Raises:
            StorageError: the journal cannot be written.
        """
        left = False
        for saga in self._parts.journal.live():
            book = Book(self._parts.journal, saga)
            if book.state.ended is None:
                continue
            left = not self._transactions.debts.pay(book) or left
            self._transactions.debts.close(book)
        return not left

    def tidy(self) -> None:
        """Once a day, with nobody there: move what is old and finished into the archive."""
        now = self._parts.clock.now()
        if self.blocked() or self._tidied == now.date():
            return
        self._tidied = now.date()
        try:
            archive(self._parts.journal, now - self._parts.limits.archive_after)
        except StorageError as error:
            # Nothing is lost: it stays where it is, and tomorrow is another day.
            log.error("the archive cannot be written: %s", error)

    def _clear_the_way(self) -> bool:
        """Give back or keep a card that no transaction knows; whether the way is free."""
        position = self._transactions.custody.where()
        if not position.inside:
            return position is not CardPosition.UNKNOWN
        book = Book(self._parts.journal, self._parts.new_id())
        book.write(Step.OPEN, Phase.FACT, stray=True)
        book.write(Step.CARD_IN, Phase.INTENT)
        book.write(Step.CARD_IN, Phase.DONE)
        self._transactions.ending.finish(book)
        return not self.blocked()
