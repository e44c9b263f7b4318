"""Bookings: a slot at a hall, held for one person, and checking in with it (domain facts 9.3).

    GET  /v1/bookings/slots?hall_id=&service_id=      what is free
    POST /v1/bookings                                 book            BookingIn -> Booking
    GET  /v1/bookings/{booking_id}                    show            Booking
    POST /v1/bookings/{booking_id}/cancel             give it back    BookingCancel -> Booking
    POST /v1/bookings/check-in                        at the machine  CheckIn -> CheckedIn

Whoever books makes the booking's id, from 128 random bits or more: knowing it is the right to see
and to cancel the booking. The code is for people, to be typed at a machine. What comes back names
nobody. Writes carry an `Idempotency-Key`.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field, model_validator

from kiosk.central.contract.base import Id, Model, Moment, ShortText
from kiosk.central.contract.tickets import TicketOut
from kiosk.domain.queueing import Need

BookingId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{21,63}$")]
"""made by whoever books: 128 random bits or more"""
BookingCode = Annotated[str, Field(pattern=r"^[0-9]{8}$")]
"""as the person reads and types it"""
HolderNumber = Annotated[str, Field(pattern=r"^[0-9A-Z]{5,18}$")]
"""of the ID card or another document; central keeps only a keyed hash"""
Phone = Annotated[str, Field(pattern=r"^[0-9]{10,12}$")]
Services = Annotated[tuple[Id, ...], Field(min_length=1, max_length=10)]
Names = dict[str, ShortText]
"""by locale: zh_CN, en, zh_Hant"""


class Slot(Model):
    """A stretch of time in which so many people are expected."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    places: Annotated[int, Field(ge=0)]
    left: Annotated[int, Field(ge=0)]
    """free now; 0 when all are taken or the slot has begun"""


class BookingDay(Model):
    """One day's slots."""

    day: date
    slots: tuple[Slot, ...]
    """in order; empty on holidays and closed days"""


class Slots(Model):
    """What can be booked at a hall for a service."""

    hall_id: Id
    service_id: Id
    at: AwareDatetime
    days: tuple[BookingDay, ...]
    """from today on, as far ahead as policy lets people book"""


class BookingIn(Model):
    """Somebody books a slot."""

    booking_id: BookingId
    hall_id: Id
    services: Services
    """of the one visit; the place is taken from the first of them in the order of the hall"""
    starts_at: Moment
    """of the slot, as offered"""
    holder_number: HolderNumber
    phone: Phone | None = None
    """for the reminder; sealed, and wiped after the day"""


class BookingState(StrEnum):
    """What became of a booking."""

    BOOKED = "booked"
    USED = "used"  # checked in on time; the ticket is of the booked class
    FELL_BACK = "fell_back"  # not used in time; its holder queues like everybody
    CANCELLED = "cancelled"


class Reminder(Model):
    """What to tell whoever booked: when, where, and what to bring."""

    come_from: AwareDatetime
    """check-in opens"""
    come_until: AwareDatetime
    """check-in closes; afterwards an ordinary ticket"""
    cancel_until: AwareDatetime
    hall_names: Names
    address: Names
    """empty where the catalogue has none"""
    bring: tuple[Names, ...]


class Booking(Model):
    """A booking as anybody who has its id or checks in with it may see it."""

    booking_id: BookingId
    code: BookingCode
    hall_id: Id
    services: tuple[Id, ...]
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    state: BookingState
    ticket_id: Id | None = None
    """that it became"""
    reminder: Reminder


class BookingCancel(Model):
    """Whoever booked gives the place back."""

    reason: ShortText = ""


class CheckIn(Model):
    """Somebody comes to a machine and says they have booked.

    Named by document number or by code, exactly one. On time, the ticket comes back in the same
    answer. Otherwise nothing happens, unless `fall_back` asks for an ordinary ticket with the
    booking's services: offer that once the person has read why the booking does not hold.
    """

    ticket_id: Id
    """made by the machine; the same in both calls"""
    machine_id: Id
    hall_id: Id
    holder_number: HolderNumber | None = None
    code: BookingCode | None = None
    services: Annotated[tuple[Id, ...], Field(max_length=10)] = ()
    """more services of the same visit"""
    application_id: Id | None = None
    need: Need | None = None
    taken_at: Moment
    fall_back: bool = False

    @model_validator(mode="after")
    def _named_once(self) -> "CheckIn":
        if (self.holder_number is None) == (self.code is None):
            raise ValueError("either holder_number or code")
        return self


class CheckInOutcome(StrEnum):
    """What a booking is worth where and when its holder came; closed list."""

    ON_TIME = "on_time"
    EARLY = "early"  # come back from `reminder.come_from` on, or queue like everybody
    LATE = "late"
    WRONG_DAY = "wrong_day"
    WRONG_HALL = "wrong_hall"
    ALREADY_USED = "already_used"  # `ticket` is the one it became
    CANCELLED = "cancelled"
    NOT_FOUND = "not_found"


class CheckedIn(Model):
    """The answer at the machine."""

    outcome: CheckInOutcome
    booking: Booking | None
    """None only for `not_found`"""
    ticket: TicketOut | None
    """booked class when on time; ordinary after `fall_back`; the earlier one when already used"""
