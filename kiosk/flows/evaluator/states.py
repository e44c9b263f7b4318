"""States of a window's terminal while nobody is asked anything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resting:
    """The window's clerk and the hall's notices; what they are is a fact of the machine."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """A citizen has come to the window."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The window is closed, another terminal stands in this one's place, or this one is ill.

    Args:
        reasons: message keys of what is wrong with the terminal; empty for a closed window.
    """

    reasons: tuple[str, ...] = ()


State = Resting | Greeting | Paused
