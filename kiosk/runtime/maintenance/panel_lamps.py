"""Lamps follow the flow: what a state needs is set, everything else is dark."""

import threading
from collections.abc import Mapping
from typing import Any

from hardware.interfaces.device import Cancel
from hardware.interfaces.panel_io import Flash, Lamp, LampState, PanelIo
from hardware.outcome import Done, Outcome
from kiosk.runtime.device_calls import Devices

PANEL = "panel_io"
LIGHT_LIMIT_S = 2.0
_DARK = LampState(Flash.OFF)
_ON = LampState(Flash.CONTINUOUS)


class PanelLamps:
    """Sets lamps without ever waiting for them.

    At most one call is under way; what changes meanwhile is set when it has ended, and only the
    last of it: lamps show what is, not what was.

    Args:
        devices: the manager, which has a panel.
        lamps: by type of state.
        closed: types of the states in which nobody is served.
        home: where the flow begins.
    """

    def __init__(
        self,
        devices: Devices,
        lamps: Mapping[type[Any], Mapping[Lamp, LampState]],
        closed: tuple[type[Any], ...],
        home: object,
    ) -> None:
        self._devices = devices
        self._lamps = lamps
        self._closed = closed
        self._lock = threading.Lock()
        self._wanted = self._wanted_in(home)
        self._shown: dict[Lamp, LampState] = {}
        self._under_way = False

    def moved(self, _before: object, after: object) -> None:
        """The flow went on to another state."""
        wanted = self._wanted_in(after)
        with self._lock:
            self._wanted = wanted
        self._set()

    def again(self) -> None:
        """The panel came back, and may have forgotten everything."""
        with self._lock:
            self._shown = {}
        self._set()

    def _wanted_in(self, state: object) -> dict[Lamp, LampState]:
        serving = not isinstance(state, self._closed)
        return {
            **dict.fromkeys(Lamp, _DARK),
            **self._lamps.get(type(state), {}),
            Lamp.STATUS_IN_SERVICE: _ON if serving else _DARK,
            Lamp.STATUS_BAD: _DARK if serving else _ON,
        }

    def _set(self) -> None:
        with self._lock:
            change = {
                lamp: one for lamp, one in self._wanted.items() if self._shown.get(lamp) != one
            }
            if self._under_way or not change:
                return
            self._under_way = True

        def light(panel: PanelIo, _cancel: Cancel) -> bool:
            return panel.light(change)

        def ended(outcome: Outcome[bool]) -> None:
            self._ended(change, outcome)

        self._devices.call(PANEL, light, LIGHT_LIMIT_S, ended)

    def _ended(self, change: Mapping[Lamp, LampState], outcome: Outcome[bool]) -> None:
        lit = isinstance(outcome, Done) and outcome.value
        with self._lock:
            self._under_way = False
            if lit:
                self._shown |= change
        # A panel that does not confirm is tried again with the next state, not for ever.
        if lit:
            self._set()
