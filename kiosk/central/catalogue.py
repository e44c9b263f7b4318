"""The hall's catalogue as central last gave it, kept for when central is away."""

import threading

from pydantic import ValidationError

from kiosk.central.answer import Answered
from kiosk.central.contract import Catalogue
from kiosk.central.link import LinkState
from kiosk.central.remote import Central
from kiosk.clock import Clock
from kiosk.storage import Storage, write_note

_NOTE = "catalogue"
_REFRESH_S = 600.0
_RETRY_S = 15.0


class CatalogueKeeper:
    """Keeps the last catalogue; `keep` is an errand of the courier.

    Args:
        storage: of the machine.
        central: gives the catalogue.
        link: told how each call ended.
        clock: for the pause between looks.
        hall_id: whose catalogue.
    """

    def __init__(
        self, storage: Storage, central: Central, link: LinkState, clock: Clock, hall_id: str
    ) -> None:
        self._storage = storage
        self._central = central
        self._link = link
        self._clock = clock
        self._hall_id = hall_id
        self._lock = threading.Lock()
        self._asked_s: float | None = None
        self._current = self._kept()

    def current(self) -> Catalogue | None:
        """The last catalogue; None when central never gave one."""
        return self._current

    def services(self) -> tuple[str, ...]:
        """Ids of what the hall offers; none before the first catalogue."""
        catalogue = self._current
        return tuple(one.service_id for one in catalogue.services) if catalogue else ()

    def in_order(self, services: tuple[str, ...]) -> tuple[str, ...]:
        """Services in the order they are visited, as central would put them."""
        catalogue = self._current
        order = {one.service_id: one.order for one in catalogue.services} if catalogue else {}
        return tuple(sorted(services, key=lambda one: order.get(one, len(order))))

    def windows(self, service_id: str) -> tuple[str, ...]:
        """Names of the windows that serve a service; empty when unknown."""
        catalogue = self._current
        services = catalogue.services if catalogue else ()
        return next((one.windows for one in services if one.service_id == service_id), ())

    def outdated(self, version: str) -> bool:
        """Take note of the version in a heartbeat's answer; whether ours is another one.

        The next `keep` then asks for it; whoever hears True wakes the courier.
        """
        catalogue = self._current
        other = catalogue is None or catalogue.version != version
        if other:
            self._asked_s = None
        return other

    def keep(self) -> float:
        """Ask for the catalogue when it is time; returns seconds until it is again.

        While central is away it is asked more often: that is how its return is noticed.
        """
        with self._lock:
            left_s = self._left_s()
            if left_s > 0:
                return left_s
            outcome = self._central.catalogue(self._hall_id)
            self._asked_s = self._clock.monotonic_s()
            self._link.saw(outcome)
            if isinstance(outcome, Answered):
                with self._storage.transaction() as db:
                    write_note(db, _NOTE, outcome.value.model_dump_json())
                self._current = outcome.value
            return self._left_s()

    def _left_s(self) -> float:
        if self._asked_s is None:
            return 0.0
        pause_s = _RETRY_S if self._link.away or self._current is None else _REFRESH_S
        return self._asked_s + pause_s - self._clock.monotonic_s()

    def _kept(self) -> Catalogue | None:
        text = self._storage.note(_NOTE)
        try:
            return Catalogue.model_validate_json(text) if text else None
        except ValidationError:
            return None  # written by other software; central will give it anew
