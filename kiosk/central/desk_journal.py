"""The paper of a ticket, written down before and after every byte that goes to the printer."""

import sqlite3

from kiosk.central.desk_book import DeskBook, PaperState
from kiosk.central.desk_messages import OUTCOMES, TICKET, paper
from kiosk.central.desk_parts import DeskParts
from kiosk.domain.ticket import Ticket


class DeskJournal:
    """Records what becomes of tickets.

    Args:
        parts: of the desk.
        book: visits and tickets.
    """

    def __init__(self, parts: DeskParts, book: DeskBook) -> None:
        self._parts = parts
        self._book = book

    def numbered(self, db: sqlite3.Connection, ticket: Ticket) -> None:
        """A ticket has its number; part of the transaction that writes it."""
        self._parts.record(
            db,
            "ticket_numbered",
            {
                "ticket": ticket.ticket_id,
                "number": ticket.number,
                "day": ticket.day.isoformat(),
                "from_lease": ticket.from_lease,
            },
        )

    def printing(self, ticket_id: str) -> None:
        """Bytes are about to go to the printer."""
        self._mark(ticket_id, PaperState.SENT)

    def printed(self, ticket_id: str) -> None:
        """The printer confirmed."""
        self._mark(ticket_id, PaperState.PRINTED)

    def not_printed(self, ticket_id: str, trouble: str) -> None:
        """Surely nothing came out."""
        self._mark(ticket_id, PaperState.NOT_PRINTED, trouble)

    def doubtful(self, ticket_id: str, trouble: str) -> None:
        """Something may have come out."""
        self._mark(ticket_id, PaperState.DOUBTFUL, trouble)

    def settle(self, ticket_id: str, outcome: str) -> None:
        """The ticket ended.

        Args:
            ticket_id: which.
            outcome: `taken`, `shown` or `voided`.

        Raises:
            ValueError: there is no such outcome.
        """
        if outcome not in OUTCOMES:
            raise ValueError(outcome)
        parts = self._parts
        known = parts.outbox.state_of(ticket_id, TICKET)
        with parts.storage.transaction() as db:
            prints = self._book.settle(db, ticket_id, outcome)
            if prints is None:
                return
            message = paper(
                ticket_id,
                outcome,
                parts.clock.now(),
                prints=prints,
                needs=known[0] if known else None,
            )
            parts.outbox.add(db, message, parts.clock.today())
            parts.record(db, "ticket_paper", {"ticket": ticket_id, "paper": outcome})
        parts.wake()

    def _mark(self, ticket_id: str, state: PaperState, trouble: str = "") -> None:
        with self._parts.storage.transaction() as db:
            self._book.mark_paper(db, ticket_id, state, trouble)
            fields = {"ticket": ticket_id, "paper": state.value}
            if trouble:
                fields["trouble"] = trouble
            self._parts.record(db, "ticket_paper", fields)
