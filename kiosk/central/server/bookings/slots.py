"""Which slots a day has, from the dated tables, and how many of their places are taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import Connection, Integer, bindparam, select, text, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.bookings import BookingDay, Slot, Slots
from kiosk.central.server.bookings.tables import booking_slot
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.policy.booking_rows import BookingHours, BookingPeak, BookingRules
from kiosk.policy.loader import shipped
from kiosk.policy.working_days import work_calendar

_FRIDAY = 5
_TAKE = (
    text(
        "INSERT INTO booking_slot (hall_id, service_id, starts_at, taken)"
        " VALUES (:hall_id, :service_id, :starts_at, 1)"
        " ON CONFLICT (hall_id, service_id, starts_at) DO UPDATE"
        " SET taken = booking_slot.taken + 1 WHERE booking_slot.taken < :places"
        " RETURNING taken"
    )
    .bindparams(bindparam("starts_at", type_=booking_slot.c.starts_at.type))
    .columns(taken=Integer)
)
_TAKEN = select(booking_slot.c.starts_at, booking_slot.c.taken).where(
    booking_slot.c.hall_id == bindparam("hall_id"),
    booking_slot.c.service_id == bindparam("service_id"),
    booking_slot.c.starts_at >= bindparam("since"),
)


@dataclass(frozen=True, slots=True)
class SlotTime:
    """A slot as the tables have it; `part` names the part of the day."""

    starts_at: datetime
    ends_at: datetime
    places: int
    part: str


@dataclass(frozen=True, slots=True)
class Place:
    """Whose slots: of a service in a hall."""

    hall_id: str
    service_id: str


def rules_of(day: date) -> BookingRules:
    """How people book on a day."""
    return shipped().on(day).table(BookingRules)[0]


def of_day(day: date, place: Place, zone: tzinfo | None) -> tuple[SlotTime, ...]:
    """The slots of a day, in order.

    Args:
        day: which.
        place: hall and service.
        zone: of the hall.
    """
    weekday = _weekday(day)
    if weekday is None:
        return ()
    tables = shipped().on(day)
    peaks = [row for row in tables.table(BookingPeak) if weekday in row.weekdays]
    found: list[SlotTime] = []
    for hours in _parts(tables.table(BookingHours), place, weekday):
        step = timedelta(minutes=hours.slot_min)
        start, end = _at(day, hours.opens, zone), _at(day, hours.closes, zone)
        while start + step <= end:
            clock = start.time()
            more = sum(row.more_places for row in peaks if row.opens <= clock < row.closes)
            found.append(SlotTime(start, start + step, hours.places + more, hours.part))
            start += step
    return tuple(sorted(found, key=lambda one: one.starts_at))


def offered(connection: Connection, office: Office, place: Place) -> Slots:
    """Every slot from today on, with its free places.

    Raises:
        RefusalError: hall or service is unknown.
    """
    office.offers.of(place.hall_id, status=404).ordered((place.service_id,))
    now = office.clock.now()
    since = datetime.combine(now.date(), time.min, now.tzinfo)
    where = {"hall_id": place.hall_id, "service_id": place.service_id, "since": since}
    rows = connection.execute(_TAKEN, where)
    taken = {office.local(row.starts_at): row.taken for row in rows}
    return Slots(
        hall_id=place.hall_id,
        service_id=place.service_id,
        at=now,
        days=tuple(
            BookingDay(
                day=day,
                slots=tuple(
                    _shown(one, taken.get(one.starts_at, 0), now)
                    for one in of_day(day, place, now.tzinfo)
                ),
            )
            for day in days_open(now.date())
        ),
    )


def days_open(today: date) -> tuple[date, ...]:
    """Days that can be booked today."""
    ahead = rules_of(today).days_ahead
    return tuple(today + timedelta(days=n) for n in range(ahead + 1))


def bookable(office: Office, place: Place, starts_at: datetime) -> SlotTime:
    """The slot that begins at a moment.

    Raises:
        RefusalError: there is none that may still be booked.
    """
    now = office.clock.now()
    day = office.day_of(starts_at)
    slots = of_day(day, place, now.tzinfo) if day in days_open(now.date()) else ()
    slot = next((one for one in slots if one.starts_at == starts_at), None)
    if slot is None or slot.starts_at <= now:
        raise RefusalError(409, ErrorCode.NO_SUCH_SLOT)
    return slot


def take_place(connection: Connection, place: Place, slot: SlotTime) -> None:
    """Take one place; the row stays locked until the transaction ends, so none is taken twice.

    Raises:
        RefusalError: all are taken.
    """
    wanted = {
        "hall_id": place.hall_id,
        "service_id": place.service_id,
        "starts_at": slot.starts_at,
        "places": slot.places,
    }
    if connection.execute(_TAKE, wanted).one_or_none() is None:
        raise RefusalError(409, ErrorCode.SLOT_FULL)


def give_back(connection: Connection, place: Place, starts_at: datetime) -> None:
    """Free a place for somebody else."""
    connection.execute(
        update(booking_slot)
        .where(
            booking_slot.c.hall_id == place.hall_id,
            booking_slot.c.service_id == place.service_id,
            booking_slot.c.starts_at == starts_at,
        )
        .values(taken=booking_slot.c.taken - 1)
    )


def _weekday(day: date) -> int | None:
    """1 for Monday; None on a holiday; a weekend day that is worked instead counts as Friday."""
    calendar = work_calendar()
    if day in calendar.holidays:
        return None
    return min(day.isoweekday(), _FRIDAY) if calendar.is_worked(day) else day.isoweekday()


def _parts(rows: Iterable[BookingHours], place: Place, weekday: int) -> list[BookingHours]:
    """For each part of the day the row that is meant most exactly."""
    best: dict[str, tuple[int, BookingHours]] = {}
    for row in rows:
        fits = row.fits(place.hall_id, place.service_id)
        if fits is not None and (row.part not in best or fits > best[row.part][0]):
            best[row.part] = (fits, row)
    return [row for _fits, row in best.values() if weekday in row.weekdays]


def _at(day: date, clock: time, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, clock, zone)


def _shown(slot: SlotTime, taken: int, now: datetime) -> Slot:
    left = max(0, slot.places - taken) if now < slot.starts_at else 0
    return Slot(starts_at=slot.starts_at, ends_at=slot.ends_at, places=slot.places, left=left)
