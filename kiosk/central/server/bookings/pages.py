"""Citizens book: `/book`, three steps, each a plain page that needs no script."""

import re
import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from babel.dates import format_date
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection
from starlette.datastructures import UploadFile

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.bookings import BookingCancel, BookingDay, BookingIn, Slot
from kiosk.central.server import keys
from kiosk.central.server.bookings import books, find, slots
from kiosk.central.server.bookings.calendar import entry
from kiosk.central.server.bookings.slots import Place
from kiosk.central.server.desk import office_of
from kiosk.central.server.display import page_assets
from kiosk.central.server.keys import Delivery, Done
from kiosk.central.server.office import Office
from kiosk.central.server.pages.page import show
from kiosk.central.server.pages.words import LANGUAGE_COOKIE, OFFERED, speech_of
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.queue import picture
from kiosk.central.server.staff.guard import require_own_origin
from kiosk.domain import id_number
from kiosk.domain.id_number import IdNumber

T = TypeVar("T")
HOME = "/book"
pages = APIRouter(prefix=HOME, include_in_schema=False)
Services = Annotated[list[str], Query(max_length=10)]
_NUMBER = re.compile(r"[0-9A-Z]{5,18}")
_PHONE = re.compile(r"[0-9]{10,12}")
_RESIDENT = 18


@pages.get("")
async def what(http: Request, hall: str = "", wrong: str = "") -> Response:
    """First step: which hall, what for."""
    office = office_of(http)
    hall_id = hall if hall in office.offers.by_hall else next(iter(office.offers.by_hall))
    waiting = await _ask(http, lambda tx: picture.halls(tx, office, None))
    values = {
        "offer": office.offers.by_hall[hall_id],
        "halls": waiting.halls,
        "hall_id": hall_id,
        "wrong": wrong,
    }
    return _page(http, "book/what.html", values)


@pages.get("/time")
async def when(http: Request, hall: str, services: Services = [], day: str = "") -> Response:  # noqa: B006 - FastAPI copies it
    """Second step: which day and slot."""
    if not services:
        return RedirectResponse(f"{HOME}?hall={hall}&wrong=nothing", 303)
    office = office_of(http)
    chosen = office.offers.of(hall, status=404).ordered(services)
    place = Place(hall, chosen[0].service_id)
    offered = await _ask(http, lambda tx: slots.offered(tx, office, place))
    days = [one for one in offered.days if one.slots]
    free = [one for one in days if any(slot.left for slot in one.slots)]
    shown = next((one for one in days if one.day.isoformat() == day), None)
    shown = shown or next(iter(free), None) or days[0]
    values = {
        "hall_id": hall,
        "services": chosen,
        "days": offered.days,
        "free": {one.day for one in free},
        "shown": shown,
        "parts_of_day": _parts(shown, place, office.clock.now()),
    }
    return _page(http, "book/time.html", values)


@pages.get("/person")
async def who(http: Request, hall: str, starts: str, services: Services = []) -> Response:  # noqa: B006 - FastAPI copies it
    """Third step: whose booking."""
    return await _person(http, {"hall": hall, "starts": starts}, services)


@pages.post("/person")
async def book(http: Request) -> Response:
    """Book, once per page however often the button is pressed."""
    require_own_origin(http)
    fields, services = await _form(http)
    number = fields.get("number", "").replace(" ", "").upper()
    phone = re.sub(r"[ +-]", "", fields.get("phone", ""))
    if not is_number(number):
        return await _person(http, fields, services, "number")
    if phone and not _PHONE.fullmatch(phone):
        return await _person(http, fields, services, "phone")
    wanted = _wanted(fields, services, number, phone)
    refused = await _once(http, wanted.booking_id, lambda tx, o: books.book(tx, o, wanted))
    if refused is not None:
        return await _person(http, fields, services, refused)
    return RedirectResponse(f"{HOME}/done/{wanted.booking_id}", 303)


@pages.get("/done/{booking_id}")
async def done(http: Request, booking_id: str, wrong: str = "") -> Response:
    """The booking: code, time, place, what to bring."""
    office = office_of(http)
    found = await _ask(http, lambda tx: books.show(tx, office, booking_id))
    offer = office.offers.by_hall[found.hall_id]
    names = [one for one in offer.services if one.service_id in found.services]
    cancellable = office.clock.now() <= found.reminder.cancel_until
    values = {"booking": found, "services": names, "wrong": wrong, "cancellable": cancellable}
    return _page(http, "book/done.html", values)


@pages.post("/done/{booking_id}/cancel")
async def cancel(http: Request, booking_id: str) -> Response:
    """Give the place back."""
    require_own_origin(http)
    request = BookingCancel()
    key = f"cancel-{booking_id}-{secrets.token_hex(4)}"
    refused = await _once(http, key, lambda tx, o: books.cancel(tx, o, booking_id, request))
    wrong = f"?wrong={refused}" if refused else ""
    return RedirectResponse(f"{HOME}/done/{booking_id}{wrong}", 303)


@pages.get("/done/{booking_id}/calendar.ics")
async def calendar(http: Request, booking_id: str) -> Response:
    """The booking for a calendar."""
    office = office_of(http)
    found = await _ask(http, lambda tx: books.show(tx, office, booking_id))
    return Response(entry(found, speech_of(http)), media_type="text/calendar; charset=utf-8")


@pages.get("/find")
async def find_page(http: Request) -> Response:
    """Ask for code and number."""
    return _page(http, "book/find.html", {"wrong": ""})


@pages.post("/find")
async def found(http: Request) -> Response:
    """Go to a booking by its code and its holder's number."""
    require_own_origin(http)
    fields, _services = await _form(http)
    number = fields.get("number", "").replace(" ", "").upper()
    code = re.sub(r"\D", "", fields.get("code", ""))
    office = office_of(http)
    booking_id = await _ask(http, lambda tx: find.by_code(tx, office, code, number))
    if booking_id is None:
        return _page(http, "book/find.html", {"wrong": "not_found"}, 404)
    return RedirectResponse(f"{HOME}/done/{booking_id}", 303)


@pages.get("/language/{name}")
async def language(http: Request, name: str) -> Response:
    """Remember a language in this browser."""
    back = http.query_params.get("next", "")
    answer = RedirectResponse(back if _is_ours(back) else HOME, 303)
    if name in OFFERED:
        answer.set_cookie(LANGUAGE_COOKIE, name, max_age=31536000, httponly=True, samesite="strict")
    return answer


def is_number(number: str) -> bool:
    """Whether a document can have this number; an ID card's is checked to its last character."""
    if len(number) == _RESIDENT:
        return isinstance(id_number.parse(number), IdNumber)
    return bool(_NUMBER.fullmatch(number))


async def _person(
    http: Request, fields: dict[str, str], services: list[str], wrong: str = ""
) -> Response:
    office = office_of(http)
    hall = fields.get("hall", "")
    chosen = office.offers.of(hall, status=404).ordered(services or ("",))
    try:
        starts_at = datetime.fromisoformat(fields.get("starts", ""))
        slot = slots.bookable(office, Place(hall, chosen[0].service_id), starts_at)
    except (ValueError, TypeError):
        raise RefusalError(404, ErrorCode.NO_SUCH_SLOT) from None
    except RefusalError:
        return RedirectResponse(f"{HOME}?hall={hall}&wrong=no_such_slot", 303)
    values = {
        "hall_id": hall,
        "services": chosen,
        "slot": slot,
        "number": fields.get("number", ""),
        "phone": fields.get("phone", ""),
        "booking_id": fields.get("booking_id") or "b" + secrets.token_urlsafe(18),
        "wrong": wrong,
    }
    return _page(http, "book/person.html", values, 422 if wrong else 200)


def _wanted(fields: dict[str, str], services: list[str], number: str, phone: str) -> BookingIn:
    """What the form asks for.

    Raises:
        RefusalError: it is none that our page makes.
    """
    try:
        return BookingIn(
            booking_id=fields.get("booking_id", ""),
            hall_id=fields.get("hall", ""),
            services=tuple(services),
            starts_at=datetime.fromisoformat(fields.get("starts", "")),
            holder_number=number,
            phone=phone or None,
        )
    except ValueError:
        raise RefusalError(422, ErrorCode.BAD_REQUEST) from None


async def _form(http: Request) -> tuple[dict[str, str], list[str]]:
    async with http.form(max_files=0, max_fields=40) as form:
        said = [(k, v.strip()) for k, v in form.multi_items() if not isinstance(v, UploadFile)]
    return dict(said), [value for name, value in said if name == "services"]


async def _ask(http: Request, work: Callable[[Connection], T]) -> T:
    office = office_of(http)

    def ask() -> T:
        with office.database.transaction() as connection:
            return work(connection)

    return await office.database.run(ask)


async def _once(
    http: Request, key: str, effect: Callable[[Connection, Office], Done]
) -> str | None:
    """Have an effect once per key; why it was refused, None when it was not."""
    office = office_of(http)
    # What a person typed is part of the request: another number is another wish.
    delivery = Delivery(f"book:{key}:{secrets.token_hex(8)}", b"", office.clock.now())
    try:
        await office.database.run(
            lambda: keys.once(office.database, delivery, lambda tx: effect(tx, office))
        )
    except RefusalError as refused:
        return refused.code if speech_of(http).has(f"book.wrong.{refused.code}") else "other"
    return None


def _parts(day: BookingDay, place: Place, now: datetime) -> list[tuple[str, list[Slot]]]:
    """The day's slots to come, by part of the day as the tables name the parts."""
    zone = day.slots[0].starts_at.tzinfo if day.slots else None
    part_of = {one.starts_at: one.part for one in slots.of_day(day.day, place, zone)}
    found: dict[str, list[Slot]] = {}
    for slot in day.slots:
        if slot.starts_at <= now:
            continue
        found.setdefault(part_of.get(slot.starts_at, ""), []).append(slot)
    return list(found.items())


def _is_ours(path: str) -> bool:
    """Whether a path leads to the booking pages and nowhere else."""
    return path == HOME or (path.startswith(f"{HOME}/") and "\\" not in path)


def _page(http: Request, template: str, values: dict[str, Any], status: int = 200) -> Response:
    speech = speech_of(http)

    def name_of(names: dict[str, str]) -> str:
        return names.get(speech.language) or names.get("zh_CN", "")

    own = {"wrong": "", "name_of": name_of, "weekday": lambda day: _weekday(day, speech.language)}
    return show(
        http, template, {**own, **values, "book_style": page_assets.path_of("book.css")}, status
    )


def _weekday(day: date, language: str) -> str:
    return str(format_date(day, "EEE", locale=language))
