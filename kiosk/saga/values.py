"""Words for what is known of a card, of money and of cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from kiosk.central.contract.payments import Means, PaymentState
from kiosk.saga.rows import Phase


class Card(StrEnum):
    """Where the card is, as far as the rows tell; sensors tell more."""

    OUT = "out"
    """none was asked for yet, or none came in"""
    ASKED = "asked"
    """the mouth was opened; one may have come in"""
    INSIDE = "inside"
    PRESENTED = "presented"
    """on its way to the mouth, or there, or taken"""
    TAKEN = "taken"
    KEEPING = "keeping"
    """on its way to the bin, or there"""
    KEPT = "kept"
    STUCK = "stuck"
    """inside, and the machine cannot move it or see it"""
    MISSING = "missing"
    """it was inside, nobody gave it out, and no sensor sees it"""


class Money(StrEnum):
    """What is known of the money of one key."""

    ASKED = "asked"
    """the intent is durable, and nothing has been heard since"""
    TAKEN = "taken"
    NONE = "none"
    """surely none, and none can come"""
    UNKNOWN = "unknown"


class Back(StrEnum):
    """What became of giving money back."""

    GIVEN = "given"
    """on its way, now or by central's own tries"""
    CLOSED = "closed"
    """nothing had been taken, and nothing can be any more"""
    OWED = "owed"
    """only a person can give it back"""
    UNKNOWN = "unknown"
    """nobody at the machine can say; the bank's statement does"""


@dataclass
class Payment:
    """Money of one key: a sale, a code, or one banknote.

    Args:
        payment_id: its key.
        means: in central's words.
        amount_fen: above zero.
        facts: of the intent; a bank card's place in the terminal's book.
        money: what is known.
        asked_at: when its intent was written.
        taken_at: when it was known to be taken; the intent's time before.
        reference: of the bank terminal's slip.
        reported: how far central knows of it; None while nobody has begun to tell.
        by_terminal: what the bank terminal made of giving it back.
        by_central: what central made of it.
    """

    payment_id: str
    means: Means
    amount_fen: int
    facts: Mapping[str, Any]
    asked_at: datetime
    taken_at: datetime
    money: Money = Money.ASKED
    reference: str = ""
    reported: Phase | None = None
    by_terminal: Back | None = None
    by_central: Back | None = None

    @property
    def back(self) -> Back | None:
        """What became of giving it back, None while that is not decided."""
        if self.by_terminal is Back.GIVEN or self.by_central is None:
            return self.by_terminal
        return self.by_central

    @property
    def counts(self) -> bool:
        """Whether it pays for the order."""
        return self.money is Money.TAKEN and self.back is None


@dataclass(frozen=True)
class OpenCase:
    """Something that staff must see to.

    Args:
        kind: a code of `CaseKind`.
        at: when it was opened.
        facts: amounts and codes.
        closed: reason and operator, None while it is open.
        closed_at: when it was closed.
        told: what central has heard of it: `opened`, `closed`.
    """

    kind: str
    at: datetime
    facts: Mapping[str, Any]
    closed: Mapping[str, Any] | None = None
    closed_at: datetime | None = None
    told: frozenset[str] = frozenset()


def back_of(state: PaymentState) -> Back | None:
    """What central's word for a payment means for giving it back; None for not yet."""
    return {
        PaymentState.CANCELLED: Back.CLOSED,
        PaymentState.DECLINED: Back.CLOSED,
        PaymentState.REFUNDING: Back.GIVEN,
        PaymentState.REFUNDED: Back.GIVEN,
        PaymentState.OWED: Back.OWED,
    }.get(state)


def case_id(saga: str, kind: str) -> str:
    """The number of a case, as slip, staff and central have it."""
    return f"{saga}-{kind}"
