"""Payments of an order, each under its own key; central is the gateway for payment codes.

A key is charged at most once. `cancel` makes a key unusable for ever: what was charged under it is
refunded, and what arrives late finds it closed (reliability facts 1.10).
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kiosk.central.contract.base import Id, Model, Moment, ShortText
from kiosk.central.contract.permits import Fen


class Means(StrEnum):
    """How it is paid."""

    BANK_CARD = "bank_card"
    """charged by the machine's terminal and reported here"""
    CASH = "cash"
    """one payment for each stacked note"""
    ALIPAY = "alipay"
    WECHAT = "wechat"
    UNIONPAY_CODE = "unionpay_code"


class PaymentState(StrEnum):
    """What became of a payment."""

    PENDING = "pending"
    """the gateway has not said yet: ask again, never charge again"""
    TAKEN = "taken"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    """closed before anything was charged; nothing can be charged under this key any more"""
    REFUNDING = "refunding"
    """owed back, not yet given back; central keeps trying"""
    REFUNDED = "refunded"
    OWED = "owed"
    """owed back and only a person can give it back: cash, or a terminal that refused"""


class PaymentIn(Model):
    """Charge, or report what a device has taken."""

    payment_id: Id
    """made by the machine before anything is charged"""
    order_id: Id
    machine_id: Id
    means: Means
    amount_fen: Annotated[Fen, Field(ge=1)]
    payment_code: Annotated[str, Field(pattern=r"^[0-9]{0,32}$")] = ""
    """as scanned; only for codes, kept nowhere"""
    terminal_reference: ShortText = ""
    """of the bank terminal's slip; only for bank cards, no card number"""
    at: Moment


class PaymentOut(Model):
    """A payment as central has it."""

    payment_id: Id
    order_id: Id
    means: Means
    amount_fen: Fen
    state: PaymentState
    reason: ShortText = ""
    """code of why it was declined"""


class CancelIn(Model):
    """Close a key, whether or not it was ever charged."""

    order_id: Id
    machine_id: Id
    means: Means
    amount_fen: Fen
    reason: ShortText
    at: Moment


class RefundIn(Model):
    """Give back what was taken under a key."""

    machine_id: Id
    reason: ShortText
    done_by_terminal: bool = False
    """the bank terminal has already given it back and printed so"""
    at: Moment
