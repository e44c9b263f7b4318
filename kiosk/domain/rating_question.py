"""A question to one citizen about one served case, as a machine puts it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.rating import Level


@dataclass(frozen=True, slots=True)
class Reason:
    """Something a citizen may say about a level.

    Args:
        code: as central keeps it.
        names: by locale.
    """

    code: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """One level and what may be said about it.

    Args:
        level: which.
        may_be_called: whether a number to be called back at may be left.
        reasons: that fit it.
    """

    level: Level
    may_be_called: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that waits for its citizen.

    Args:
        request_id: of central's request, or of the machine's own.
        left_s: how long it stays open from now.
        most_reasons: that one citizen can choose.
        choices: the five levels, best first.
    """

    request_id: str
    left_s: float
    most_reasons: int
    choices: tuple[LevelChoice, ...]

    def choice(self, level: Level) -> LevelChoice:
        """What may be said about a level."""
        return next(one for one in self.choices if one.level is level)
