"""What the endorsement machine knows of a person, and what it may make for them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.application import Destination


@dataclass(frozen=True, slots=True)
class Held:
    """An endorsement already granted.

    Args:
        number: its number.
        destination: where it leads.
        valid_until: last day.
        used: whether it has been travelled on.
        entries_left: journeys left; None for any number.
    """

    number: str
    destination: Destination
    valid_until: date
    used: bool
    entries_left: int | None

    def unused_on(self, day: date) -> bool:
        """Whether a new one for the same destination would cancel it (domain facts 5)."""
        return not self.used and day <= self.valid_until and self.entries_left != 0


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of a permit, as far as the rules ask.

    Args:
        birth: their day of birth.
        household: region code of the household.
        residence: region code of a residence permit; empty for none.
        permit_until: last day of the permit.
        filed_unit: whether their unit is filed for business journeys (备案).
        restricted: whether only a window may serve them; the reason is nobody's business here.
        held: their endorsements.
        recent: confirmed orders of the last days, by destination.
    """

    birth: date = field(repr=False)
    household: str = field(repr=False)
    permit_until: date
    residence: str = field(default="", repr=False)
    filed_unit: bool = False
    restricted: bool = False
    held: tuple[Held, ...] = ()
    recent: dict[Destination, int] = field(default_factory=dict)


class NotServed(StrEnum):
    """Why the machine makes nothing; the values are the contract's `Guidance`."""

    PERMIT_EXPIRED = "permit_expired"
    PERMIT_EXPIRING = "permit_expiring"
    TOO_YOUNG = "too_young"
    TOO_SOON = "too_soon"
    NOTHING_OFFERED = "nothing_offered"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Offer:
    """An endorsement that the machine may make.

    Args:
        destination: where it leads.
        kind: letter of the kind.
        grant: code of period and entries.
        months: of the period.
        entries: journeys; 0 for any number.
        valid_until: last day, cut to the permit's.
        fee_fen: its price.
        cancels: numbers of unused endorsements that it would end.
    """

    destination: Destination
    kind: str
    grant: str
    months: int
    entries: int
    valid_until: date
    fee_fen: int
    cancels: tuple[str, ...] = ()
