"""After a restart: every visit of before comes to an end, and no number waits for nobody."""

import sqlite3
from dataclasses import dataclass
from datetime import timedelta

from kiosk.central.desk_book import DeskBook, PaperState, UnfinishedTicket, Visit, VisitState
from kiosk.central.desk_journal import DeskJournal
from kiosk.central.desk_messages import asked_again, paper
from kiosk.central.desk_parts import DeskParts
from kiosk.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Reprint:
    """A ticket whose citizen may still be waiting for paper.

    Args:
        ticket: to print.
        language: of its citizen.
        copy: whether some paper may have come out already; the paper then says so.
    """

    ticket: Ticket
    language: str
    copy: bool


class Recovery:
    """Ends what a stop of the machine left open. Running it again changes nothing.

    - A visit without a decision is given up; its application goes out all the same. If central may
      have given it a number, that number is voided.
    - A ticket whose paper surely came out is reported as taken.
    - A ticket whose paper may be missing is printed again while its citizen may be near, under the
      same number; an older one, or one of another day, is voided.

    Args:
        parts: of the desk.
        book: visits and tickets.
        journal: records the ends.
        reprint_within: up to this age a ticket is printed again.
    """

    def __init__(
        self, parts: DeskParts, book: DeskBook, journal: DeskJournal, reprint_within: timedelta
    ) -> None:
        self._parts = parts
        self._book = book
        self._journal = journal
        self._reprint_within = reprint_within

    def run(self) -> tuple[Reprint, ...]:
        """Recover.

        Returns:
            What the caller is to print now, oldest first, and then to settle.
        """
        for visit in self._book.open_visits():
            with self._parts.storage.transaction() as db:
                question = self._book.decide_without(db, visit.visit_id, VisitState.GIVEN_UP)
                if question:
                    self.void_unheard(db, visit, question)
        reprints = []
        for one in self._book.unfinished():
            if one.paper is PaperState.PRINTED:
                self._journal.settle(one.ticket.ticket_id, "taken")
            elif self._is_near(one):
                reprints.append(Reprint(one.ticket, one.language, one.copy))
            else:
                self._journal.settle(one.ticket.ticket_id, "voided")
        self._parts.wake()
        return tuple(reprints)

    def void_unheard(self, db: sqlite3.Connection, visit: Visit, question: str) -> None:
        """Central may have numbered a visit whose citizen has gone without a number.

        The question is put once more under its own key, so that a late delivery of it can change
        nothing any more, and then its number is voided. Looking whether a ticket exists would not
        do: the first question may still be on its way.
        """
        parts = self._parts
        today = parts.clock.today()
        again = asked_again(visit.visit_id, question, visit.ask_key)
        asked = parts.outbox.add(db, again, today)
        voided = paper(visit.visit_id, "voided", parts.clock.now(), prints=0, needs=asked)
        parts.outbox.add(db, voided, today)

    def _is_near(self, one: UnfinishedTicket) -> bool:
        age = self._parts.clock.now() - one.begun_at
        return one.ticket.day == self._parts.leases.business_day() and age <= self._reprint_within
