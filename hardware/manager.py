"""All devices of a machine: opened together, watched while idle, opened again when lost.

    kiosk ── call(name, fn) ──▶ DeviceKeeper ──▶ DeviceWorker ──▶ driver
                 ▲                    │ status changes
                 └──── listener ◀─────┘

The keeper of a device (hardware.keeper) knows whether it is open; this module lets time pass for
all of them on one thread and puts their statuses together.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hardware.errors import DeviceError
from hardware.interfaces.device import Cancel, Device
from hardware.keeper import Backoff, DeviceKeeper
from hardware.outcome import Handle, Outcome, T
from hardware.settings import DeviceSettings
from hardware.status import DeviceStatus
from hardware.timing import Deadline, Monotonic, monotonic_s

StatusListener = Callable[[str, DeviceStatus], None]


@dataclass(frozen=True, slots=True)
class OpenReport:
    """What opening all devices came to.

    Args:
        failures: by device name; empty when all are open.
    """

    failures: Mapping[str, DeviceError] = field(default_factory=dict)

    def tree(self) -> str:
        """Every failure, for the log and for staff; empty when there is none."""
        if not self.failures:
            return ""
        lines = [f"{len(self.failures)} device(s) could not be opened"]
        for name, error in self.failures.items():
            lines.append(f"├── {name}")
            lines.append(f"│   └── {error.code}: {error.fact}")
        return "\n".join(lines)


class DeviceManager:
    """Owns the devices of a machine.

    Args:
        devices: closed drivers by name.
        settings: by the same names.
        listener: hears of every change of a status, one at a time, on a thread of the manager;
            it must not wait.
        simulated: names of devices that are simulated.
        backoff: pauses between attempts to open a lost device.
        monotonic: the clock for these pauses.
    """

    def __init__(
        self,
        devices: Mapping[str, Device],
        settings: Mapping[str, DeviceSettings],
        listener: StatusListener,
        *,
        simulated: Sequence[str] = (),
        backoff: Backoff | None = None,
        monotonic: Monotonic = monotonic_s,
    ) -> None:
        self._simulated = tuple(simulated)
        self._monotonic = monotonic
        self._listener = listener
        self._telling = threading.RLock()
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._keepers = {
            name: DeviceKeeper(
                device, settings[name], self._tell, backoff or Backoff(), self._wake.set, monotonic
            )
            for name, device in devices.items()
        }
        self._thread = threading.Thread(target=self._watch, name="devices", daemon=True)

    def open_all(self) -> OpenReport:
        """Open every device, all at the same time, and begin to watch them.

        A device that cannot be opened is tried again for as long as the manager lives; the machine
        goes on without it.

        Returns:
            Every failure.
        """
        opened = threading.Semaphore(0)
        for keeper in self._keepers.values():
            keeper.open(lambda _outcome: opened.release())
        for _ in self._keepers:
            opened.acquire()
        self._thread.start()
        failures = {name: one.error for name, one in self._keepers.items() if one.error}
        return OpenReport(failures)

    def call(
        self,
        name: str,
        fn: Callable[[Any, Cancel], T],
        deadline_s: float,
        done: Callable[[Outcome[T]], None],
    ) -> Handle:
        """Use a device; a lost one is opened first.

        Args:
            name: of the device.
            fn: gets the driver and its own cancel, on the device's thread.
            deadline_s: seconds from now.
            done: hears exactly once what became of it; it must not wait.

        Returns:
            A handle to withdraw the call.

        Raises:
            KeyError: no device has this name.
        """
        return self._keepers[name].call(fn, deadline_s, done)

    def statuses(self) -> dict[str, DeviceStatus]:
        """What is known of every device now; asks none."""
        return {name: keeper.status for name, keeper in self._keepers.items()}

    def simulated(self) -> tuple[str, ...]:
        """Names of simulated devices."""
        return self._simulated

    def close(self, deadline_s: float = 5.0) -> bool:
        """Withdraw every call, close every device and end all threads.

        Args:
            deadline_s: how long to wait for calls that run.

        Returns:
            Whether everything ended in time.
        """
        self._closing.set()
        self._wake.set()
        deadline = Deadline(deadline_s, self._monotonic)
        for keeper in self._keepers.values():
            keeper.begin_close()
        ended = [keeper.end_close(deadline.left_s) for keeper in self._keepers.values()]
        if self._thread.is_alive():
            self._thread.join(deadline.left_s)
        return all(ended)

    def _tell(self, name: str, status: DeviceStatus) -> None:
        with self._telling:
            self._listener(name, status)

    def _watch(self) -> None:
        while not self._closing.is_set():
            waits_s = [keeper.look() for keeper in self._keepers.values()]
            self._wake.wait(min(waits_s, default=None))
            self._wake.clear()
