"""Events of the errand "take a number"; cards and papers are those of the errand "apply"."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk.domain.queueing import Need
from kiosk.domain.text import Text
from kiosk.domain.ticket import Ticket
from kiosk.flows.ticket.standing import Application
from kiosk.flows.ticket.states import BookedSlot, BookingTrouble, Place, Query


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """The visitor wants a number without filling in a form."""


@dataclass(frozen=True, slots=True)
class ServiceChosen:
    """The visitor chose what they have come for."""

    service_id: str


@dataclass(frozen=True, slots=True)
class WithoutCardAsked:
    """The visitor goes on without an identity card.

    Args:
        today: the hall's date.
    """

    today: date


@dataclass(frozen=True, slots=True)
class NeedToggled:
    """The visitor named a reason to go first, or took it back."""

    need: Need


@dataclass(frozen=True, slots=True)
class PriorityAsked:
    """Somebody who has filled in the form has a reason to go first."""


@dataclass(frozen=True, slots=True)
class UrgencyAsked:
    """The visitor wants to read the reasons of the green channel."""


@dataclass(frozen=True, slots=True)
class NumberTaken:
    """The visitor has said everything and wants the number.

    Args:
        visit_id: made by whoever reports the touch, so that the table stays pure.
    """

    visit_id: str


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """The visitor has a ticket and wants to know about it, or has lost it."""


@dataclass(frozen=True, slots=True)
class TextTyped:
    """The visitor typed; sent with every key stroke."""

    text: str


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """The visitor wants the ticket's paper once more."""


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """Central knows the ticket."""

    query: Query
    place: Place


@dataclass(frozen=True, slots=True)
class PlaceUnknown:
    """Central knows no such ticket, or cannot be asked."""

    query: Query
    reason: Text


@dataclass(frozen=True, slots=True)
class BookingAsked:
    """The visitor has booked a slot.

    Args:
        visit_id: made by whoever reports the touch.
    """

    visit_id: str


@dataclass(frozen=True, slots=True)
class OrdinaryAsked:
    """The booking does not hold; the visitor queues like everybody."""


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The booking became a ticket, which is durable here.

    Args:
        visit_id: of the check-in.
        ticket: with its number; may be one that was printed before.
        copy: whether it was given in an earlier check-in.
    """

    visit_id: str
    ticket: Ticket
    copy: bool = False


@dataclass(frozen=True, slots=True)
class BookingRefused:
    """The booking does not hold here and now."""

    visit_id: str
    trouble: BookingTrouble
    slot: BookedSlot


@dataclass(frozen=True, slots=True)
class BookingUnknown:
    """No such booking, or central cannot be asked."""

    visit_id: str
    reason: Text


@dataclass(frozen=True, slots=True)
class ProgressAsked:
    """Somebody has applied and wants to know how far it is."""


@dataclass(frozen=True, slots=True)
class ProgressFound:
    """Central knows applications of this card's holder.

    Args:
        query: the question it answers.
        applications: newest first; at least one.
    """

    query: Query
    applications: tuple[Application, ...]


@dataclass(frozen=True, slots=True)
class ProgressUnknown:
    """Central knows none, or cannot be asked."""

    query: Query
    reason: Text


CITIZEN_EVENTS: frozenset[type[Any]] = frozenset(
    {
        NumberAsked,
        ServiceChosen,
        WithoutCardAsked,
        NeedToggled,
        PriorityAsked,
        UrgencyAsked,
        NumberTaken,
        PlaceAsked,
        TextTyped,
        PaperAsked,
        BookingAsked,
        OrdinaryAsked,
        ProgressAsked,
    }
)
"""What the visitor does; everything else comes from devices and services."""
