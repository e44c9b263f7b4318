"""The life cycle of the world's devices: nothing happens in it."""

from hardware.interfaces.device import DeviceIdentity
from hardware.status import DeviceState, DeviceStatus


class WorldDevice:
    """A device whose life cycle is of no interest."""

    def open(self) -> None:
        """There."""

    def close(self) -> None:
        """Gone."""

    def reset(self) -> None:
        """Nothing moves."""

    def identity(self) -> DeviceIdentity:
        """Nobody's."""
        return DeviceIdentity("world")

    def status(self) -> DeviceStatus:
        """Well."""
        return DeviceStatus(DeviceState.ONLINE)
