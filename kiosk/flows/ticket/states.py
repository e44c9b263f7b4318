"""States of the errand "take a number": what the visitor is doing."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.queueing import Need
from kiosk.flows.application.states import CardTrouble


class Purpose(StrEnum):
    """What a visitor's card is read for."""

    NUMBER = "number"
    """a ticket without a form"""


@dataclass(frozen=True, slots=True)
class NeedOffer:
    """A reason to go first, as a visitor is asked.

    Args:
        need: why.
        with_proof: whether the window looks at a proof.
    """

    need: Need
    with_proof: bool


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who takes a number, as far as the errand knows.

    Args:
        service_id: what for.
        today: the hall's date; the rules are those of that day.
        holder_number: of the card that was read, empty without one.
        by_age: whether the card alone lets them go first.
    """

    service_id: str
    today: date
    holder_number: str = field(default="", repr=False)
    by_age: bool = False


@dataclass(frozen=True, slots=True)
class ChoosingService:
    """The visitor chooses what they have come for, among the hall's services without a form."""


@dataclass(frozen=True, slots=True)
class WaitingForHolder:
    """The reader waits for an identity card; the visitor may go on without one.

    Args:
        purpose: what the card is read for.
        service_id: chosen before; empty where the purpose needs none.
        trouble: what went wrong in the last try, None in the first.
        tries: failed reads so far.
    """

    purpose: Purpose
    service_id: str = ""
    trouble: CardTrouble | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class ReadingHolder:
    """A card lies on the reader and is being read.

    Args:
        purpose: what it is read for.
        service_id: chosen before.
        tries: failed reads so far.
    """

    purpose: Purpose
    service_id: str = ""
    tries: int = 0


@dataclass(frozen=True, slots=True)
class TellingNeed:
    """The visitor is asked, kindly, whether something lets them go first.

    Args:
        visitor: who takes the number.
        offers: reasons that give priority.
        chosen: by the visitor, None for no reason.
    """

    visitor: Visitor
    offers: tuple[NeedOffer, ...]
    chosen: Need | None = None


@dataclass(frozen=True, slots=True)
class TellingUrgency:
    """The visitor reads which urgent reasons open the green channel.

    Args:
        visitor: who takes the number.
        offers: reasons of the green channel.
        chosen: by the visitor, None for no reason.
    """

    visitor: Visitor
    offers: tuple[NeedOffer, ...]
    chosen: Need | None = None


State = ChoosingService | WaitingForHolder | ReadingHolder | TellingNeed | TellingUrgency
