"""A bank card terminal that takes, looks up and gives back money for one order at a time.

The terminal's record carries no order number of ours (hardware facts 4.2), so an order is known by
its place in the terminal's own book: everything behind the entry that was the last one when the
order was opened. From this follow two promises of whoever uses it:

1. `open_order` first, make the order durable, then `sale`.
2. One order at a time: no second `open_order` while the result of the first is `Unknown`. An
   `Unknown` becomes something else as soon as the terminal answers again, by `query`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Cancel, Device


@dataclass(frozen=True, slots=True)
class BookPlace:
    """A place in the terminal's book, sortable within one batch.

    Args:
        batch: the terminal's batch; a new one begins when it settles with the bank.
        voucher: of the entry, 0 for the place before the first entry.
    """

    batch: str
    voucher: int


@dataclass(frozen=True, slots=True)
class CardOrder:
    """What is to be paid by card; plain data, to be written down before `sale`.

    Args:
        order_key: ours, the same in every retry and query.
        amount_fen: above zero.
        after: the last entry of the terminal's book before this order.
    """

    order_key: str
    amount_fen: int
    after: BookPlace


@dataclass(frozen=True, slots=True)
class Charge:
    """One entry of the terminal's book; what a refund needs and a slip shows.

    Args:
        place: batch and voucher (the terminal's trace number).
        amount_fen: as the terminal booked it.
        reference: the bank's reference number.
        auth_code: of the card's bank; may be empty.
        card_masked: first six and last four digits at most; never logged.
        date_mmdd: terminal's date.
        time_hhmmss: terminal's time.
        terminal_id: of the terminal.
        merchant_id: of the merchant.
    """

    place: BookPlace
    amount_fen: int
    reference: str
    auth_code: str
    card_masked: str
    date_mmdd: str
    time_hhmmss: str
    terminal_id: str
    merchant_id: str

    def __repr__(self) -> str:
        return f"Charge(place={self.place!r}, amount_fen={self.amount_fen})"


class DeclineReason(StrEnum):
    """Why surely no money was taken; what the citizen or staff can do differs."""

    CANCELLED_BY_CUSTOMER = "cancelled_by_customer"
    CUSTOMER_TOO_SLOW = "customer_too_slow"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    WRONG_PIN = "wrong_pin"
    CARD_REFUSED = "card_refused"
    """expired, blocked, unknown or over its limit: another card"""
    HOST_AWAY = "host_away"
    """the terminal does not reach the bank: another means of payment"""
    SIGN_ON_NEEDED = "sign_on_needed"
    """call `sign_on`, then `sale` with the same order"""
    ORDER_CANCELLED = "order_cancelled"
    """`cancel_order` was called for this order before"""
    EARLIER_ORDER_OPEN = "earlier_order_open"
    """the outcome of another order is still unknown: `query` that one first"""
    BUSY = "busy"
    """the terminal is still at something else"""
    NOT_REACHED = "not_reached"
    """the terminal took nothing of the request"""
    OTHER = "other"


class Doubt(StrEnum):
    """Why nothing can be said of the money yet."""

    SILENCE = "silence"
    """the sale went out and no usable answer came"""
    BUSY = "busy"
    """the terminal is still at it, for example waiting for the customer"""
    LINK_LOST = "link_lost"
    WITHDRAWN = "withdrawn"
    """the caller stopped waiting"""
    BATCH_CLOSED = "batch_closed"
    """the terminal has settled since; only the bank's statement tells"""
    HOST_SILENT = "host_silent"
    """the terminal reached the bank, but the bank did not answer it in time"""
    CONTRADICTION = "contradiction"
    """the answer names another amount, order or place than was asked for"""


@dataclass(frozen=True, slots=True)
class Approved:
    """Money was taken.

    Args:
        charge: the terminal's entry.
        others: see `Charged`; empty in all but broken terminals.
    """

    charge: Charge
    others: tuple[Charge, ...] = ()


@dataclass(frozen=True, slots=True)
class Declined:
    """Surely no money was taken.

    Args:
        reason: in our words.
        code: the terminal's two characters, empty when it said nothing.
    """

    reason: DeclineReason
    code: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Money may have been taken; ask by `query`, never by another sale.

    Args:
        doubt: why.
    """

    doubt: Doubt


SaleOutcome = Approved | Declined | Unknown


@dataclass(frozen=True, slots=True)
class Charged:
    """The order's sale stands in the terminal's book.

    Args:
        charge: the first entry.
        others: further approved entries behind it with the same amount: a second charge for the
            same order, or the entry of giving it back. `cancel_order` settles all of them.
    """

    charge: Charge
    others: tuple[Charge, ...] = ()


@dataclass(frozen=True, slots=True)
class NotCharged:
    """The terminal is idle and its book has no sale for the order, so none can come late."""


QueryAnswer = Charged | NotCharged | Unknown


@dataclass(frozen=True, slots=True)
class GivenBack:
    """The money is on its way back, now or since an earlier call.

    Args:
        amount_fen: of all entries that were given back.
        by: entries of giving back that this call made; empty when it had been done before.
    """

    amount_fen: int
    by: tuple[Charge, ...] = ()


@dataclass(frozen=True, slots=True)
class NothingToGiveBack:
    """There was no charge, and none can come."""


@dataclass(frozen=True, slots=True)
class NotGivenBack:
    """The terminal or the bank refuses; staff must act.

    Args:
        code: the terminal's two characters.
    """

    code: str


GiveBackOutcome = GivenBack | NothingToGiveBack | NotGivenBack | Unknown


@dataclass(frozen=True, slots=True)
class SignedOn:
    """The terminal has its keys from the bank and may sell."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The batch was closed; charges in it can now only be refunded, not voided."""


class CardTerminal(Device, Protocol):
    """Takes card payments; one order at a time (see the module)."""

    def open_order(self, order_key: str, amount_fen: int, cancel: Cancel) -> CardOrder | Declined:
        """Look where the terminal's book stands, before the order is written down. Moves no money.

        Returns:
            The order; or why card payment is not possible now.
        """

    def sale(self, order: CardOrder, cancel: Cancel) -> SaleOutcome:
        """Let the customer pay; waits for card and PIN.

        Args:
            order: written down durably before.
            cancel: stops waiting; the customer may still pay, so the outcome is then unknown.
        """

    def query(self, order: CardOrder, cancel: Cancel) -> QueryAnswer:
        """Whether the order was charged, also after a restart of machine or terminal."""

    def cancel_order(self, order: CardOrder, cancel: Cancel) -> GiveBackOutcome:
        """Make sure that the order costs nothing, now or later; may be repeated.

        Everything charged for it is voided, or refunded when its batch is closed. While the
        terminal is still at it the outcome is unknown; call again.
        """

    def void(self, charge: Charge, cancel: Cancel) -> GiveBackOutcome:
        """Take one charge back before its batch is settled; may be repeated."""

    def refund(self, charge: Charge, year: int, cancel: Cancel) -> GiveBackOutcome:
        """Pay one charge back in full after its batch was settled; may be repeated.

        Args:
            charge: to pay back.
            year: of the sale, four digits; the terminal's entry has only month and day.
            cancel: stops waiting; the outcome is then unknown.
        """

    def sign_on(self, cancel: Cancel) -> SignedOn | Declined:
        """Fetch the day's keys from the bank; once a day and when a sale asks for it."""

    def settle(self, cancel: Cancel) -> Settled | Declined | Unknown:
        """Close the batch with the bank; only while no order is open."""
