"""`GET /metrics` in Prometheus' text format: requests and queues, nothing personal."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.central.server.desk import office_of
from kiosk.central.server.events.hub import Hub
from kiosk.central.server.office import Office
from kiosk.central.server.queue import picture
from kiosk.clock import Clock

route = APIRouter(include_in_schema=False)
_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_ENDLESS = "/v1/events"
_OTHER = "other"


class Measures:
    """What one server process measures.

    Args:
        hub: of its readers.
    """

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.registry = CollectorRegistry()
        self.readers = Gauge(
            "central_event_readers", "Who reads events here.", registry=self.registry
        )
        self.requests = Histogram(
            "central_request_seconds",
            "Time to answer a request, by the path's template.",
            ("method", "path", "status"),
            buckets=_BUCKETS_S,
            registry=self.registry,
        )


class Measured:
    """Times every request.

    Args:
        app: what comes behind.
        measures: where to.
        clock: for durations.
    """

    def __init__(self, app: ASGIApp, measures: Measures, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self._requests = measures.requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"] == _ENDLESS:
            await self._app(scope, receive, send)
            return
        began_s, status = self._clock.monotonic_s(), 500

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            # The template, never the path: paths carry ids.
            path = getattr(scope.get("route"), "path", _OTHER)
            labels = self._requests.labels(scope["method"], path, status)
            labels.observe(self._clock.monotonic_s() - began_s)


class _Queues(Collector):
    """The lines as they stand when somebody looks."""

    def __init__(self, connection: Connection, office: Office) -> None:
        self._connection = connection
        self._office = office

    def collect(self) -> Iterator[Any]:
        """Every hall's lines."""
        labels = ("hall", "service")
        waiting = GaugeMetricFamily("central_queue_waiting", "People in line.", labels=labels)
        longest = GaugeMetricFamily(
            "central_queue_longest_wait_minutes", "Of whoever waits longest.", labels=labels
        )
        windows = GaugeMetricFamily("central_queue_windows_open", "Open for it.", labels=labels)
        for hall_id, offer in self._office.offers.by_hall.items():
            for one in picture.queues(self._connection, self._office, offer):
                place = (hall_id, one.service_id)
                waiting.add_metric(place, one.waiting)
                longest.add_metric(place, one.longest_min)
                windows.add_metric(place, len(one.windows))
        yield from (waiting, longest, windows)


@route.get("/metrics")
async def metrics(http: Request) -> Response:
    """Everything measured."""
    office = office_of(http)
    measures: Measures = http.app.state.measures

    def look() -> bytes:
        with office.database.transaction() as connection:
            lines = CollectorRegistry(auto_describe=False)
            lines.register(_Queues(connection, office))
            return generate_latest(lines)

    listening = (
        f"# TYPE central_event_readers gauge\ncentral_event_readers {measures.hub.listening}\n"
    )
    own = generate_latest(measures.registry) + listening.encode()
    return Response(own + await office.database.run(look), media_type=CONTENT_TYPE_LATEST)
