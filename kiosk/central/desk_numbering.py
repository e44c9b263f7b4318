"""How a visit gets its number: from central in time, else from the numbers held in reserve."""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.central.answer import Answered, Cause, Outcome, Refused, Unreachable
from kiosk.central.contract import ErrorCode, TicketIn, TicketOut
from kiosk.central.desk_book import DeskBook, Visit, VisitState, reference_of
from kiosk.central.desk_journal import DeskJournal
from kiosk.central.desk_messages import APPLICATION, ticket_of
from kiosk.central.desk_parts import DeskParts
from kiosk.central.desk_recovery import Recovery
from kiosk.domain.claim import Claim
from kiosk.domain.ticket import Ticket
from kiosk.forms.bundle import ApplicationBundle
from kiosk.policy.queue_day import queue_on

log = logging.getLogger(__name__)

AWAY = "desk.no_number.away"
CLOSED = "desk.no_number.closed"
EXHAUSTED = "desk.no_number.exhausted"
REFUSED = "desk.no_number.refused"
REASON_KEYS = (AWAY, CLOSED, EXHAUSTED, REFUSED)
"""Message keys of why there is no number."""

_REASONS = {ErrorCode.HALL_CLOSED: CLOSED, ErrorCode.NUMBERS_EXHAUSTED: EXHAUSTED}


@dataclass(frozen=True, slots=True)
class Issued:
    """A number was given and is durable.

    Args:
        ticket: with the number.
    """

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class NoNumber:
    """No number can be had; an application, if there is one, is kept.

    Args:
        reason_key: one of `REASON_KEYS`.
        reference: of the kept application, empty when there is none.
    """

    reason_key: str
    reference: str


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a citizen waits for central.

    Args:
        citizen_s: for application and number together.
        away_s: the same while the last call found central away.
    """

    citizen_s: float = 8.0
    away_s: float = 2.0


class Numbering:
    """Gives numbers.

    Args:
        parts: of the desk.
        book: visits and tickets.
        journal: records the numbers.
        recovery: voids a number that was never heard of.
        waits: how long a citizen waits.
    """

    def __init__(
        self,
        parts: DeskParts,
        book: DeskBook,
        journal: DeskJournal,
        recovery: Recovery,
        waits: Waits,
    ) -> None:
        self._parts = parts
        self._book = book
        self._journal = journal
        self._recovery = recovery
        self._waits = waits

    def resume(self, visit_id: str) -> Issued | NoNumber | None:
        """The answer a visit was given before, or will be given now; None for a new visit."""
        visit = self._book.visit(visit_id)
        if visit is None:
            return None
        ticket = self._book.ticket(visit_id)
        if ticket:
            return Issued(ticket)
        if visit.state is VisitState.OPEN:
            return self.decide(visit)
        return self._no_number(visit, visit.reason or AWAY)

    def begin(
        self,
        visit_id: str,
        bundle: ApplicationBundle | None,
        services: tuple[str, ...],
        language: str,
        claim: Claim,
    ) -> Visit:
        """Write down a new visit and its application."""
        parts = self._parts
        visit = Visit(
            visit_id=visit_id,
            services=parts.in_order(services),
            language=language,
            has_application=bundle is not None,
            begun_at=parts.clock.now(),
            ask_key=parts.outbox.new_key(),
            claim=claim,
        )
        with parts.storage.transaction() as db:
            self._book.begin(db, visit)
            if bundle:
                message = parts.machine.application(visit_id, bundle, visit.begun_at, language)
                parts.outbox.add(db, message, parts.clock.today())
                parts.record(db, "application_kept", {"visit": visit_id})
        return visit

    def adopt(self, ticket: Ticket, language: str) -> None:
        """Write down a ticket that central gave another way, as a visit that has its number."""
        parts = self._parts
        visit = Visit(
            visit_id=ticket.ticket_id,
            services=ticket.services,
            language=language,
            has_application=False,
            begun_at=parts.clock.now(),
            ask_key=parts.outbox.new_key(),
        )
        with parts.storage.transaction() as db:
            self._book.begin(db, visit)
            self._book.number(db, ticket)
            self._journal.numbered(db, ticket)

    def decide(self, visit: Visit) -> Issued | NoNumber:
        """Give a visit its number, or say why there is none."""
        outcome = self._ask(visit)
        if isinstance(outcome, Answered):
            return self._number(visit, ticket_of(outcome.value))
        if isinstance(outcome, Refused):
            log.warning("central gave no number: %s", outcome.problem.code)
            return self._without(visit, _REASONS.get(outcome.problem.code, REFUSED))
        return self._from_lease(visit) or self._without(visit, AWAY)

    def _ask(self, visit: Visit) -> Outcome[TicketOut]:
        """Ask central, for so long and no longer, even when the line drips or hangs."""
        wait_s = self._waits.away_s if self._parts.link.away else self._waits.citizen_s
        ends_s = self._parts.clock.monotonic_s() + wait_s
        outcome = _within(wait_s, lambda: self._ask_central(visit, ends_s))
        if outcome is None:
            self._parts.link.saw(Unreachable(Cause.TIMEOUT))
            return Unreachable(Cause.TIMEOUT)
        return outcome

    def _ask_central(self, visit: Visit, ends_s: float) -> Outcome[TicketOut]:
        parts = self._parts
        left_s = ends_s - parts.clock.monotonic_s()
        if not parts.sender.flush_subject(visit.visit_id, left_s):
            return Unreachable(Cause.CONNECT)
        question = self._question(visit).model_dump_json()
        # The intent comes first: after a kill it says that there may be a number.
        with parts.storage.transaction() as db:
            asked = self._book.mark_asked(db, visit.visit_id, question)
        if asked is None:
            return Unreachable(Cause.TIMEOUT)
        request = TicketIn.model_validate_json(asked)
        outcome = parts.central.take_ticket(request, visit.ask_key)
        parts.link.saw(outcome)
        return outcome

    def _question(self, visit: Visit) -> TicketIn:
        return self._parts.question(
            visit.visit_id,
            visit.services,
            visit.begun_at,
            with_application=visit.has_application,
            claim=visit.claim,
        )

    def _number(self, visit: Visit, ticket: Ticket) -> Issued:
        with self._parts.storage.transaction() as db:
            self._book.number(db, ticket)
            self._journal.numbered(db, ticket)
        return Issued(ticket)

    def _from_lease(self, visit: Visit) -> Issued | None:
        parts = self._parts
        with parts.storage.transaction() as db:
            taken = parts.leases.take(db, visit.services[0], visit.visit_id)
            if taken is None:
                return None
            ticket = Ticket(
                ticket_id=visit.visit_id,
                number=taken.number,
                day=taken.at.date(),
                issued_at=taken.at,
                services=visit.services,
                windows=parts.windows(visit.services[0]),
                from_lease=True,
                ticket_class=queue_on(taken.at.date()).class_of(visit.claim.need),
            )
            self._book.number(db, ticket)
            question = self._question(visit).model_copy(update={"taken_at": taken.at})
            message = parts.machine.leased(question, taken)
            parts.outbox.add(db, message, parts.clock.today())
            self._journal.numbered(db, ticket)
        parts.wake()
        return Issued(ticket)

    def _without(self, visit: Visit, reason: str) -> NoNumber:
        with self._parts.storage.transaction() as db:
            question = self._book.decide_without(db, visit.visit_id, VisitState.NO_NUMBER, reason)
            if question and reason == AWAY:
                self._recovery.void_unheard(db, visit, question)
        self._parts.wake()
        return self._no_number(visit, reason)

    def _no_number(self, visit: Visit, reason: str) -> NoNumber:
        kept = self._parts.outbox.state_of(visit.visit_id, APPLICATION) is not None
        return NoNumber(reason, reference_of(visit.visit_id) if kept else "")


def _within(wait_s: float, ask: Callable[[], Outcome[TicketOut]]) -> Outcome[TicketOut] | None:
    """The answer, or None when it takes too long; the call then ends unheard on its own thread."""
    answers: queue.SimpleQueue[Outcome[TicketOut] | BaseException] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(ask())
        except BaseException as error:  # noqa: BLE001 - raised again on the caller's thread
            answers.put(error)

    threading.Thread(target=run, name="desk-asks", daemon=True).start()
    try:
        answer = answers.get(timeout=wait_s)
    except queue.Empty:
        return None
    if isinstance(answer, BaseException):
        raise answer
    return answer
