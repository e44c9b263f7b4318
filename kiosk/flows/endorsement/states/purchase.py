"""The choice, and how it is paid."""

from dataclasses import dataclass

from kiosk.domain.payment import Means
from kiosk.domain.transaction.progress import Choice, PaymentTrouble


@dataclass(frozen=True, slots=True)
class Choosing:
    """What may be had, to choose from.

    Args:
        choices: everything offered.
        chosen: at most one for each destination.
        nothing_chosen: the person wanted to go on without a choice.
    """

    choices: tuple[Choice, ...]
    chosen: tuple[Choice, ...] = ()
    nothing_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Confirming:
    """The choice with its fee, and what it would end.

    Args:
        choices: everything offered, for going back.
        chosen: what is to be confirmed.
    """

    choices: tuple[Choice, ...]
    chosen: tuple[Choice, ...]

    @property
    def amount_fen(self) -> int:
        """The whole fee."""
        return sum(one.fee_fen for one in self.chosen)


@dataclass(frozen=True, slots=True)
class Approving:
    """Central decides."""


@dataclass(frozen=True, slots=True)
class ChoosingPayment:
    """How shall it be paid?

    Args:
        amount_fen: of the order.
        paid_fen: taken so far.
        means: that work now.
        trouble: why the last try took nothing.
    """

    amount_fen: int
    paid_fen: int
    means: tuple[Means, ...]
    trouble: PaymentTrouble | None = None

    @property
    def rest_fen(self) -> int:
        """Still missing."""
        return self.amount_fen - self.paid_fen


@dataclass(frozen=True, slots=True)
class PayingByBankCard:
    """The bank terminal waits for card and PIN."""

    rest_fen: int


@dataclass(frozen=True, slots=True)
class InsertingNotes:
    """The acceptor takes notes.

    Args:
        rest_fen: still missing.
        paid_fen: in the cash box.
        notes_fen: notes that fit the rest.
        refused: why the last note came back, or empty.
    """

    rest_fen: int
    paid_fen: int
    notes_fen: tuple[int, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class ShowingPaymentCode:
    """The scanner waits for the code on the person's phone."""

    rest_fen: int


@dataclass(frozen=True, slots=True)
class CheckingPayment:
    """Whether money was taken is being asked."""
