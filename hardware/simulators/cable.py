"""The cable between a machine and a simulated device."""

from typing import Generic, Protocol, TypeVar

from hardware.simulators.base import Picture


class Cable(Protocol):
    """A far end that can be unplugged; pulling and plugging in twice are harmless."""

    @property
    def plugged(self) -> bool:
        """Whether the cable is in."""

    def plug(self) -> None:
        """Put it in."""

    def unplug(self) -> None:
        """Pull it."""

    def stop(self) -> None:
        """Pull it for good."""


FarEnd = TypeVar("FarEnd", bound=Cable)


class OnCable(Generic[FarEnd]):
    """What simulators at the end of one cable have in common; most make no pictures."""

    _peer: FarEnd

    def stop(self) -> None:
        """Stop answering and let go of the port."""
        self._peer.stop()

    def unplug(self) -> None:
        """Pull the cable."""
        self._peer.unplug()

    def plug(self) -> None:
        """Plug the cable in again."""
        self._peer.plug()

    def pictures(self) -> tuple[Picture, ...]:
        """Nothing comes out of it."""
        return ()
