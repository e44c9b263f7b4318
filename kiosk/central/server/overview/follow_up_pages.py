"""Pages about people to be called: follow-ups of bad ratings, and the day's drawn list."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from kiosk.central.contract import ErrorCode, Id
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.desk import office_of
from kiosk.central.server.pages.page import show
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.ratings import call_backs, follow_up_views, follow_ups
from kiosk.central.server.ratings.call_backs import Contact, Draw, Outcome
from kiosk.central.server.ratings.follow_up_views import FollowUp, Part, Step, Tally
from kiosk.central.server.ratings.rules import rating_policy
from kiosk.central.server.staff.guard import Submission, posted, signed_in
from kiosk.domain.follow_up import FollowUpAct

pages = APIRouter(prefix="/staff", include_in_schema=False)
Supervisor = Annotated[Actor, Depends(signed_in(Role.SUPERVISOR))]
SupervisorForm = Annotated[Submission, Depends(posted(Role.SUPERVISOR))]
_Page = Annotated[int, Query(ge=1, le=100_000)]
PER_PAGE = 100


@pages.get("/follow-ups")
async def list_page(
    http: Request, actor: Supervisor, closed: bool = False, page: _Page = 1
) -> Response:
    """Follow-ups, those that are due first on top."""
    office, hall_id = office_of(http), actor.hall_id
    part = Part(PER_PAGE, (page - 1) * PER_PAGE)

    def ask() -> tuple[list[FollowUp], Tally]:
        with office.database.transaction() as connection:
            lines = follow_up_views.of_hall(connection, office, hall_id, closed=closed, part=part)
            return lines, follow_up_views.tally(connection, office, hall_id, closed=closed)

    lines, tally = await office.database.run(ask)
    more = part.skip + len(lines) < tally.n
    values = {"lines": lines, "tally": tally, "closed": closed, "page": page, "more": more}
    return show(http, "overview/follow_ups.html", values)


@pages.get("/follow-ups/{follow_up_id}")
async def one_page(http: Request, actor: Supervisor, follow_up_id: Id) -> Response:
    """One bad rating and what was done about it; nothing says whose it is."""
    return await _one(http, actor, follow_up_id)


@pages.post("/follow-ups/{follow_up_id}")
async def act(http: Request, follow_up_id: Id, sent: SupervisorForm) -> Response:
    """Do something about it."""
    office = office_of(http)
    wanted = sent.field("act")
    if wanted not in set(FollowUpAct):
        raise RefusalError(422, ErrorCode.BAD_REQUEST)
    done = (FollowUpAct(wanted), sent.field("note"))

    def do() -> None:
        with office.database.transaction() as connection:
            follow_ups.act(connection, office, sent.actor, follow_up_id, done)

    await office.database.run(do)
    return RedirectResponse(f"/staff/follow-ups/{follow_up_id}", 303)


@pages.post("/follow-ups/{follow_up_id}/phone")
async def phone(http: Request, follow_up_id: Id, sent: SupervisorForm) -> Response:
    """Show the number of a citizen who asked to be called; the look is recorded."""
    office = office_of(http)

    def ask() -> str | None:
        with office.database.transaction() as connection:
            return follow_ups.phone_of(connection, office, sent.actor, follow_up_id)

    return await _one(http, sent.actor, follow_up_id, await office.database.run(ask))


@pages.get("/call-backs")
async def draw_page(http: Request, actor: Supervisor, day: str = "") -> Response:
    """The citizens drawn from a past day, by default the day before."""
    return await _draw(http, actor, day)


@pages.post("/call-backs/{day}/{position}/phone")
async def drawn_phone(http: Request, day: str, position: int, sent: SupervisorForm) -> Response:
    """Show a drawn citizen's name and number; the look is recorded."""
    office, which = office_of(http), _day(day)

    def ask() -> Contact | None:
        with office.database.transaction() as connection:
            return call_backs.contact_of(connection, office, sent.actor, which, position)

    return await _draw(http, sent.actor, day, (position, await office.database.run(ask)))


@pages.post("/call-backs/{day}/{position}")
async def record(http: Request, day: str, position: int, sent: SupervisorForm) -> Response:
    """Keep what a call brought."""
    office, which = office_of(http), _day(day)
    outcome = sent.field("outcome")
    if outcome not in set(Outcome):
        raise RefusalError(422, ErrorCode.BAD_REQUEST)

    def do() -> None:
        with office.database.transaction() as connection:
            call_backs.record(connection, office, sent.actor, (which, position), Outcome(outcome))

    await office.database.run(do)
    return RedirectResponse(f"/staff/call-backs?day={which}", 303)


async def _one(
    http: Request, actor: Actor, follow_up_id: str, number: str | None = None
) -> Response:
    office = office_of(http)

    def ask() -> tuple[FollowUp, list[Step]]:
        with office.database.transaction() as connection:
            return follow_up_views.one(connection, office, actor, follow_up_id)

    found, steps = await office.database.run(ask)
    names = rating_policy(office.clock.now().date()).reason_names
    values = {"one": found, "steps": steps, "number": number, "reason_names": names}
    values["again"] = f"/staff/follow-ups/{follow_up_id}"
    return show(http, "overview/follow_up.html", values)


async def _draw(
    http: Request, actor: Actor, day: str, shown: tuple[int, Contact | None] | None = None
) -> Response:
    office = office_of(http)
    today = office.clock.now().date()
    which = _day(day) if day else today - timedelta(days=1)

    def ask() -> Draw | None:
        with office.database.transaction() as connection:
            return call_backs.of_day(connection, office, actor.hall_id, which)

    services = office.offers.of(actor.hall_id).services
    values = {
        "draw": await office.database.run(ask),
        "day": which,
        "again": f"/staff/call-backs?day={which}",
        "newest": today - timedelta(days=1),
        "step": timedelta(days=1),
        "outcomes": list(Outcome),
        "shown": shown,
        "services": {one.service_id: one.names for one in services},
    }
    return show(http, "overview/call_backs.html", values)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise RefusalError(404, ErrorCode.NOT_FOUND) from wrong
