"""What the simulator bench needs to know of a simulator: its knobs, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

KnobValue = str | int | bool | None


class KnobKind(StrEnum):
    """How the bench draws a knob."""

    SWITCH = "switch"
    CHOICE = "choice"
    NUMBER = "number"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice knob.

    Args:
        value: what is set.
        label_key: message key of its name on the bench.
    """

    value: str
    label_key: str


@dataclass(frozen=True, slots=True)
class Knob:
    """One thing a tester can turn.

    Args:
        key: stable name within its simulator, for tests and the bench's API.
        label_key: message key, `bench.<simulator>.<knob>`.
        kind: how it is drawn.
        get: its present value; an action has none.
        set: turns it; an action is called with None.
        choices: for a choice.
        unit: for a number, for example `ms`.
    """

    key: str
    label_key: str
    kind: KnobKind
    get: Callable[[], KnobValue]
    set: Callable[[KnobValue], None]
    choices: tuple[Choice, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture a simulator made, for example a ticket.

    Args:
        name: file name without path, unique within the simulator.
        png: the picture.
        caption: machine-readable facts to show beside it (text lines, code contents).
    """

    name: str
    png: bytes
    caption: str = ""


class Simulator(Protocol):
    """The other end of a device's wire."""

    key: str
    """the device's name in the configuration, for example `ticket_printer`"""

    def start(self) -> Mapping[str, str | int | float]:
        """Begin to answer; returns the driver options that lead here (`port`, …)."""

    def stop(self) -> None:
        """Stop answering and let go of ports and threads."""

    def knobs(self) -> tuple[Knob, ...]:
        """Everything that can be turned, in the order the bench shows it."""

    def pictures(self) -> tuple[Picture, ...]:
        """What came out, oldest first."""


@runtime_checkable
class Neighbour(Protocol):
    """A simulator that shares something with others of the same machine, as one card."""

    def meet(self, others: Mapping[str, Simulator]) -> None:
        """Get to know them, before any driver is opened."""
