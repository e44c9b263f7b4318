"""The three situations of a call to central, as values."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from kiosk.central.contract import Problem

T = TypeVar("T")


class Cause(StrEnum):
    """Why central could not be reached."""

    CONNECT = "connect"
    """no connection; nothing was sent"""
    LOST = "lost"
    """the connection broke; whether central acted is unknown"""
    TIMEOUT = "timeout"
    """no answer in time; whether central acted is unknown"""
    GARBLED = "garbled"
    """something answered, but not in central's words"""
    TROUBLE = "trouble"
    """central or something before it asks to try again later"""
    NOT_ADMITTED = "not_admitted"
    """central does not believe that this is the machine it says; nothing was done"""


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """Central did it.

    Args:
        value: the answer.
        replayed: whether this is the saved answer to an earlier delivery of the same key.
    """

    value: T
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Central understood and said no; repeating will not help.

    Args:
        status: of HTTP.
        problem: why.
    """

    status: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Central is away, or its answer did not arrive whole.

    Args:
        cause: what was seen last.
        retry_after_s: central's own wish, None where it had none.
    """

    cause: Cause
    retry_after_s: float | None = field(default=None, compare=False)


Outcome = Answered[T] | Refused | Unreachable


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait (reliability facts 2.4).

    Args:
        connect_s: for a connection.
        read_s: for the next bytes of an answer.
        deadline_s: for the whole call with all its tries and pauses.
        tries: at most so many deliveries in one call.
        first_pause_s: upper limit of the pause after the first try; doubles with each try.
        longest_pause_s: upper limit of any pause.
    """

    connect_s: float = 2.0
    read_s: float = 5.0
    deadline_s: float = 8.0
    tries: int = 5
    first_pause_s: float = 0.25
    longest_pause_s: float = 2.0
