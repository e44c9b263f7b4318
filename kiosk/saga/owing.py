"""What a transaction still owes, worked out from its rows: a debt cannot be forgotten.

Nothing is entered into a list of debts. What was begun and not brought to its end is owed, whoever
asks and after however many restarts; paying a debt writes the row that ends it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kiosk.central.contract.payments import Means
from kiosk.saga.office import is_code
from kiosk.saga.rows import Phase, Step
from kiosk.saga.state import State
from kiosk.saga.values import Back, Money, Payment


class DebtKind(StrEnum):
    """What is owed."""

    FINISH_NOTE = "finish_note"
    """a banknote's end"""
    CANCEL_AT_TERMINAL = "cancel_at_terminal"
    """a bank card's money, or the certainty that none was taken"""
    CANCEL_AT_CENTRAL = "cancel_at_central"
    """a code's money, and a key that can never be charged"""
    REPORT = "report"
    """central does not know of money that a person must give back"""
    REFUND = "refund"
    """central knows of money that a device took"""
    VOID = "void"
    CONFIRM = "confirm"
    TELL_CASE = "tell_case"
    """the call for staff"""
    TELL_CLOSED = "tell_closed"


AT_DEVICES = frozenset({DebtKind.FINISH_NOTE, DebtKind.CANCEL_AT_TERMINAL})
"""Paid at a device; everything else at central."""


@dataclass(frozen=True, slots=True)
class Debt:
    """One thing owed.

    Args:
        kind: what.
        key: of the payment or case; empty for the order.
    """

    kind: DebtKind
    key: str = ""


def owing(state: State) -> tuple[Debt, ...]:
    """Everything a transaction owes now, in the order in which it should be paid."""
    debts: list[Debt] = []
    if state.open_note:
        debts.append(Debt(DebtKind.FINISH_NOTE, state.open_note.payment_id))
    if state.turned is not None:
        for payment in state.payments.values():
            debts += _of_payment(payment)
        if Step.ORDER in state.steps and not _ended(state, Step.VOID) and _stands(state):
            debts.append(Debt(DebtKind.VOID))
    if state.verified_at and state.turned is None and not _ended(state, Step.CONFIRM):
        debts.append(Debt(DebtKind.CONFIRM))
    return (*debts, *_of_cases(state))


def _of_payment(payment: Payment) -> Iterator[Debt]:
    """What is owed for money of a transaction that turned back."""
    if payment.money is Money.NONE:
        return
    if is_code(payment.means):
        if payment.by_central is None:
            yield Debt(DebtKind.CANCEL_AT_CENTRAL, payment.payment_id)
        return
    if payment.means is Means.BANK_CARD and payment.by_terminal is None:
        yield Debt(DebtKind.CANCEL_AT_TERMINAL, payment.payment_id)
    elif payment.money is Money.TAKEN and payment.by_central is None:
        yield from _at_central(payment)


def _at_central(payment: Payment) -> Iterator[Debt]:
    """What central must hear of money that a device took."""
    if payment.by_terminal is Back.GIVEN:
        # Central may know of it; telling of money that has gone back already would revive it.
        if payment.reported in (Phase.INTENT, Phase.DONE):
            yield Debt(DebtKind.REFUND, payment.payment_id)
    elif payment.reported is Phase.DONE:
        yield Debt(DebtKind.REFUND, payment.payment_id)
    elif payment.reported is not Phase.NOT_DONE:
        yield Debt(DebtKind.REPORT, payment.payment_id)


def _of_cases(state: State) -> Iterator[Debt]:
    for case in state.cases.values():
        if "opened" not in case.told:
            yield Debt(DebtKind.TELL_CASE, case.kind)
        elif case.closed is not None and "closed" not in case.told:
            yield Debt(DebtKind.TELL_CLOSED, case.kind)


def _ended(state: State, step: Step) -> bool:
    return state.steps.get(step) in (Phase.DONE, Phase.NOT_DONE)


def _stands(state: State) -> bool:
    """Whether central may hold an order that nobody has dropped."""
    return state.steps[Step.ORDER] is not Phase.NOT_DONE
