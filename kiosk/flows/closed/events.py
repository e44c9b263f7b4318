"""Events of the errand "closed"."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ClosedRead:
    """The person has read why, and wants to see what else there is."""


CITIZEN_EVENTS: frozenset[type[Any]] = frozenset({ClosedRead})
"""What the person does."""
