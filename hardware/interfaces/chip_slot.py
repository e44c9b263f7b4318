"""What a chip reader's driver needs of whatever brings its commands to a chip."""

from typing import Protocol

from hardware.interfaces.chip_reader import ChipTrouble
from hardware.status import Media


class ChipChannel(Protocol):
    """A chip that has woken."""

    def transmit(self, command: bytes) -> bytes | ChipTrouble:
        """Send a command.

        Args:
            command: as bytes (ISO 7816-4).

        Returns:
            The answer with its status word; or `PULLED` or `SILENT`.

        Raises:
            DeviceError: the reader itself failed.
        """

    def close(self) -> None:
        """Power the chip down; harmless when it is gone."""


class ChipSlot(Protocol):
    """A place where a card may stand."""

    def open(self) -> str:
        """Take the reader; its name.

        Raises:
            DeviceError: it is not there.
        """

    def close(self) -> None:
        """Let go of the reader; harmless when it is not open."""

    def media(self) -> Media:
        """Whether a card stands there.

        Raises:
            DeviceError: the reader itself failed.
        """

    def connect(self) -> ChipChannel | ChipTrouble:
        """Wake the chip.

        Returns:
            The chip; or `NO_CARD`, or `DEAD` when a card stands there and does not wake.

        Raises:
            DeviceError: the reader itself failed.
        """
