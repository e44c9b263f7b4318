"""What the rows of one transaction add up to; after a restart this is all that is known."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.central.contract.orders import OrderIn, OrderOut
from kiosk.central.contract.payments import Means
from kiosk.saga.rows import Phase, Row, Step
from kiosk.saga.values import Back, Card, Money, OpenCase, Payment


@dataclass
class State:
    """One transaction.

    Args:
        saga: its id, which is the order's as well.
        begun_at: when.
        language: of the slip.
        card: custody.
        person: sealed facts: identity, permit, what opens the chip.
        asked: what central was asked to approve.
        order: what it approved.
        steps: last phase of every step that happens once.
        tries: how often a step was begun.
        payments: by key, in order.
        turned: why it is being undone, None while it is not.
        turn_facts: what the citizen is told of it.
        turned_at: when that was decided.
        verified_at: when the chip was read back at the end.
        slip_number: central's number on the slip.
        face_given_up: why the face will not be printed any more, empty while it may.
        kept_why: why the card was kept.
        cases: by kind.
        ended: facts of the end.
        ended_at: when.
    """

    saga: str
    begun_at: datetime | None = None
    language: str = "zh_CN"
    card: Card = Card.OUT
    person: Mapping[str, Any] = field(default_factory=dict, repr=False)
    asked: OrderIn | None = field(default=None, repr=False)
    order: OrderOut | None = field(default=None, repr=False)
    steps: dict[Step, Phase] = field(default_factory=dict)
    tries: dict[Step, int] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    turned: str | None = None
    turn_facts: Mapping[str, Any] = field(default_factory=dict)
    turned_at: datetime | None = None
    verified_at: datetime | None = None
    slip_number: str = ""
    face_given_up: str = ""
    kept_why: str = ""
    cases: dict[str, OpenCase] = field(default_factory=dict)
    ended: Mapping[str, Any] | None = None
    ended_at: datetime | None = None
    closed: bool = False

    @property
    def paid_fen(self) -> int:
        """Money that was taken and not given back."""
        return sum(one.amount_fen for one in self.payments.values() if one.counts)

    @property
    def amount_fen(self) -> int:
        """What the approved order costs; 0 without one."""
        return self.order.amount_fen if self.order else 0

    @property
    def open_note(self) -> Payment | None:
        """The banknote whose end is not known."""
        for one in self.payments.values():
            if one.means is Means.CASH and one.money is Money.ASKED:
                return one
        return None

    def apply(self, row: Row) -> None:
        """Take in the next row."""
        self.steps[row.step] = row.phase
        if row.phase is Phase.INTENT:
            self.tries[row.step] = self.tries.get(row.step, 0) + 1
        _APPLY.get(row.step, _nothing)(self, row)


def fold(saga: str, rows: Iterable[Row]) -> State:
    """What rows add up to."""
    state = State(saga)
    for row in rows:
        state.apply(row)
    return state


def _nothing(_state: State, _row: Row) -> None:
    """The phase says it all."""


def _open(state: State, row: Row) -> None:
    state.begun_at = row.at
    state.language = str(row.facts.get("language", "zh_CN"))


_CARD: Mapping[tuple[Step, Phase], Card] = {
    (Step.CARD_IN, Phase.INTENT): Card.ASKED,
    (Step.CARD_IN, Phase.DONE): Card.INSIDE,
    (Step.CARD_IN, Phase.NOT_DONE): Card.OUT,
    (Step.CARD_IN, Phase.UNKNOWN): Card.STUCK,
    (Step.PRESENT, Phase.INTENT): Card.PRESENTED,
    (Step.PRESENT, Phase.DONE): Card.TAKEN,
    (Step.PRESENT, Phase.NOT_DONE): Card.STUCK,
    (Step.PRESENT, Phase.UNKNOWN): Card.MISSING,
    (Step.KEEP, Phase.INTENT): Card.KEEPING,
    (Step.KEEP, Phase.DONE): Card.KEPT,
    (Step.KEEP, Phase.NOT_DONE): Card.STUCK,
    (Step.KEEP, Phase.UNKNOWN): Card.STUCK,
}


def _card(state: State, row: Row) -> None:
    state.card = _CARD[row.step, row.phase]
    if row.step is Step.KEEP and row.phase is Phase.INTENT:
        state.kept_why = str(row.facts["why"])


def _permit(state: State, row: Row) -> None:
    state.person = row.private


def _order(state: State, row: Row) -> None:
    # Once shredded, the transaction is closed and nobody asks for the order any more.
    if row.phase is Phase.INTENT and row.private:
        state.asked = OrderIn.model_validate(row.private["order"])
    elif row.phase is Phase.DONE and row.private:
        state.order = OrderOut.model_validate(row.private["order"])
        state.slip_number = state.order.slip_number


_MONEY = {
    Phase.INTENT: Money.ASKED,
    Phase.DONE: Money.TAKEN,
    Phase.NOT_DONE: Money.NONE,
    Phase.UNKNOWN: Money.UNKNOWN,
}


def _payment(state: State, row: Row) -> None:
    if row.phase is Phase.INTENT:
        means = Means(row.facts["means"])
        amount_fen = int(row.facts["amount_fen"])
        state.payments[row.key] = Payment(row.key, means, amount_fen, row.facts, row.at, row.at)
        return
    payment = state.payments[row.key]
    payment.money = _MONEY[row.phase]
    if row.phase is Phase.DONE:
        payment.taken_at = row.at
        payment.reference = str(row.facts.get("reference", ""))


def _report(state: State, row: Row) -> None:
    state.payments[row.key].reported = row.phase


def _give_back(state: State, row: Row) -> None:
    payment = state.payments[row.key]
    back = Back(row.facts["back"])
    if row.facts["by"] == "terminal":
        payment.by_terminal = back
    else:
        payment.by_central = back
        if payment.means in (Means.BANK_CARD, Means.CASH):
            # What a device took is known from the device alone.
            return
    if back is Back.CLOSED:
        payment.money = Money.NONE
    elif back in (Back.GIVEN, Back.OWED):
        payment.money = Money.TAKEN


def _turn_back(state: State, row: Row) -> None:
    state.turned = str(row.facts["reason"])
    state.turn_facts = row.facts
    state.turned_at = row.at


def _face(state: State, row: Row) -> None:
    if row.phase is Phase.FACT:
        state.face_given_up = str(row.facts["given_up"])


def _verify(state: State, row: Row) -> None:
    if row.phase is Phase.DONE:
        state.verified_at = row.at


def _confirm(state: State, row: Row) -> None:
    state.slip_number = str(row.facts.get("slip_number") or state.slip_number)


def _case(state: State, row: Row) -> None:
    if row.phase is Phase.FACT:
        state.cases[row.key] = OpenCase(row.key, row.at, row.facts)
    else:
        was = state.cases[row.key]
        state.cases[row.key] = OpenCase(was.kind, was.at, was.facts, row.facts, row.at, was.told)


def _tell(state: State, row: Row) -> None:
    was = state.cases[row.key]
    told = was.told | {str(row.facts["what"])}
    state.cases[row.key] = OpenCase(was.kind, was.at, was.facts, was.closed, was.closed_at, told)


def _end(state: State, row: Row) -> None:
    state.ended = row.facts
    state.ended_at = row.at


def _closed(state: State, _row: Row) -> None:
    state.closed = True


_APPLY: Mapping[Step, Callable[[State, Row], None]] = {
    Step.OPEN: _open,
    Step.CARD_IN: _card,
    Step.PRESENT: _card,
    Step.KEEP: _card,
    Step.PERMIT: _permit,
    Step.ORDER: _order,
    Step.PAYMENT: _payment,
    Step.REPORT: _report,
    Step.GIVE_BACK: _give_back,
    Step.TURN_BACK: _turn_back,
    Step.FACE: _face,
    Step.VERIFY: _verify,
    Step.CONFIRM: _confirm,
    Step.CASE: _case,
    Step.TELL: _tell,
    Step.END: _end,
    Step.CLOSED: _closed,
}
