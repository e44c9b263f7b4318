"""Watches what decides whether the machine serves: devices, records, and the link to central."""

import threading
from collections.abc import Callable, Mapping

from hardware.status import DeviceStatus
from kiosk.flows.session import ServiceResumed, ServiceStopped
from kiosk.health import Service, service_of
from kiosk.roles import Role


class HealthWatch:
    """Tells the flow when service stops, in whole or in part, and when it can be resumed.

    Args:
        role: of the machine.
        statuses: of devices by name.
        storage_ok: whether the machine's records take writes.
        open_ends: message keys of what else stands in the way.
        report: takes `ServiceStopped` and `ServiceResumed`.
    """

    def __init__(
        self,
        role: Role,
        statuses: Callable[[], Mapping[str, DeviceStatus]],
        storage_ok: Callable[[], bool],
        open_ends: Callable[[], tuple[str, ...]],
        report: Callable[[object], None],
    ) -> None:
        self._role = role
        self._statuses = statuses
        self._storage_ok = storage_ok
        self._open_ends = open_ends
        self._report = report
        self._lock = threading.Lock()
        self._service = Service()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the machine does not offer everything now."""
        return self._service.reasons

    def look(self) -> None:
        """Compare with the last look and tell the flow of a change."""
        with self._lock:
            service = service_of(
                self._role,
                self._statuses(),
                storage_ok=self._storage_ok(),
                open_ends=self._open_ends(),
            )
            if service == self._service:
                return
            self._service = service
            # Reported inside the lock: two looks at once must not arrive in the wrong order.
            stopped = service.stopped
            self._report(ServiceStopped(stopped) if stopped else ServiceResumed(service.closed))
