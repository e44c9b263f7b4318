"""Watches the cabinet: doors, the operator's key switch, power from outside."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hardware.interfaces.device import Cancel
from hardware.interfaces.panel_io import Door, Mains, OperatorSwitch, PanelIo, PanelState
from hardware.outcome import Done, Outcome, Withdrawn
from kiosk.clock import Alarm, Clock
from kiosk.flows.maintenance import states
from kiosk.flows.maintenance.events import MaintenanceAsked, SwitchTurnedBack
from kiosk.runtime.device_calls import Devices
from kiosk.runtime.maintenance.panel_lamps import PANEL

READ_LIMIT_S = 2.0
LOOK_EVERY_S = 1.0
SAFE = "safe"
SAFE_OPEN = "service.panel.safe_open"
CABINET_OPEN = "service.panel.cabinet_open"
MAINS_LOST = "service.panel.mains_lost"
_ASKS = (OperatorSwitch.MAINTENANCE, OperatorSwitch.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class PanelSays:
    """Whom the watch tells; none of them waits.

    Args:
        record: audit event and its fields.
        call_staff: reason (message key) and subject.
        report: events of the flow.
        changed: what decides over service may have changed.
    """

    record: Callable[[str, Mapping[str, str | int | bool]], None]
    call_staff: Callable[[str, str], None]
    report: Callable[[object], None]
    changed: Callable[[], None]


class PanelWatch:
    """Looks once a second and tells of every change.

    Args:
        devices: the manager, which has a panel.
        clock: for the pause between looks.
        says: whom it tells.
        entries: types of the states from which staff may enter.
    """

    def __init__(
        self, devices: Devices, clock: Clock, says: PanelSays, entries: tuple[type[Any], ...]
    ) -> None:
        self._devices = devices
        self._clock = clock
        self._says = says
        self._entries = entries
        self._lock = threading.Lock()
        self._state = PanelState()
        self._key = OperatorSwitch.UNKNOWN
        self._reasons: tuple[str, ...] = ()
        self._asked = False
        self._begun = False
        self._closing = False
        self._alarm: Alarm | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the machine may serve nobody: a safe seen open, or power from the battery only."""
        return self._reasons

    def begin(self) -> None:
        """Begin to look; harmless when it has begun."""
        with self._lock:
            begun, self._begun = self._begun, True
        if not begun:
            self.look()

    def close(self) -> None:
        """Look no more."""
        with self._lock:
            self._closing = True
            alarm = self._alarm
        if alarm:
            alarm.cancel()

    def look(self) -> None:
        """Read every contact; what comes of it is told on the device's thread."""
        if not self._closing:
            self._devices.call(PANEL, _read, READ_LIMIT_S, self._ended)

    def moved(self, _before: object, after: object) -> None:
        """A key turned during a visit counts when the visit is over."""
        if isinstance(after, states.LoggingIn):
            self._asked = False
        elif self._asked and isinstance(after, self._entries):
            self._says.report(MaintenanceAsked(states.Door.SWITCH))

    def _ended(self, outcome: Outcome[PanelState]) -> None:
        if not isinstance(outcome, Withdrawn):
            # A panel that fails says as little as one that is silent: unknown, never closed.
            self._saw(outcome.value if isinstance(outcome, Done) else _unknown(self._state))
        with self._lock:
            if not self._closing:
                self._alarm = self._clock.call_later(LOOK_EVERY_S, self.look)

    def _saw(self, seen: PanelState) -> None:
        before, self._state = self._state, seen
        self._doors(before, seen)
        self._mains(before, seen)
        self._switch(seen.operator_switch)
        reasons = self._why()
        if reasons != self._reasons:
            self._reasons = reasons
            self._says.changed()

    def _doors(self, before: PanelState, seen: PanelState) -> None:
        for name, door in seen.doors.items():
            if door is before.doors.get(name, Door.UNKNOWN):
                continue
            self._says.record("door_moved", {"door": name, "state": door.value})
            if door is Door.OPEN:
                self._says.call_staff(SAFE_OPEN if name == SAFE else CABINET_OPEN, name)

    def _mains(self, before: PanelState, seen: PanelState) -> None:
        if seen.mains is before.mains:
            return
        self._says.record("mains_changed", {"mains": seen.mains.value})
        if seen.mains is Mains.LOST:
            self._says.call_staff(MAINS_LOST, "")

    def _switch(self, seen: OperatorSwitch) -> None:
        before = self._key
        # A panel that is silent for a moment has not turned the key.
        if seen in (before, OperatorSwitch.UNKNOWN):
            return
        self._key = seen
        self._says.record("key_switch_turned", {"position": seen.value})
        asks = seen in _ASKS
        if asks and before not in _ASKS:
            self._asked = True
            self._says.report(MaintenanceAsked(states.Door.SWITCH))
        elif before in _ASKS and not asks:
            self._asked = False
            self._says.report(SwitchTurnedBack())

    def _why(self) -> tuple[str, ...]:
        # What was seen open or lost stays so until it is seen otherwise.
        safe = self._state.doors.get(SAFE, Door.UNKNOWN)
        mains = self._state.mains
        is_open = safe is Door.OPEN or (safe is Door.UNKNOWN and SAFE_OPEN in self._reasons)
        lost = mains is Mains.LOST or (mains is Mains.UNKNOWN and MAINS_LOST in self._reasons)
        return ((SAFE_OPEN,) if is_open else ()) + ((MAINS_LOST,) if lost else ())


def _read(panel: PanelIo, _cancel: Cancel) -> PanelState:
    return panel.read_panel()


def _unknown(last: PanelState) -> PanelState:
    return PanelState(dict.fromkeys(last.doors, Door.UNKNOWN))
