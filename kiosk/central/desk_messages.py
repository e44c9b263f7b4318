"""What the desk tells central, in central's words."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from kiosk.central.contract import (
    ApplicationIn,
    DocumentIn,
    IdentityIn,
    LeasedNumber,
    Model,
    PaperOutcome,
    PaperReport,
    StaffCall,
    TicketIn,
    TicketOut,
)
from kiosk.central.leases import TakenNumber
from kiosk.central.outbox import Message
from kiosk.domain.claim import Claim
from kiosk.domain.person import Person
from kiosk.domain.ticket import Ticket
from kiosk.forms.bundle import ApplicationBundle

APPLICATION = "application"
TICKET = "ticket"
ASK = "ask"
PAPER = "paper"
STAFF = "staff_call"

OUTCOMES = {
    "taken": PaperOutcome.PRINTED,
    "shown": PaperOutcome.SHOWN,
    "voided": PaperOutcome.VOIDED,
}
"""How a ticket can end, and what central calls it."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Who speaks.

    Args:
        machine_id: of the machine.
        hall_id: its hall.
    """

    machine_id: str
    hall_id: str

    def application(
        self, visit_id: str, bundle: ApplicationBundle, made_at: datetime, language: str
    ) -> Message:
        """The application of a visit; it has the visit's id.

        Raises:
            ValueError: the bundle does not fit the contract; names fields only.
        """
        try:
            body = ApplicationIn(
                application_id=visit_id,
                machine_id=self.machine_id,
                hall_id=self.hall_id,
                made_at=made_at,
                form_version=bundle.form_version,
                language=language,
                identity=_identity(bundle.person),
                documents=tuple(
                    DocumentIn(kind=one.kind.value, fields=one.fields) for one in bundle.documents
                ),
            )
        except ValidationError as error:
            # The library quotes what it refuses, and that is what a citizen wrote.
            places = {".".join(str(part) for part in one["loc"]) for one in error.errors()}
            msg = f"application does not fit the contract: {', '.join(sorted(places))}"
            raise ValueError(msg) from None
        return _message(visit_id, APPLICATION, "/v1/applications", body)

    def ask(
        self,
        visit_id: str,
        services: tuple[str, ...],
        taken_at: datetime,
        application_id: str | None,
        claim: Claim = Claim(),  # noqa: B008 - frozen
    ) -> TicketIn:
        """A visit asks for its one number."""
        return TicketIn(
            ticket_id=visit_id,
            machine_id=self.machine_id,
            hall_id=self.hall_id,
            services=services,
            application_id=application_id,
            taken_at=taken_at,
            need=claim.need,
            holder_number=claim.holder_number or None,
        )

    def leased(self, asked: TicketIn, taken: TakenNumber) -> Message:
        """The number a visit was given while central was away."""
        number = LeasedNumber(lease_id=taken.lease_id, n=taken.n)
        body = asked.model_copy(update={"leased": number})
        return _message(asked.ticket_id, TICKET, "/v1/tickets", body)

    def staff_call(self, call_id: str, reason: str, subject: str, at: datetime) -> Message:
        """Somebody needs help here; not held up by anything else that waits."""
        body = StaffCall(
            machine_id=self.machine_id,
            hall_id=self.hall_id,
            reason=reason,
            subject=subject,
            at=at,
        )
        return _message(f"staff-{call_id}", STAFF, "/v1/staff-calls", body)


def asked_again(visit_id: str, question: str, key: str) -> Message:
    """The question whose answer was never heard, under its own key: now it gets an answer."""
    return Message(visit_id, ASK, "/v1/tickets", question.encode(), key=key, may_be_refused=True)


def paper(
    ticket_id: str, outcome: str, at: datetime, *, prints: int, needs: int | None = None
) -> Message:
    """What became of a ticket's paper.

    Args:
        ticket_id: which ticket.
        outcome: a key of `OUTCOMES`.
        at: when.
        prints: sheets that came out or may have.
        needs: the message that makes the ticket known to central, when one waits.
    """
    report = PaperReport(outcome=OUTCOMES[outcome], at=at, prints=min(prints, 100))
    body = report.model_dump_json().encode()
    return Message(ticket_id, PAPER, f"/v1/tickets/{ticket_id}/paper", body, needs=needs)


def ticket_of(answer: TicketOut) -> Ticket:
    """A ticket as the machine keeps it."""
    return Ticket(
        ticket_id=answer.ticket_id,
        number=answer.number,
        day=answer.day,
        issued_at=answer.taken_at,
        services=answer.services,
        windows=answer.windows,
        ahead=answer.ahead,
        estimate_min=answer.estimate_min,
        ticket_class=answer.ticket_class,
    )


def _identity(person: Person) -> IdentityIn:
    return IdentityIn(
        card_kind=person.card_kind.value,
        name=person.name,
        latin_name=person.latin_name,
        sex=person.sex.value,
        birth=person.birth,
        number=person.number,
        ethnicity=person.ethnicity,
        address=person.address,
        issuer=person.issuer,
        valid_from=person.valid_from,
        valid_to=person.valid_to,
        nationality=person.nationality,
    )


def _message(subject: str, kind: str, path: str, body: Model) -> Message:
    return Message(subject, kind, path, body.model_dump_json().encode())
