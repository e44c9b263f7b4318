"""What every device can do."""

from dataclasses import dataclass
from typing import Protocol

from hardware.status import DeviceStatus


class Cancel(Protocol):
    """Withdraws a running call; `threading.Event` is one."""

    def is_set(self) -> bool:
        """Whether the call has been withdrawn."""

    def wait(self, timeout: float | None = None) -> bool:
        """Pause up to `timeout` seconds; True as soon as the call has been withdrawn."""


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """Who made the device; compared at start to notice a swapped one.

    Args:
        model: maker and model as far as the device tells.
        serial: serial number, empty where the protocol has none.
        firmware: version, empty where the protocol has none.
    """

    model: str
    serial: str = ""
    firmware: str = ""


class Device(Protocol):
    """The life cycle of a device (UnifiedPOS: open, use, close); one thread calls it."""

    def open(self) -> None:
        """Take the port and say hello.

        Raises:
            DeviceError: the device cannot be used now.
        """

    def close(self) -> None:
        """Let go of the port; harmless when it is not open."""

    def status(self) -> DeviceStatus:
        """Ask the device how it is; a device that does not answer is `offline`, not an error."""

    def reset(self) -> None:
        """Bring the device back to its idle state.

        Raises:
            DeviceError: it does not come back.
        """

    def identity(self) -> DeviceIdentity:
        """Who the device says it is; valid after `open`."""
