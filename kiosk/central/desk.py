"""The ticket desk: one visit, one durable application, one number, whatever happens in between."""

import threading
import uuid
from datetime import timedelta

from kiosk.central.desk_book import DeskBook, UnfinishedTicket
from kiosk.central.desk_journal import DeskJournal
from kiosk.central.desk_numbering import REASON_KEYS, Issued, NoNumber, Numbering, Waits
from kiosk.central.desk_parts import DeskParts
from kiosk.central.desk_recovery import Recovery, Reprint
from kiosk.domain.claim import Claim
from kiosk.domain.ticket import Ticket
from kiosk.forms.bundle import ApplicationBundle

__all__ = [
    "REASON_KEYS",
    "DeskParts",
    "Issued",
    "NoNumber",
    "Reprint",
    "TicketDesk",
    "UnfinishedTicket",
    "Waits",
]


class TicketDesk:
    """Applications, numbers and their paper, durably.

    Every call may wait for the disk; `submit` waits for central as well.

    Args:
        parts: what the desk works with.
        waits: how long a citizen waits.
        reprint_within: up to this age an unsettled ticket is printed again after a restart.
    """

    def __init__(
        self,
        parts: DeskParts,
        waits: Waits = Waits(),  # noqa: B008 - frozen
        reprint_within: timedelta = timedelta(minutes=10),
    ) -> None:
        self._parts = parts
        self._book = DeskBook(parts.storage, parts.cipher)
        self._journal = DeskJournal(parts, self._book)
        self._recovery = Recovery(parts, self._book, self._journal, reprint_within)
        self._numbers = Numbering(parts, self._book, self._journal, self._recovery, waits)
        self._one_by_one = threading.Lock()

    @property
    def away(self) -> bool:
        """Whether the last call found central away."""
        return self._parts.link.away

    def submit(
        self,
        visit_id: str,
        bundle: ApplicationBundle | None,
        services: tuple[str, ...],
        language: str,
        claim: Claim = Claim(),  # noqa: B008 - frozen
    ) -> Issued | NoNumber:
        """Keep the application, then get a number.

        Args:
            visit_id: the same id gets the same answer, whenever it is asked again.
            bundle: what is applied for; None for a ticket without an application.
            services: ids of the services, in any order.
            language: locale of the citizen.
            claim: why they go first, and whose ticket it is.

        Returns:
            The number, or why there is none.

        Raises:
            StorageError: nothing could be kept; nothing was promised.
        """
        with self._one_by_one:
            answer = self._numbers.resume(visit_id)
            if answer:
                return answer
            visit = self._numbers.begin(visit_id, bundle, services, language, claim)
            return self._numbers.decide(visit)

    def adopt(self, ticket: Ticket, language: str) -> bool:
        """Keep a ticket that central gave for a booking, so that its paper is journaled like any.

        Returns:
            Whether it is new here; an earlier check-in at this machine may have kept it.
        """
        with self._one_by_one:
            if self._book.ticket(ticket.ticket_id) is not None:
                return False
            self._numbers.adopt(ticket, language)
            return True

    def printing(self, ticket_id: str) -> None:
        """The paper is about to be sent; durable before the first byte goes out."""
        self._journal.printing(ticket_id)

    def printed(self, ticket_id: str) -> None:
        """The printer confirmed the paper."""
        self._journal.printed(ticket_id)

    def not_printed(self, ticket_id: str, trouble: str) -> None:
        """Surely nothing came out of the last try."""
        self._journal.not_printed(ticket_id, trouble)

    def doubtful(self, ticket_id: str, trouble: str) -> None:
        """Something may have come out."""
        self._journal.doubtful(ticket_id, trouble)

    def settle(self, ticket_id: str, outcome: str) -> None:
        """The ticket ended; central hears of it. The first word counts.

        Args:
            ticket_id: which.
            outcome: `taken`, `shown` or `voided`.
        """
        self._journal.settle(ticket_id, outcome)

    def unfinished(self) -> tuple[UnfinishedTicket, ...]:
        """Tickets that were numbered and never settled, oldest first."""
        return self._book.unfinished()

    def recover(self) -> tuple[Reprint, ...]:
        """Bring every visit of before the restart to an end; see `Recovery`."""
        return self._recovery.run()

    def call_staff(self, reason: str, subject: str) -> None:
        """Tell the hall's staff, now or as soon as central is back.

        Args:
            reason: message key of the staff's text.
            subject: id of the ticket or visit; never a name.
        """
        parts = self._parts
        message = parts.machine.staff_call(uuid.uuid4().hex, reason, subject, parts.clock.now())
        with parts.storage.transaction() as db:
            parts.outbox.add(db, message, parts.clock.today())
            parts.record(db, "staff_called", {"reason": reason, "subject": subject})
        parts.wake()

    def wipe(self) -> None:
        """A session has ended: nothing of it stays in memory here or in the write-ahead log."""
        self._parts.storage.checkpoint()
