"""What the transaction reports; each value says all that its screen shows."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.payment import Means
from kiosk.domain.transaction.outcome import Ended


@dataclass(frozen=True, slots=True)
class WaitingForCard:
    """The mouth is open.

    Args:
        trouble: why the last card was given back at the mouth (`wrong_way`, `not_a_card`), or
            empty.
    """

    trouble: str = ""


@dataclass(frozen=True, slots=True)
class WaitingForPerson:
    """The card is inside; whose is it? Answer with `PersonIdentified` from the identity card."""


@dataclass(frozen=True, slots=True)
class OpeningChip:
    """The permit's chip is being opened and read; about a second."""


@dataclass(frozen=True, slots=True)
class WaitingForProof:
    """The chip is open; prove that this is the holder. Answer `PersonProven` or `ProofFailed`.

    Args:
        portrait: the picture stored in the chip, to compare a live face with.
        finger_template: of the holder, base64 in the fingerprint reader's kind; may be empty.
    """

    portrait: bytes = field(repr=False)
    finger_template: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One endorsement that may be chosen; at most one for each destination.

    Args:
        destination: `HKG` or `MAC`.
        kind: its letter.
        grant: code of period and entries in the policy tables.
        months: how long it is good for.
        entries: how many journeys; 0 for any number.
        valid_until: cut to the permit's own end.
        fee_fen: what it costs.
        cancels: numbers of unused endorsements that it would cancel; warn before `ChoiceConfirmed`.
    """

    destination: str
    kind: str
    grant: str
    months: int
    entries: int
    valid_until: date
    fee_fen: int
    cancels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choosing:
    """What may be had. Answer with `ChoiceConfirmed`."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Approving:
    """Central decides."""


class PaymentTrouble(StrEnum):
    """Why the last try to pay took no money. Each is mended in another way."""

    CENTRAL_AWAY = "central_away"
    """no payment while central is away: wait, or cancel"""
    CANCELLED = "cancelled"
    TOO_SLOW = "too_slow"
    NOT_ENOUGH = "not_enough"
    WRONG_PIN = "wrong_pin"
    CARD_REFUSED = "card_refused"
    BANK_AWAY = "bank_away"
    CODE_UNREADABLE = "code_unreadable"
    """not a payment code of ours, or damaged: show it again"""
    CODE_REFUSED = "code_refused"
    CASH_FULL = "cash_full"
    OUT_OF_ORDER = "out_of_order"
    """this means does not work now; another does"""


@dataclass(frozen=True, slots=True)
class AmountDue:
    """How shall it be paid? Answer with `PayBy`, or `CancelAsked`.

    Args:
        amount_fen: of the order.
        paid_fen: what was taken so far; notes are not given back by the machine.
        means: that work now; none while central is away.
        trouble: why the last try took nothing, None at first.
    """

    amount_fen: int
    paid_fen: int
    means: tuple[Means, ...]
    trouble: PaymentTrouble | None = None


@dataclass(frozen=True, slots=True)
class BankCardDue:
    """The bank terminal waits for card and PIN."""

    rest_fen: int


@dataclass(frozen=True, slots=True)
class NotesDue:
    """The acceptor takes notes.

    Args:
        rest_fen: still missing.
        paid_fen: in the cash box.
        notes_fen: notes that fit the rest.
        refused: why the last note came back (`above_rest`, `not_recognised` …), or empty.
    """

    rest_fen: int
    paid_fen: int
    notes_fen: tuple[int, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class CodeDue:
    """The scanner waits for a payment code."""

    rest_fen: int


@dataclass(frozen=True, slots=True)
class CheckingPayment:
    """Whether money was taken is being asked; it can take a minute."""


class Work(StrEnum):
    """Steps of making, in their order."""

    ADMITTING = "admitting"
    """the last look whether central has everything"""
    WRITING_CHIP = "writing_chip"
    PRINTING_FACE = "printing_face"
    VERIFYING = "verifying"
    CONFIRMING = "confirming"


@dataclass(frozen=True, slots=True)
class Making:
    """The card is being made; nothing can be cancelled any more once the chip is written.

    Args:
        work: the step now.
        left_s: what it should still take, in seconds, from the table of usual times.
    """

    work: Work
    left_s: float


@dataclass(frozen=True, slots=True)
class ShowingFace:
    """A picture of the finished card. Answer with `FaceSeen`; silence is taken for consent.

    Args:
        picture: PNG, None without a camera over the card.
    """

    picture: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class TurningBack:
    """Everything is being undone.

    Args:
        reason: why, a code of `Reason`.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class CardPresented:
    """The card is in the mouth: take it.

    Args:
        limit_s: after so many seconds it is kept for safety.
    """

    limit_s: float


@dataclass(frozen=True, slots=True)
class PrintingSlip:
    """The slip is coming out."""


Progress = (
    WaitingForCard
    | WaitingForPerson
    | OpeningChip
    | WaitingForProof
    | Choosing
    | Approving
    | AmountDue
    | BankCardDue
    | NotesDue
    | CodeDue
    | CheckingPayment
    | Making
    | ShowingFace
    | TurningBack
    | CardPresented
    | PrintingSlip
    | Ended
)
