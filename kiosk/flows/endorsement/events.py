"""Events of the endorsement machine: facts that have happened."""

from dataclasses import dataclass, field
from datetime import date

from kiosk.domain.payment import Means
from kiosk.domain.person import Person
from kiosk.domain.transaction.progress import Choice, Progress
from kiosk.flows.endorsement.states import (
    CardTrouble,
    EntryLeft,
    PastOrder,
    Preview,
    Purpose,
)

# What the person did.


@dataclass(frozen=True, slots=True)
class BeginAsked:
    """The person wants something of the machine."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class NextAsked:
    """The main action of the screen."""


@dataclass(frozen=True, slots=True)
class BackAsked:
    """One step back."""


@dataclass(frozen=True, slots=True)
class ChoiceToggled:
    """The person chose an endorsement, or took the choice back."""

    choice: Choice


@dataclass(frozen=True, slots=True)
class MeansChosen:
    """The person chose how to pay."""

    means: Means


@dataclass(frozen=True, slots=True)
class OtherMeansAsked:
    """The person wants to pay otherwise after all."""


@dataclass(frozen=True, slots=True)
class FaceTriedAgain:
    """The person wants to look into the camera once more."""


@dataclass(frozen=True, slots=True)
class FingerAsked:
    """The person wants to prove it by finger."""


@dataclass(frozen=True, slots=True)
class WindowAsked:
    """The person goes to a window and wants the card back."""


@dataclass(frozen=True, slots=True)
class FaceJudged:
    """The person looked at the picture of the card.

    Args:
        right: whether it is as it should be.
    """

    right: bool


@dataclass(frozen=True, slots=True)
class SlipChosen:
    """The person wants this slip again."""

    order_id: str


# What devices, central and the transaction did.


@dataclass(frozen=True, slots=True)
class TransactionReported:
    """The transaction went on."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class IdCardFound:
    """An identity card lies on the reader."""


@dataclass(frozen=True, slots=True)
class IdCardRead:
    """It was read.

    Args:
        person: its holder.
    """

    person: Person = field(repr=False)


@dataclass(frozen=True, slots=True)
class IdCardTroubled:
    """It could not be read."""

    trouble: CardTrouble


@dataclass(frozen=True, slots=True)
class FaceGuided:
    """The camera sees something.

    Args:
        guidance: what the person should do.
        preview: the picture.
    """

    guidance: str
    preview: Preview | None = None


@dataclass(frozen=True, slots=True)
class FaceChecked:
    """The check of the face has ended.

    Args:
        same: whether it is the holder's; None when nobody could say.
        reason: why not, a code; empty when it is.
    """

    same: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FingerGuided:
    """The finger reader sees something."""

    guidance: str


@dataclass(frozen=True, slots=True)
class FingerChecked:
    """The check of a finger has ended.

    Args:
        same: whether it is the holder's; None when no print could be compared.
        reason: why not, a code; empty when it is.
    """

    same: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EntriesFound:
    """Central told what a person has.

    Args:
        entries: the newest first.
        permit_until: last day of the permit.
    """

    entries: tuple[EntryLeft, ...]
    permit_until: date


@dataclass(frozen=True, slots=True)
class SlipsFound:
    """Central told of a person's last orders."""

    orders: tuple[PastOrder, ...]


@dataclass(frozen=True, slots=True)
class NothingFound:
    """Central has nothing, or does not answer.

    Args:
        reason: message key.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class SlipReprinted:
    """A slip came out again, or did not.

    Args:
        printed: whether it did.
    """

    printed: bool


CITIZEN_EVENTS = frozenset(
    {
        BeginAsked,
        NextAsked,
        BackAsked,
        ChoiceToggled,
        MeansChosen,
        OtherMeansAsked,
        FaceTriedAgain,
        FingerAsked,
        WindowAsked,
        FaceJudged,
        SlipChosen,
    }
)
"""What a person does; an overlay holds these off."""
