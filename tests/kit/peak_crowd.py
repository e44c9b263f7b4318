"""Who comes on a peak day, when, what for, and who of them has booked."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.bookings import Booking, BookingIn
from kiosk.central.server.bookings import books, slots
from kiosk.central.server.bookings.slots import Place
from kiosk.central.server.problems import RefusalError
from kiosk.domain.queueing import Need
from tests.kit.bookings import holder
from tests.kit.central import HALL, MORNING, new_id
from tests.kit.queue_hall import Hall

SERVICES = ("passport", "hk_macao_permit")
OPENS, CLOSES = time(9), time(17)
_GREEN = (Need.SCHOOL_START, Need.RELATIVE_ILL_OR_DEAD, Need.VISA_LAPSING)


@dataclass(slots=True)
class Person:
    """Somebody who comes.

    Args:
        number: of the document.
        comes: when.
        services: what for.
        need: why before others, if so.
        at_second_kiosk: whether at the kiosk that will be cut off.
        booking: that they have made, None for none.
    """

    number: str
    comes: datetime
    services: tuple[str, ...]
    need: Need | None
    at_second_kiosk: bool
    booking: Booking | None = None


class Crowd:
    """Draws the people of a day.

    Args:
        hall: where they book.
        rng: that everything is drawn from.
    """

    def __init__(self, hall: Hall, rng: random.Random) -> None:
        self._hall = hall
        self._rng = rng

    def person(self, n: int) -> Person:
        """The n-th of the day."""
        rng = self._rng
        services = SERVICES if rng.random() < 0.15 else (rng.choice(SERVICES),)
        need = None
        if rng.random() < 0.03:
            need = rng.choice(_GREEN)
        elif rng.random() < 0.12:
            need = rng.choice((Need.AGE, Need.PREGNANT, Need.DISABLED))
        made = Person(holder(n), self._comes(), services, need, rng.random() < 1 / 3)
        if rng.random() < 0.12:
            self._book(made)
        return made

    def _comes(self) -> datetime:
        """Two humps, at half past nine and at half past two; the rest spread over the day."""
        drawn = self._rng.random()
        hours = self._rng.uniform(OPENS.hour, CLOSES.hour - 0.1)
        if drawn < 0.45:
            hours = self._rng.gauss(9.75, 0.6)
        elif drawn < 0.75:
            hours = self._rng.gauss(14.5, 0.8)
        hours = min(max(hours, OPENS.hour), CLOSES.hour - 0.1)
        return at(OPENS) + timedelta(hours=hours - OPENS.hour)

    def _book(self, person: Person) -> None:
        place = Place(HALL, person.services[0])
        slot = self._rng.choice(slots.of_day(MORNING.date(), place, MORNING.tzinfo))
        wanted = BookingIn(
            booking_id=new_id("booking"),
            hall_id=HALL,
            services=person.services,
            starts_at=slot.starts_at,
            holder_number=person.number,
        )
        try:
            made = self._hall.do(lambda tx, office: books.book(tx, office, wanted)).value
        except RefusalError as refused:
            if refused.code is not ErrorCode.SLOT_FULL:
                raise
            return
        assert isinstance(made, Booking)
        person.booking = made
        # Most come a little before their slot, some far too early, some too late.
        early_min = self._rng.choice((10, 5, 5, 0, 0, -10, 45, -60))
        person.comes = slot.starts_at - timedelta(minutes=early_min)


def at(clock: time) -> datetime:
    """A moment of the day."""
    return datetime.combine(MORNING.date(), clock, MORNING.tzinfo)
