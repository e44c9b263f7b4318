"""The supervisor's pages: today, trends, machines, downloads."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from kiosk.central.contract import ErrorCode
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.desk import office_of
from kiosk.central.server.overview import export, machines, today, trends
from kiosk.central.server.pages.page import headers, show
from kiosk.central.server.pages.words import speech_of
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.staff.guard import Submission, posted, signed_in

pages = APIRouter(prefix="/staff", include_in_schema=False)
Supervisor = Annotated[Actor, Depends(signed_in(Role.SUPERVISOR))]
SupervisorForm = Annotated[Submission, Depends(posted(Role.SUPERVISOR))]
_LONGEST_EXPORT = timedelta(days=366)


@pages.get("")
async def today_page(http: Request, actor: Supervisor) -> Response:
    """The hall now."""
    office = office_of(http)

    def ask() -> today.Today:
        with office.database.transaction() as connection:
            return today.look(connection, office, actor.hall_id)

    offer = office.offers.of(actor.hall_id)
    services = {one.service_id: one.names for one in offer.services}
    values = {"now": await office.database.run(ask), "offer": offer, "services": services}
    return show(http, "overview/today.html", values)


@pages.get("/ratings")
async def ratings_page(http: Request, actor: Supervisor, month: str = "") -> Response:
    """One month by window and clerk, and the trends."""
    office = office_of(http)
    this = office.clock.now().date()
    first = _month(month) or this.replace(day=1)

    def ask() -> trends.Month:
        with office.database.transaction() as connection:
            return trends.month(connection, actor.hall_id, first, this)

    values = {"shown": await office.database.run(ask), "this": this}
    return show(http, "overview/ratings.html", values)


@pages.get("/charts/{name}.svg")
async def chart(http: Request, name: str, actor: Supervisor) -> Response:
    """A trend up to yesterday; today stands in the figures."""
    office = office_of(http)
    draw = trends.CHARTS.get(name)
    if draw is None:
        raise RefusalError(404, ErrorCode.NOT_FOUND)
    speech = speech_of(http)

    def ask() -> bytes:
        with office.database.transaction() as connection:
            return draw(connection, actor.hall_id, office.clock.now().date(), speech)

    svg = await office.database.run(ask)
    kept = {**headers(), "Content-Security-Policy": trends.CHART_POLICY}
    return Response(svg, media_type="image/svg+xml", headers=kept)


@pages.get("/machines")
async def machines_page(http: Request, actor: Supervisor) -> Response:
    """Every machine and each of its devices."""
    office = office_of(http)

    def ask() -> tuple[list[machines.Machine], list[machines.Trouble]]:
        with office.database.transaction() as connection:
            return (
                machines.of_hall(connection, office, actor.hall_id),
                machines.cases(connection, office, actor.hall_id),
            )

    found, cases = await office.database.run(ask)
    return show(http, "overview/machines.html", {"machines": found, "cases": cases})


@pages.post("/export")
async def export_ratings(http: Request, sent: SupervisorForm) -> Response:
    """Ratings of some days as CSV, in the shape of the mapping; recorded, so it is a form."""
    office = office_of(http)
    first, last = _day(sent.field("first")), _day(sent.field("last"))
    if not timedelta(0) <= last - first <= _LONGEST_EXPORT:
        raise RefusalError(422, ErrorCode.BAD_REQUEST)
    shape: export.Mapping = http.app.state.export_mapping

    def ask() -> bytes:
        with office.database.transaction() as connection:
            rows = export.lines(connection, office, sent.actor, shape, (first, last))
            return export.as_csv(rows)

    return _download(await office.database.run(ask), f"ratings-{first}-{last}.csv")


@pages.get("/windows.csv")
async def windows_csv(http: Request, actor: Supervisor, month: str = "") -> Response:
    """A month's sums by window and clerk as CSV; nothing personal."""
    office = office_of(http)
    this = office.clock.now().date()
    first = _month(month) or this.replace(day=1)

    def ask() -> trends.Month:
        with office.database.transaction() as connection:
            return trends.month(connection, actor.hall_id, first, this)

    shown = await office.database.run(ask)
    rows = trends.table(shown, speech_of(http))
    return _download(export.as_csv(iter(rows)), f"windows-{first:%Y-%m}.csv")


def _download(content: bytes, name: str) -> Response:
    attached = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="text/csv", headers={**headers(), **attached})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise RefusalError(422, ErrorCode.BAD_REQUEST) from wrong


def _month(text: str) -> date | None:
    return _day(f"{text}-01") if text else None
