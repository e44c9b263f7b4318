"""The manager's devices, used by a thread that waits for what becomes of each call."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from hardware.interfaces.device import Cancel
from hardware.manager import DeviceManager
from hardware.outcome import Outcome
from kiosk.saga.inbox import Withdrawal

T = TypeVar("T")


class WaitingDevices:
    """Implements `kiosk.saga.ports.Devices`.

    Args:
        manager: of the machine.
    """

    def __init__(self, manager: DeviceManager) -> None:
        self._manager = manager

    def call(
        self, name: str, fn: Callable[[Any, Cancel], T], limit_s: float, cancel: Cancel
    ) -> Outcome[T]:
        """Use a device and wait; the worker's own deadline ends the wait."""
        ended = threading.Event()
        became: list[Outcome[T]] = []

        def done(outcome: Outcome[T]) -> None:
            became.append(outcome)
            ended.set()

        handle = self._manager.call(name, fn, limit_s, done)
        # Only a citizen's wish can withdraw a call; everything else is never withdrawn.
        forget = cancel.listen(handle.cancel) if isinstance(cancel, Withdrawal) else None
        ended.wait()
        if forget:
            forget()
        return became[0]

    def usable(self, name: str) -> bool:
        """Whether the device is there and well, as far as is known."""
        status = self._manager.statuses().get(name)
        return status is not None and status.usable
