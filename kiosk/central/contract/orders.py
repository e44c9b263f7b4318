"""Orders of endorsements: approved, paid, made, confirmed; or voided.

Central decides once per order id: the same id asks for the same order, whatever is repeated.
The order's own state is what recovery asks for after a restart (`GET /v1/orders/{order_id}`).
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model, Moment, ShortText
from kiosk.central.contract.payments import PaymentOut
from kiosk.central.contract.permits import (
    Entries,
    Fen,
    IdNumber,
    KindLetter,
    PermitNumber,
    Place,
    Turned,
)


class Proof(StrEnum):
    """How the person proved who they are; central requires what its policy says."""

    CHIP = "chip"
    """the permit's chip opened with the key on file and is genuine"""
    ID_CARD = "id_card"
    FACE = "face"
    FINGER = "finger"


class Wish(Model):
    """One endorsement wanted: an option of the eligibility answer."""

    destination: Place
    kind: KindLetter
    grant: Id


class OrderIn(Model):
    """A citizen's choice, to be approved."""

    order_id: Id
    machine_id: Id
    hall_id: Id
    id_number: IdNumber
    permit_number: PermitNumber
    wishes: Annotated[tuple[Wish, ...], Field(min_length=1, max_length=2)]
    """one for each destination"""
    proofs: Annotated[tuple[Proof, ...], Field(max_length=4)]
    accepted_cancels: Annotated[tuple[Id, ...], Field(max_length=10)] = ()
    """numbers of the endorsements whose end the citizen was warned of and accepted"""
    asked_at: Moment


class OrderState(StrEnum):
    """Where an order stands."""

    REFUSED = "refused"
    APPROVED = "approved"
    PAID = "paid"
    """payments that were taken cover the amount"""
    CONFIRMED = "confirmed"
    """the card was written and verified: the endorsements are issued"""
    VOIDED = "voided"
    """nothing was issued; whatever was taken is owed back"""


class FeeItem(Model):
    """One line of the fee, under its code of the non-tax revenue system."""

    code: ShortText
    destination: Place
    entries: Entries
    months: Annotated[int, Field(ge=1, le=120)]
    amount_fen: Fen


class Granted(Model):
    """An endorsement that the order will issue."""

    number: Id
    destination: Place
    kind: KindLetter
    entries: Entries
    valid_from: date
    valid_until: date
    authority: ShortText


class OrderOut(Model):
    """An order as central has it."""

    order_id: Id
    state: OrderState
    permit_number: PermitNumber
    amount_fen: Fen
    fee_items: tuple[FeeItem, ...] = ()
    granted: tuple[Granted, ...] = ()
    cancels: tuple[Id, ...] = ()
    turned: Turned | None = None
    """why it was refused, as far as a citizen is told"""
    approved_until: AwareDatetime | None = None
    """pay and make it before, else it is voided by central itself"""
    payments: tuple[PaymentOut, ...] = ()
    confirmed_at: AwareDatetime | None = None
    slip_number: ShortText = ""
    """of the slip (智能签注受理回执)"""


class ConfirmationIn(Model):
    """The card was written, read back, and looked at."""

    machine_id: Id
    chip_verified: bool
    face_verified: bool
    at: Moment


class VoidIn(Model):
    """Nothing was or will be written to the card."""

    machine_id: Id
    reason: ShortText
    at: Moment


class SlipQuery(Model):
    """A person wants the slips of their last orders again, or to see what they have."""

    machine_id: Id
    hall_id: Id
    id_number: IdNumber
    permit_number: PermitNumber


class Slips(Model):
    """Confirmed orders of the last days, newest first."""

    orders: Annotated[tuple[OrderOut, ...], Field(max_length=20)] = ()


class CaseIn(Model):
    """A machine opens, or adds to, a case that staff must see (design 8, law 1)."""

    case_id: Id
    machine_id: Id
    hall_id: Id
    order_id: Id | None = None
    kind: ShortText
    """code of the closed list in the machine's saga"""
    amount_fen: Fen = 0
    """money in question"""
    card_inside: bool = False
    at: Moment


class CaseClosed(Model):
    """Staff at the machine closed a case."""

    machine_id: Id
    reason: ShortText
    operator: ShortText
    at: Moment
