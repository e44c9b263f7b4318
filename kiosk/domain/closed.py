"""What a machine cannot do for now, while it does the rest."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Closed:
    """An errand that is not offered for now.

    Args:
        errand: its name in the machine's role.
        reasons: message keys `service.<what>.<cause>` of what is missing, at least one.
    """

    errand: str
    reasons: tuple[str, ...]


def closed_of(closed: Iterable[Closed], errand: str) -> Closed | None:
    """Why an errand is not offered; None when it is."""
    return next((one for one in closed if one.errand == errand), None)


def lacks(closed: Iterable[Closed], device: str) -> bool:
    """Whether a device is among what is missing."""
    mark = f"service.{device}."
    return any(reason.startswith(mark) for one in closed for reason in one.reasons)
