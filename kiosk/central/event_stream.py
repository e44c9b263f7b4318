"""Hears central's events on a thread of its own, and comes back after every loss.

An event is only a hint (contract/events.py). So whoever listens reads everything it shows each
time the stream begins, and afterwards what an event names.
"""

import logging
import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from pydantic import ValidationError

from kiosk.central.answer import Answered
from kiosk.central.connection import Feed
from kiosk.central.contract.events import Event, EventKind
from kiosk.central.transport import Transport

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a machine wants to hear of.

    Args:
        hall_id: whose events.
        kinds: of events; `events_lost` always comes along.
    """

    hall_id: str
    kinds: tuple[EventKind, ...]

    @property
    def path(self) -> str:
        """Of the stream."""
        return f"/v1/events?{urlencode({'hall_id': self.hall_id, 'kind': self.kinds}, doseq=True)}"


@dataclass(frozen=True, slots=True)
class StreamPace:
    """How patient the listener is.

    Args:
        silent_s: the stream counts as lost without a byte for so long; central beats every 15 s.
        base_s: upper limit of the pause after the first loss; doubles with each failure.
        cap_s: upper limit of any pause.
        draw: a random number between two; full jitter keeps machines from returning all at once.
    """

    silent_s: float = 40.0
    base_s: float = 0.5
    cap_s: float = 15.0
    draw: Callable[[float, float], float] = random.SystemRandom().uniform


class Audience(Protocol):
    """Whoever is told, on the stream's thread; each call returns quickly."""

    def began(self) -> None:
        """The stream is there, again or for the first time: read everything that is shown."""

    def happened(self, event: Event) -> None:
        """Something happened: read what it names."""

    def ended(self) -> None:
        """The stream is lost; it will be sought again."""


class EventStream:
    """Listens until closed.

    Args:
        transport: the way to central.
        wanted: what to hear of.
        audience: who is told.
        pace: how patient to be.
    """

    def __init__(
        self,
        transport: Transport,
        wanted: Wanted,
        audience: Audience,
        pace: StreamPace = StreamPace(),
    ) -> None:
        self._transport = transport
        self._wanted = wanted
        self._audience = audience
        self._pace = pace
        self._last_id = ""
        self._stop = threading.Event()
        self._feed: Feed | None = None
        self._thread = threading.Thread(target=self._run, name="central-events", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def close(self, timeout_s: float = 5.0) -> bool:
        """End; whether nobody is told anything any more within the time.

        A central that takes the call and says nothing may hold the thread for longer; it then ends
        by itself, and tells nobody that anything began.
        """
        self._stop.set()
        feed = self._feed
        if feed is not None:
            feed.close()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():
            failures = 0 if self._listen() else failures + 1
            limit_s = min(self._pace.cap_s, self._pace.base_s * 2 ** min(failures, 10))
            self._stop.wait(self._pace.draw(0.0, limit_s))

    def _listen(self) -> bool:
        """One stream, from beginning to loss; whether it began at all."""
        outcome = self._transport.feed(self._wanted.path, self._last_id, self._pace.silent_s)
        if not isinstance(outcome, Answered):
            log.info("no event stream: %s", type(outcome).__name__)
            return False
        self._feed = outcome.value
        try:
            lines = self._feed.lines()
            # Central speaks at once: without a word, something between holds events back.
            if next(lines, None) is None or self._stop.is_set():
                return False
            self._audience.began()
            for event in self._events(lines):
                self._audience.happened(event)
        finally:
            self._feed.close()
            self._feed = None
        self._audience.ended()
        return True

    def _events(self, lines: Iterator[str]) -> Iterator[Event]:
        number, data = "", ""
        for line in lines:
            if self._stop.is_set():
                return
            if line.startswith("id: "):
                number = line[4:]
            elif line.startswith("data: "):
                data = line[6:]
            elif not line:
                # Noted first: what cannot be understood shall not come again for ever. A number
                # without data is where the stream began.
                self._last_id = number or self._last_id
                event = _understood(data) if data else None
                number, data = "", ""
                if event is not None:
                    yield event


def _understood(data: str) -> Event | None:
    """An event; None for what a newer central says and this machine does not know."""
    try:
        return Event.model_validate_json(data, extra="ignore")
    except ValidationError:
        return None
