"""The endorsement transaction, read from top to bottom (design 8).

accept card ─ chip ─ prove the person ─ what may be had ─ choose ─ approve ─ pay ─ admit
  ─ ▶ write chip ◀ ─ face ─ verify ─ confirm ─ give card back ─ slip
         pivot
"""

from kiosk.domain.transaction.commands import Begin
from kiosk.domain.transaction.outcome import Ended, Outcome, Reason
from kiosk.saga.bank import BankCard
from kiosk.saga.book import Book
from kiosk.saga.cash import Cash
from kiosk.saga.chip import Chip
from kiosk.saga.custody import Custody
from kiosk.saga.debts import Debts
from kiosk.saga.ending import Ending
from kiosk.saga.making import Making
from kiosk.saga.office import Office
from kiosk.saga.paying import Paying
from kiosk.saga.ports import Parts
from kiosk.saga.rows import Phase, Step
from kiosk.saga.visit import Turn, Visit


class Transactions:
    """Carries out, ends and recovers transactions; one thread at a time uses it.

    Args:
        parts: of the machine.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        office = self._office = Office(parts)
        bank = BankCard(parts)
        self.cash = Cash(parts, office)
        self.custody = Custody(parts)
        self._chip = Chip(parts, self.custody)
        self._paying = Paying(parts, office, bank, self.cash)
        self.debts = Debts(parts, office, bank, self.cash)
        making = Making(parts, self.custody, self._chip, office)
        self.ending = Ending(parts, self.custody, self._chip, making, self.debts)

    def run(self, begin: Begin) -> None:
        """Serve one citizen from the open mouth to the slip.

        Raises:
            StorageError: a row could not be written; nothing was done that it should have recorded,
                and the machine must not serve before it can be written again.
        """
        self._parts.inbox.clear()
        book = Book(self._parts.journal, self._parts.new_id())
        book.write(Step.OPEN, Phase.FACT, language=begin.language)
        turn = self._towards_the_pivot(book)
        if turn:
            book.write(
                Step.TURN_BACK,
                Phase.FACT,
                reason=str(turn.reason),
                guidance=turn.guidance,
                windows=list(turn.windows),
            )
        self.ending.finish(book, live=True)

    def refuse(self) -> None:
        """The machine cannot begin now."""
        self._parts.tell(Ended(Outcome.NOT_BEGUN))

    def _towards_the_pivot(self, book: Book) -> Turn | None:
        """Everything that can be undone, then the chip; why it turns back, None when written.

        A chip of which nobody can say whether it was written does not turn back either.
        """
        visit = Visit(self._parts, self.custody, self._chip, self._office, book)
        steps = (visit.take_card, visit.identify, visit.open_chip, visit.prove, visit.order)
        for step in steps:
            turn = step()
            if turn:
                return turn
        for pay in (self._paying.pay, self._paying.admit):
            reason = pay(book)
            if reason:
                return Turn(reason)
        if self._parts.inbox.cancelled():
            return Turn(Reason.CITIZEN)
        self._chip.write(book)
        written = book.state.steps.get(Step.CHIP)
        return Turn(Reason.CHIP) if written in (None, Phase.NOT_DONE) else None
