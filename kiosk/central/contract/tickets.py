"""Tickets: one visit, one number; what became of its paper."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model, Moment, ShortText
from kiosk.domain.queueing import Need, TicketClass


class LeasedNumber(Model):
    """Names the number that a machine gave while cut off."""

    lease_id: Id
    n: Annotated[int, Field(ge=1, le=999_999)]


class TicketIn(Model):
    """One visit asks for its one ticket; or reports the one it gave while cut off."""

    ticket_id: Id
    machine_id: Id
    hall_id: Id
    services: Annotated[tuple[Id, ...], Field(min_length=1, max_length=10)]
    application_id: Id | None = None
    taken_at: Moment
    leased: LeasedNumber | None = None
    need: Need | None = None
    """why the visitor goes before others; central's policy decides what it is worth"""
    holder_number: Annotated[str, Field(pattern=r"^[0-9A-Z]{5,18}$")] | None = None
    """of the card that was read; central keeps only keyed hashes, to know its owner again"""


class TicketState(StrEnum):
    """What became of a ticket's paper; it counts as issued when its paper was seen.

    Where the ticket stands in the queue is another thing: `contract/queue.py`.
    """

    NUMBERED = "numbered"
    ISSUED = "issued"
    SHOWN = "shown"  # no paper; the number was shown and staff were told
    VOIDED = "voided"


class TicketOut(Model):
    """A ticket as central sees it."""

    ticket_id: Id
    number: ShortText
    """as called, for example A023"""
    hall_id: Id
    day: date
    services: tuple[Id, ...]
    windows: tuple[ShortText, ...]
    ahead: int
    estimate_min: int
    taken_at: AwareDatetime
    state: TicketState
    application_id: Id | None = None
    ticket_class: TicketClass = TicketClass.ORDINARY


class PaperOutcome(StrEnum):
    """What became of a ticket's paper."""

    PRINTED = "printed"
    SHOWN = "shown"
    VOIDED = "voided"


class PaperReport(Model):
    """A machine reports what became of a ticket's paper."""

    outcome: PaperOutcome
    at: Moment
    prints: Annotated[int, Field(ge=0, le=100)] = 1
