"""Events of the errand "apply": facts that have happened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person
from kiosk.domain.ticket import Ticket
from kiosk.flows.application.states import CardTrouble, PaperTrouble
from kiosk.flows.session import BackAsked as BackAsked  # noqa: PLC0414 - every errand's
from kiosk.flows.session import ServiceResumed as ServiceResumed  # noqa: PLC0414 - the same
from kiosk.flows.session import ServiceStopped as ServiceStopped  # noqa: PLC0414 - the same
from kiosk.forms.views import Answer, Text

# What the person did.


@dataclass(frozen=True, slots=True)
class BeginAsked:
    """The person wants to apply."""


@dataclass(frozen=True, slots=True)
class DocumentToggled:
    """The person chose a document, or took the choice back."""

    document: DocumentKind


@dataclass(frozen=True, slots=True)
class NextAsked:
    """The main action of the screen: go on."""


@dataclass(frozen=True, slots=True)
class PersonDenied:
    """The person on the card is not the one here: start again with another card."""


@dataclass(frozen=True, slots=True)
class FieldFocused:
    """The person touched a field; an empty key closes the keyboard."""

    field: str


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """The person typed or chose; sent with every key stroke."""

    field: str
    value: Answer


@dataclass(frozen=True, slots=True)
class SectionShown:
    """The person turned to another section of the review."""

    index: int


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """The person wants to change a fact seen in the review."""

    page: str


@dataclass(frozen=True, slots=True)
class PaperTaken:
    """The person says they have the ticket, or a sensor saw it go."""


@dataclass(frozen=True, slots=True)
class ShowNumberAsked:
    """The person does not want to wait for the printer."""


@dataclass(frozen=True, slots=True)
class EnquiryTicketAsked:
    """A ticket for the enquiry window, without an application."""

    visit_id: str


@dataclass(frozen=True, slots=True)
class SubmitAsked:
    """Everything is right; submit.

    Args:
        visit_id: made by whoever reports the touch, so that the table stays pure.
    """

    visit_id: str


# What devices and services did.


@dataclass(frozen=True, slots=True)
class CardFound:
    """A card lies on the reader; reading begins."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """The card was read.

    Args:
        person: its holder.
        today: the hall's date when it was read; ages and expiry count from it.
    """

    person: Person
    today: date


@dataclass(frozen=True, slots=True)
class CardTroubled:
    """The card, or the reader, could not do it."""

    trouble: CardTrouble


@dataclass(frozen=True, slots=True)
class TicketIssued:
    """A number has been given and is durable."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class NumberUnavailable:
    """No number can be had now: central is away and the leased range is used up, or it refused.

    Args:
        reason: says why and where to go.
        reference: of the kept application.
    """

    reason: Text
    reference: str = ""


@dataclass(frozen=True, slots=True)
class TicketPrinted:
    """The printer confirmed the paper."""

    ticket_id: str


@dataclass(frozen=True, slots=True)
class TicketNotPrinted:
    """Surely nothing came out."""

    ticket_id: str
    trouble: PaperTrouble


@dataclass(frozen=True, slots=True)
class TicketDoubtful:
    """Something may have come out."""

    ticket_id: str
    trouble: PaperTrouble


@dataclass(frozen=True, slots=True)
class PrinterReady:
    """The printer can print again."""


CITIZEN_EVENTS: frozenset[type[Any]] = frozenset(
    {
        BeginAsked,
        DocumentToggled,
        NextAsked,
        BackAsked,
        PersonDenied,
        FieldFocused,
        AnswerGiven,
        SectionShown,
        ChangeAsked,
        PaperTaken,
        ShowNumberAsked,
        EnquiryTicketAsked,
        SubmitAsked,
    }
)
"""What the person does; everything else comes from devices and services."""
