"""What became of a call to a device."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from hardware.errors import DeviceError
from hardware.interfaces.device import Cancel

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Done(Generic[T_co]):
    """The call came back.

    Args:
        value: what it returned; after a withdrawal whatever the driver says of the broken-off
            act, for example that a print is doubtful.
    """

    value: T_co


@dataclass(frozen=True, slots=True)
class Failed:
    """The device did not keep its promise."""

    error: DeviceError


@dataclass(frozen=True, slots=True)
class Overdue:
    """The deadline passed first; the call may still hang, and what it returns is dropped."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The caller withdrew the call before it began, or the driver ended it without a result."""


Outcome = Done[T] | Failed | Overdue | Withdrawn

Call = Callable[[Cancel], T]


class Handle(Protocol):
    """A call that has been handed in."""

    def cancel(self) -> None:
        """Withdraw it; harmless when it has ended."""
