"""What screens may show of the machine itself, kept current."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.status import DeviceStatus
from kiosk.central.contract import Catalogue
from kiosk.clock import Clock
from kiosk.domain.notice_board import NoticeBoard
from kiosk.domain.window_post import WindowPost
from kiosk.runtime.view import MachineFacts, ServiceName


@dataclass(frozen=True, slots=True)
class FactSources:
    """Where the facts come from; each is a quick look at what is already known.

    Args:
        statuses: of devices by name.
        simulated: names of simulated devices.
        catalogue: the last one central gave, None before the first.
        away: whether central was away at the last try.
        devices_away: names of devices that cannot be used now.
        post: where a window's terminal stands; None for other machines.
        may_rate: whether the machine has what it needs to ask for a rating.
        notices: what the hall tells, for a machine that shows it.
    """

    statuses: Callable[[], Mapping[str, DeviceStatus]]
    simulated: Callable[[], tuple[str, ...]]
    catalogue: Callable[[], Catalogue | None]
    away: Callable[[], bool]
    devices_away: Callable[[], tuple[str, ...]] = tuple
    post: Callable[[], WindowPost | None] = lambda: None
    may_rate: Callable[[], bool] = lambda: False
    notices: Callable[[], NoticeBoard] = NoticeBoard


class FactBook:
    """Puts the facts together; notices when they change.

    Args:
        sources: where the facts come from.
        clock: the hall's time.
        machine_name: for staff.
        changed: called when a look finds that something a screen shows has changed.
    """

    def __init__(
        self,
        sources: FactSources,
        clock: Clock,
        machine_name: str,
        changed: Callable[[], None],
    ) -> None:
        self._sources = sources
        self._clock = clock
        self._machine_name = machine_name
        self._changed = changed
        self._lock = threading.Lock()
        self._last: MachineFacts | None = None

    def facts(self) -> MachineFacts:
        """The facts as they are now."""
        catalogue = self._sources.catalogue()
        now = self._clock.now().replace(second=0, microsecond=0)
        printer = self._sources.statuses().get("ticket_printer")
        return MachineFacts(
            hall_names=dict(catalogue.hall.names) if catalogue else {},
            opening_hours=catalogue.hall.opens if catalogue else "",
            today=now.date(),
            now=now,
            services=tuple(
                ServiceName(one.service_id, dict(one.names))
                for one in (catalogue.services if catalogue else ())
            ),
            simulated=self._sources.simulated(),
            central_away=self._sources.away(),
            printer_ready=printer is not None and printer.usable,
            machine_name=self._machine_name,
            devices_away=self._sources.devices_away(),
            post=self._sources.post(),
            may_rate=self._sources.may_rate(),
            notices=self._sources.notices(),
        )

    def look(self) -> None:
        """Compare with the last look and tell of a change: minute, link, printer, catalogue."""
        facts = self.facts()
        with self._lock:
            changed = facts != self._last
            self._last = facts
        if changed:
            self._changed()
