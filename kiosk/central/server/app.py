"""Puts the server together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from sqlalchemy import Connection, insert, select

from kiosk.central.server import catalogue, keys, problems
from kiosk.central.server.admission import pages as admission_pages
from kiosk.central.server.admission import register
from kiosk.central.server.admission import routes as admission_routes
from kiosk.central.server.bookings import books
from kiosk.central.server.bookings import pages as booking_pages
from kiosk.central.server.bookings import routes as bookings
from kiosk.central.server.database import Database
from kiosk.central.server.display import page_assets as display_assets
from kiosk.central.server.display import routes as display
from kiosk.central.server.display.feed import Feed
from kiosk.central.server.door import Door
from kiosk.central.server.endorsements import gateway_page
from kiosk.central.server.endorsements import register as permits
from kiosk.central.server.endorsements.outside import outside, settling
from kiosk.central.server.endorsements.routes import endorsement_reads, endorsement_writes
from kiosk.central.server.events import publish
from kiosk.central.server.events import routes as events
from kiosk.central.server.events.hub import Hub
from kiosk.central.server.limits import BodyLimit
from kiosk.central.server.metrics import Measured, Measures
from kiosk.central.server.metrics import route as metrics_route
from kiosk.central.server.migrate import migrate
from kiosk.central.server.notices import pages as notice_pages
from kiosk.central.server.notices import routes as notices
from kiosk.central.server.office import Office, Serving
from kiosk.central.server.overview import export, follow_up_pages
from kiosk.central.server.overview import pages as overview_pages
from kiosk.central.server.pages import page, trouble
from kiosk.central.server.progress import pages as progress_pages
from kiosk.central.server.progress import papers
from kiosk.central.server.progress import routes as progress
from kiosk.central.server.queue import page_assets as window_assets
from kiosk.central.server.queue import pages as window_pages
from kiosk.central.server.queue import routes as queue
from kiosk.central.server.ratings import call_backs, requests, served_cases
from kiosk.central.server.ratings import routes as rating_routes
from kiosk.central.server.ratings.day_turn import turning
from kiosk.central.server.routes import asks, reads, writes
from kiosk.central.server.sealing import FieldSealer
from kiosk.central.server.settings import CentralSettings
from kiosk.central.server.staff import account_routes, passwords
from kiosk.central.server.staff import routes as staff_routes
from kiosk.central.server.suggestions import pages as suggestion_pages
from kiosk.central.server.suggestions import routes as suggestions
from kiosk.central.server.tables import meta
from kiosk.clock import Clock

_ROUTERS = (
    reads,
    asks,
    writes,
    window_pages.pages,
    staff_routes.pages,
    account_routes.pages,
    page.assets,
    events.reads,
    queue.reads,
    queue.writes,
    rating_routes.writes,
    rating_routes.reads,
    overview_pages.pages,
    bookings.reads,
    bookings.writes,
    booking_pages.pages,
    progress.reads,
    progress.writes,
    progress_pages.pages,
    suggestions.writes,
    suggestion_pages.pages,
    notices.reads,
    notice_pages.pages,
    display.reads,
    display.pages,
    display_assets.assets,
    endorsement_reads,
    endorsement_writes,
    gateway_page.pages,
    window_assets.assets,
    metrics_route,
    follow_up_pages.pages,
    admission_routes.writes,
    admission_pages.pages,
)
"""of every area; what is asked most stands first, for a request tries them in turn"""
_KEY_CHECK = "key_check"


def create_app(settings: CentralSettings, clock: Clock) -> FastAPI:
    """Open the database, bring it to the present schema, and make the application.

    Args:
        settings: what to serve and where to keep it.
        clock: in the halls' zone.

    Raises:
        SealBrokenError: the field key does not belong to this database.
        ValueError: the catalogue is wrong.
    """
    office = _open(settings, clock)
    hub = Hub(office)
    others = outside(stand_ins=settings.stand_ins)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        hub.start()
        async with settling(office, others), turning(office):
            yield
        await hub.stop()
        office.database.close()

    app = FastAPI(
        title="Hall central",
        version="1",
        description="Numbers, tickets and applications of service halls.",
        lifespan=lifespan,
        docs_url=None,  # the page would load scripts from elsewhere
        redoc_url=None,
        openapi_url="/v1/openapi.json",
    )
    app.state.office = office
    app.state.export_mapping = export.mapping(settings.export_mapping)
    app.state.hub = hub
    app.state.feed = Feed(office, hub)
    app.state.recordings = settings.recordings
    app.state.outside = others
    app.state.door = _door(settings, office)
    app.add_middleware(BodyLimit, refuse=trouble.too_large)
    app.state.measures = Measures(hub)
    app.add_middleware(Measured, measures=app.state.measures, clock=clock)
    for router in _ROUTERS:
        app.include_router(router)
    problems.install(app)
    trouble.install(app)
    return app


def _door(settings: CentralSettings, office: Office) -> Door:
    code = settings.demo_code
    own_code = passwords.digest_of_code(code) if code else b""
    return Door(office, register.key_of, guarded=not settings.any_machine, own_code=own_code)


def _open(settings: CentralSettings, clock: Clock) -> Office:
    offers = catalogue.load(settings.catalogue)
    sealer = FieldSealer(settings.field_key)
    database = Database(settings.database)
    ratings = Serving(requests.begin_next, requests.ask, requests.close, served_cases.errand)
    office = Office(database, offers, clock, sealer, ratings)
    try:
        migrate(database)
        with database.transaction() as connection:
            _check_key(connection, sealer)
            keys.forget(connection, clock.now(), settings.keep_keys_days)
            publish.forget(connection, clock.now())
            books.tidy(connection, office)
            papers.index_old(connection, sealer)
            call_backs.draw_due(connection, office)
            if settings.permits is not None:
                permits.bring_in(connection, sealer, permits.read_file(settings.permits))
    except BaseException:
        database.close()
        raise
    return office


def _check_key(connection: Connection, sealer: FieldSealer) -> None:
    """Refuse a wrong key at the start, not when the first old application is opened."""
    row = connection.execute(select(meta.c.value).where(meta.c.name == _KEY_CHECK)).one_or_none()
    if row is None:
        sealed = sealer.seal("meta", _KEY_CHECK, "value", "ok")
        connection.execute(insert(meta), {"name": _KEY_CHECK, "value": sealed})
    else:
        sealer.unseal("meta", _KEY_CHECK, "value", row.value)
