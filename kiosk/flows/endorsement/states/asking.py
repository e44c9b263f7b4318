"""At rest, and what can be asked without a permit."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.closed import Closed
from kiosk.flows.endorsement.states.proof import Purpose


@dataclass(frozen=True, slots=True)
class Resting:
    """Nobody is here; or somebody is about to begin.

    Args:
        closed: purposes that the machine cannot serve now.
    """

    closed: tuple[Closed, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfService:
    """The machine serves nobody.

    Args:
        reasons: message keys.
    """

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookingUp:
    """Central is asked.

    Args:
        purpose: for what.
    """

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class EntryLeft:
    """An endorsement on file, as far as its holder wants to know.

    Args:
        destination: `HKG` or `MAC`.
        kind: its letter.
        entries_left: None for any number.
        valid_until: last day.
    """

    destination: str
    kind: str
    entries_left: int | None
    valid_until: date


@dataclass(frozen=True, slots=True)
class ShowingEntries:
    """What the person has.

    Args:
        entries: the newest first.
        permit_until: last day of the permit.
    """

    entries: tuple[EntryLeft, ...]
    permit_until: date


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order whose slip can be printed again.

    Args:
        order_id: of the order.
        slip_number: on the slip.
        made_on: day it was made.
        destinations: for which.
    """

    order_id: str
    slip_number: str
    made_on: date
    destinations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChoosingSlip:
    """Which slip shall be printed again?

    Args:
        orders: the newest first.
        trouble: whether the printer could not.
    """

    orders: tuple[PastOrder, ...]
    trouble: bool = False


@dataclass(frozen=True, slots=True)
class ReprintingSlip:
    """A slip is printed again.

    Args:
        orders: to go back to.
    """

    orders: tuple[PastOrder, ...]


@dataclass(frozen=True, slots=True)
class Thanks:
    """A farewell after a query."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """Central has nothing, or does not answer.

    Args:
        reason: message key.
    """

    reason: str
