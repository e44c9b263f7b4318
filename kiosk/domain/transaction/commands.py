"""What the transaction is told of the citizen."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.payment import Means
from kiosk.domain.transaction.progress import Choice


@dataclass(frozen=True, slots=True)
class Begin:
    """A citizen wants an endorsement.

    Args:
        language: of the slip.
    """

    language: str


@dataclass(frozen=True, slots=True)
class PersonIdentified:
    """The identity card was read; the chip's key is that of this person's permit on file."""

    id_number: str = field(repr=False)
    name: str = field(repr=False)


class Proof(StrEnum):
    """How the holder was proven; central requires what its policy says."""

    ID_CARD = "id_card"
    FACE = "face"
    FINGER = "finger"


@dataclass(frozen=True, slots=True)
class PersonProven:
    """The person at the machine is the holder."""

    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class ProofFailed:
    """Nobody could say that this is the holder: the card goes back."""


@dataclass(frozen=True, slots=True)
class ChoiceConfirmed:
    """The citizen chose, saw fee and warnings, and confirmed.

    Args:
        choices: of those offered, at most one for each destination.
    """

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PayBy:
    """The citizen chose how to pay the rest."""

    means: Means


@dataclass(frozen=True, slots=True)
class FaceSeen:
    """The citizen looked at the picture of the card.

    Args:
        right: whether it is as it should be; if not, staff hear of it.
    """

    right: bool


@dataclass(frozen=True, slots=True)
class CancelAsked:
    """The citizen wants to stop, or has gone; heeded while nothing has been written."""


Command = (
    Begin
    | PersonIdentified
    | PersonProven
    | ProofFailed
    | ChoiceConfirmed
    | PayBy
    | FaceSeen
    | CancelAsked
)
