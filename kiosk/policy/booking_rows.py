"""Rows of the tables about bookings."""

from datetime import time
from typing import Annotated, Self

from pydantic import Field, StrictInt, model_validator

from kiosk.policy.rows import Key, Row

Weekday = Annotated[StrictInt, Field(ge=1, le=7)]
"""1 is Monday"""
Weekdays = Annotated[tuple[Weekday, ...], Field(min_length=1)]
Places = Annotated[StrictInt, Field(ge=1, le=500)]
Minutes = Annotated[StrictInt, Field(ge=0, le=7 * 24 * 60)]
_Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


class _Hours(Row):
    weekdays: Weekdays
    opens: time
    closes: time

    @model_validator(mode="after")
    def _hours_in_order(self) -> Self:
        if self.closes <= self.opens:
            msg = "closes does not lie behind opens"
            raise ValueError(msg)
        return self


class BookingHours(_Hours):
    """A part of the day that is cut into slots.

    Args:
        part: of the day; of rows for one part the one that names hall and service counts.
        weekdays: a day worked instead of a holiday counts as Friday; a holiday has no slots.
        opens: first slot begins.
        closes: last slot has ended.
        slot_min: length of a slot.
        places: people in each slot, for each service.
        halls: only these; empty for all.
        services: only these; empty for all.
    """

    part: Key
    slot_min: Annotated[StrictInt, Field(ge=5, le=240)]
    places: Places
    halls: tuple[_Id, ...] = ()
    services: tuple[_Id, ...] = ()

    def fits(self, hall_id: str, service_id: str) -> int | None:
        """How exactly the row is meant, None when it is not for this hall and service."""
        if (self.halls and hall_id not in self.halls) or (
            self.services and service_id not in self.services
        ):
            return None
        return bool(self.halls) + bool(self.services)


class BookingPeak(_Hours):
    """Days and hours with more windows, and so with more places.

    Args:
        name: of the season.
        weekdays: see `BookingHours`.
        opens: slots that begin from here on.
        closes: and before this.
        more_places: added to each slot.
    """

    name: Key
    more_places: Places


class BookingRules(Row):
    """How people book.

    Args:
        days_ahead: calendar days after today that can be booked.
        most_open: unused bookings that one person may have.
        early_min: check-in opens so long before the slot.
        late_min: and closes so long after its end.
        cancel_min: a booking may be cancelled until so long before its slot.
        keep_days: a booking is forgotten so many days after its own.
    """

    days_ahead: Annotated[StrictInt, Field(ge=0, le=60)]
    most_open: Annotated[StrictInt, Field(ge=1, le=20)]
    early_min: Minutes
    late_min: Minutes
    cancel_min: Minutes
    keep_days: Annotated[StrictInt, Field(ge=0, le=3650)]
