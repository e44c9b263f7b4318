"""Visits and tickets as they stand in the machine's records; nothing personal is among them."""

import hashlib
import json
import sqlite3
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.central.desk_secrets import VisitSecrets, claim_of, claim_text
from kiosk.cipher import FieldCipher
from kiosk.domain.claim import Claim
from kiosk.domain.queueing import TicketClass
from kiosk.domain.ticket import Ticket
from kiosk.storage import Storage


class VisitState(StrEnum):
    """Where a visit stands."""

    OPEN = "open"
    """no decision yet"""
    NUMBERED = "numbered"
    NO_NUMBER = "no_number"
    """the citizen was told that there is none"""
    GIVEN_UP = "given_up"
    """the machine stopped before a decision; the application went out all the same"""


class PaperState(StrEnum):
    """Where a ticket's paper stands."""

    QUEUED = "queued"
    SENT = "sent"
    """bytes may have reached the printer, and nothing was heard since"""
    PRINTED = "printed"
    DOUBTFUL = "doubtful"
    NOT_PRINTED = "not_printed"


@dataclass(frozen=True, slots=True)
class Visit:
    """One citizen's coming.

    Args:
        visit_id: also the id of its application and its ticket.
        services: in the order they are visited.
        language: of the citizen.
        has_application: whether a form was filled.
        begun_at: when it was submitted.
        ask_key: idempotency key of the question for a number.
        claim: why they go first, and whose ticket it is.
        asked: the question as it may have left the machine, word for word; empty before.
        state: where it stands.
        reason: why there is no number.
    """

    visit_id: str
    services: tuple[str, ...]
    language: str
    has_application: bool
    begun_at: datetime
    ask_key: str
    claim: Claim = field(default_factory=Claim)
    asked: str = ""
    state: VisitState = VisitState.OPEN
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UnfinishedTicket:
    """A ticket whose end was never recorded.

    Args:
        ticket: as numbered.
        language: of its citizen.
        begun_at: when the visit was submitted, machine time.
        paper: last known state of its paper.
        copy: whether some paper may have come out already.
        prints: sheets that came out or may have.
    """

    ticket: Ticket
    language: str
    begun_at: datetime
    paper: PaperState
    copy: bool
    prints: int


class DeskBook:
    """Rows of visits and tickets.

    Args:
        storage: of the machine.
        cipher: seals what is personal in a visit until it is decided.
    """

    def __init__(self, storage: Storage, cipher: FieldCipher) -> None:
        self._storage = storage
        self._secrets = VisitSecrets(cipher)

    def begin(self, db: sqlite3.Connection, visit: Visit) -> None:
        """Write a new visit."""
        db.execute(
            """INSERT INTO visits(visit_id, services, language, has_application, begun_at, ask_key,
                                  claim)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (
                visit.visit_id,
                json.dumps(visit.services),
                visit.language,
                visit.has_application,
                visit.begun_at.isoformat(),
                visit.ask_key,
                self._secrets.sealed(visit.visit_id, "claim", claim_text(visit.claim)),
            ),
        )

    def visit(self, visit_id: str) -> Visit | None:
        """A visit, None when it never began."""
        found = self._storage.rows("SELECT * FROM visits WHERE visit_id = ?", visit_id)
        return self._visit(found[0]) if found else None

    def open_visits(self) -> tuple[Visit, ...]:
        """Visits without a decision, oldest first."""
        rows = self._storage.rows("SELECT * FROM visits WHERE state = 'open' ORDER BY begun_at")
        return tuple(self._visit(row) for row in rows)

    def mark_asked(self, db: sqlite3.Connection, visit_id: str, question: str) -> str | None:
        """Record that central is about to be asked.

        Args:
            db: of the transaction.
            visit_id: whose number is asked for.
            question: what will be sent.

        Returns:
            What must be sent: the first question counts, since its key was made for it. None when
            a decision was made meanwhile.
        """
        row = db.execute(
            """UPDATE visits SET asked = iif(asked = '', ?, asked)
               WHERE visit_id = ? AND state = 'open' RETURNING asked""",
            (self._secrets.sealed(visit_id, "asked", question), visit_id),
        ).fetchone()
        return self._secrets.opened(visit_id, "asked", row["asked"]) if row else None

    def decide_without(
        self, db: sqlite3.Connection, visit_id: str, state: VisitState, reason: str = ""
    ) -> str:
        """Close a visit without a number; returns the question central may have heard, or empty."""
        row = db.execute(
            """UPDATE visits SET state = ?, reason = ?, claim = ''
               WHERE visit_id = ? AND state = 'open' RETURNING asked""",
            (state.value, reason, visit_id),
        ).fetchone()
        return self._secrets.opened(visit_id, "asked", row["asked"]) if row else ""

    def number(self, db: sqlite3.Connection, ticket: Ticket) -> None:
        """Close a visit with its ticket."""
        db.execute(
            "UPDATE visits SET state = 'numbered', claim = '', asked = '' WHERE visit_id = ?",
            (ticket.ticket_id,),
        )
        details = asdict(ticket)
        for column in ("ticket_id", "number", "day", "issued_at"):
            del details[column]
        db.execute(
            """INSERT INTO tickets(ticket_id, number, day, issued_at, details)
               VALUES (?, ?, ?, ?, ?)""",
            (
                ticket.ticket_id,
                ticket.number,
                ticket.day.isoformat(),
                ticket.issued_at.isoformat(),
                json.dumps(details),
            ),
        )

    def ticket(self, ticket_id: str) -> Ticket | None:
        """A ticket, None when it was never numbered."""
        found = self._storage.rows("SELECT * FROM tickets WHERE ticket_id = ?", ticket_id)
        return _ticket(found[0]) if found else None

    def mark_paper(
        self, db: sqlite3.Connection, ticket_id: str, paper: PaperState, trouble: str = ""
    ) -> None:
        """Record where the paper stands.

        From `sent` on some paper may be out, until the printer says that surely none is. A try
        before this one that stayed in doubt keeps its doubt.
        """
        sending = paper is PaperState.SENT
        back = paper is PaperState.NOT_PRINTED
        db.execute(
            """UPDATE tickets SET
                   maybe_out = maybe_out OR (?1 AND paper IN ('sent', 'printed', 'doubtful')),
                   prints = max(0, prints + ?1 - ?2),
                   paper = ?3,
                   trouble = ?4
               WHERE ticket_id = ?5""",
            (sending, back, paper.value, trouble, ticket_id),
        )

    def settle(self, db: sqlite3.Connection, ticket_id: str, outcome: str) -> int | None:
        """Record how a ticket ended; the first word counts.

        Returns:
            Sheets printed, None when the ticket was settled before or is unknown.
        """
        row = db.execute(
            """UPDATE tickets SET outcome = ? WHERE ticket_id = ? AND outcome IS NULL
               RETURNING prints""",
            (outcome, ticket_id),
        ).fetchone()
        return int(row["prints"]) if row else None

    def unfinished(self) -> tuple[UnfinishedTicket, ...]:
        """Tickets that were never settled, oldest first."""
        rows = self._storage.rows(
            """SELECT tickets.*, visits.language, visits.begun_at FROM tickets
               JOIN visits ON visit_id = ticket_id WHERE outcome IS NULL ORDER BY begun_at"""
        )
        return tuple(
            UnfinishedTicket(
                ticket=_ticket(row),
                language=row["language"],
                begun_at=datetime.fromisoformat(row["begun_at"]),
                paper=PaperState(row["paper"]),
                copy=bool(row["maybe_out"]) or row["paper"] in ("sent", "printed", "doubtful"),
                prints=row["prints"],
            )
            for row in rows
        )

    def _visit(self, row: sqlite3.Row) -> Visit:
        visit_id = row["visit_id"]
        return Visit(
            visit_id=visit_id,
            services=tuple(json.loads(row["services"])),
            language=row["language"],
            has_application=bool(row["has_application"]),
            begun_at=datetime.fromisoformat(row["begun_at"]),
            ask_key=row["ask_key"],
            claim=claim_of(self._secrets.opened(visit_id, "claim", row["claim"])),
            asked=self._secrets.opened(visit_id, "asked", row["asked"]),
            state=VisitState(row["state"]),
            reason=row["reason"],
        )

    def purge(self, before: date) -> None:
        """Forget visits begun before a day, once nothing about them is open."""
        with self._storage.transaction() as db:
            day = before.isoformat()
            db.execute("DELETE FROM tickets WHERE day < ? AND outcome IS NOT NULL", (day,))
            db.execute(
                """DELETE FROM visits WHERE begun_at < ? AND state <> 'open'
                   AND visit_id NOT IN (SELECT ticket_id FROM tickets)""",
                (day,),
            )


def reference_of(visit_id: str) -> str:
    """A short code that a person can read out, derived from a visit's id.

    Six of 31 letters and digits that are not mistaken for each other: enough to tell a hall's day
    apart, and nothing can be learned from it.
    """
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXY"
    value = int.from_bytes(hashlib.sha256(visit_id.encode()).digest()[:8])
    letters = ""
    for _ in range(6):
        value, at = divmod(value, len(alphabet))
        letters += alphabet[at]
    return f"{letters[:3]}-{letters[3:]}"


def _ticket(row: sqlite3.Row) -> Ticket:
    details = json.loads(row["details"])
    return Ticket(
        ticket_id=row["ticket_id"],
        number=row["number"],
        day=date.fromisoformat(row["day"]),
        issued_at=datetime.fromisoformat(row["issued_at"]),
        services=tuple(details["services"]),
        windows=tuple(details["windows"]),
        ahead=details["ahead"],
        estimate_min=details["estimate_min"],
        from_lease=details["from_lease"],
        ticket_class=TicketClass(details["ticket_class"]),
    )
