"""Events of the errand "take a number"; cards and papers are those of the errand "apply"."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk.domain.queueing import Need
from kiosk.domain.text import Text
from kiosk.flows.ticket.states import Place, Query


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


CITIZEN_EVENTS: frozenset[type[Any]] = frozenset(
    {
        NumberAsked,
        ServiceChosen,
        WithoutCardAsked,
        NeedToggled,
        UrgencyAsked,
        NumberTaken,
        PlaceAsked,
        TextTyped,
        PaperAsked,
    }
)
"""What the visitor does; everything else comes from devices and services."""
