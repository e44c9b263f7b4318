"""What drivers do alike: take a line for a first exchange, and say how a silent device is."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from hardware.errors import DeviceError, NoAnswerError, NotConnectedError
from hardware.status import DeviceState, DeviceStatus


class Line(Protocol):
    """A wire to a device."""

    def open(self) -> None:
        """Take it."""

    def close(self) -> None:
        """Let go of it."""


@contextmanager
def taken(line: Line) -> Iterator[None]:
    """Take a line for the first exchange with the device; let go of it again if that fails.

    Raises:
        DeviceError: the line is not there, or the exchange failed.
    """
    line.open()
    try:
        yield
    except DeviceError:
        line.close()
        raise


def status_behind(error: DeviceError) -> DeviceStatus:
    """How a device is that could not be asked, going by what came of asking."""
    if isinstance(error, NotConnectedError):
        return DeviceStatus(DeviceState.NO_DEVICE)
    if isinstance(error, NoAnswerError):
        return DeviceStatus(DeviceState.OFFLINE)
    return DeviceStatus(DeviceState.HARDWARE_ERROR, detail=error.code)
