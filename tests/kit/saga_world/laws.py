"""The laws of design 8, checked against everything that outlived the machine's process."""

from collections import Counter
from collections.abc import Callable, Iterator

from kiosk.central.contract.orders import OrderState
from kiosk.central.contract.payments import Means
from kiosk.saga.book import Book
from kiosk.saga.cases import LOCKING, CaseKind
from kiosk.saga.office import is_code
from kiosk.saga.rows import Phase, Step
from kiosk.saga.state import State
from kiosk.saga.values import Back, Card, Money, Payment, case_id
from tests.kit.saga_world.hall import Hall

Law = Callable[[Hall, State], Iterator[str]]


def broken_laws(hall: Hall, *, settled: bool) -> list[str]:
    """Every law that does not hold.

    Args:
        hall: at rest, its machine not running.
        settled: whether faults have passed and everybody has answered since.
    """
    journal = hall.open_journal()
    try:
        found = list(hall.world.broken)
        if journal.verify() is not None:
            found.append("the chain of the journal is broken")
        states = [Book(journal, saga).state for saga in hall.world.durable]
        laws = (*AT_REST, *SETTLED) if settled else AT_REST
        for state in states:
            found += [f"{state.saga}: {says}" for law in laws for says in law(hall, state)]
        found += _cards(hall, states)
    except KeyError:
        found.append("the journal tells of something that it never announced")
    finally:
        journal.close()
    return found


def money_of(hall: Hall, key: str) -> int:
    """Money that bank, gateway and cash box hold under a key, in fen."""
    notes = sum(fen for one, fen in hall.cash.box if one == key)
    return hall.terminal.net_fen(key) + hall.ledger.net_fen(key) + notes


def _ends(hall: Hall, state: State) -> Iterator[str]:
    """Law 5 and 7: an end, once."""
    if state.ended is None:
        yield "recovery left it without an end"
    ends = sum(
        row[0] is Step.END and row[1] is Phase.FACT for row in hall.world.durable[state.saga]
    )
    if ends > 1:
        yield "it ended twice"


def _once(hall: Hall, state: State) -> Iterator[str]:
    """Law 2: one charge, one record, one good print."""
    for kind in ("chip.write", "face.print", "central.confirm"):
        if hall.world.count(kind, state.saga) > 1:
            yield f"{kind} more than once"
    order = hall.ledger.orders.get(state.saga)
    if order is None:
        return
    held, once = Counter[str](), dict[str, int]()
    for effect in hall.world.effects:
        if effect.saga != state.saga:
            continue
        held[effect.key] += effect.fen
        if effect.kind == "bank.charge":
            once.setdefault(effect.key, effect.fen)
        # What a bank charges twice under one key it charges by itself; `_doubled` sees to it.
        if sum(min(fen, once.get(key, fen)) for key, fen in held.items()) > order.amount_fen:
            yield "more was charged than the order costs"
            return


def _doubled(hall: Hall, state: State) -> Iterator[str]:
    """A key that the bank charged twice was given back whole, or is left to a person."""
    charges = Counter(
        one.key
        for one in hall.world.effects
        if one.kind == "bank.charge" and one.saga == state.saga
    )
    again = {key: times - 1 for key, times in charges.items() if times > 1}
    if sum(again.values()) > hall.world.struck["bank.charged_twice"]:
        yield "charged twice, and not by the bank"
    for key in again:
        payment = state.payments[key]
        whole = payment.back is Back.GIVEN and money_of(hall, key) == 0
        if not whole and not _unsure(payment):
            yield f"{key}: charged twice, and neither given back nor a case"


def _written(hall: Hall, state: State) -> Iterator[str]:
    """Law 1: a record on a chip is paid for, and nothing of it is undone by this machine."""
    if not hall.world.count("chip.write", state.saga):
        return
    if state.turned is not None:
        yield "the chip was written and the transaction turned back"
    if _given_unasked(hall, state):
        # Central went back on an order that it had admitted; `_money` says what must hold then.
        return
    order = hall.ledger.orders[state.saga]
    if order.state is OrderState.VOIDED and not _dropped(hall, state):
        yield "the chip was written for an order that central dropped"
    paid_fen = sum(money_of(hall, key) for key in state.payments)
    if paid_fen != order.amount_fen:
        yield f"the chip was written for {paid_fen} of {order.amount_fen} fen"


def _confirmed(hall: Hall, state: State) -> Iterator[str]:
    """Central issues only what stands on the chip and is on the face."""
    order = hall.ledger.orders.get(state.saga)
    if order is None or order.state is not OrderState.CONFIRMED:
        return
    card = next((one for one in hall.cards if one and one.record == state.saga), None)
    if card is None:
        yield "issued, and no chip carries it"
    elif card.face != state.saga:
        yield "issued, and the face does not show it"


def _money(hall: Hall, state: State) -> Iterator[str]:
    """Money: the journal says what bank, gateway and cash box say, key by key."""
    unasked = _given_unasked(hall, state)
    for key, payment in state.payments.items():
        holds = money_of(hall, key)
        if _unsure(payment):
            yield from _left_to_a_person(hall, state, payment)
            continue
        taken = payment.money is Money.TAKEN and payment.back is not Back.GIVEN
        says = payment.amount_fen if taken and key not in unasked else 0
        if says != holds:
            yield f"{key}: the journal says {says}, the world {holds} fen"


def _left_to_a_person(hall: Hall, state: State, payment: Payment) -> Iterator[str]:
    """What must hold of money of which nobody at the machine can say whether it was taken."""
    kind = _WHO_CAN_SAY.get(payment.means)
    if kind is None:
        yield f"{payment.payment_id}: central answers, and a code's money is still unsure"
        return
    if kind.value not in _open(state):
        yield f"{payment.payment_id}: unsure, and no {kind.value}"
    elif state.cases[kind.value].facts["amount_fen"] < payment.amount_fen:
        yield f"{payment.payment_id}: its case is about less"
    if state.turned is None:
        yield f"{payment.payment_id}: unsure, and the transaction went on"
    charges = sum(one.key == payment.payment_id and one.fen > 0 for one in hall.world.effects)
    whole = payment.amount_fen * charges
    if (holds := money_of(hall, payment.payment_id)) not in (0, whole):
        yield f"{payment.payment_id}: the world holds {holds} fen, a part of {whole}"


def _dropped(hall: Hall, state: State) -> bool:
    """Whether central went back on an order it had admitted, and staff know of it."""
    order = hall.ledger.orders.get(state.saga)
    return (
        order is not None
        and order.state is OrderState.VOIDED
        and bool(hall.world.struck["central.drops_paid_order"])
        and CaseKind.CONFIRM_REFUSED.value in _open(state)
    )


def _given_unasked(hall: Hall, state: State) -> set[str]:
    """Keys of codes that central gave back in dropping an order; of devices' money it cannot."""
    if not _dropped(hall, state):
        return set()
    return {key for key, one in state.payments.items() if one.counts and is_code(one.means)}


def _kept(hall: Hall, state: State) -> Iterator[str]:
    """Law 1: money taken is an endorsement delivered and confirmed, given back, or a case."""
    held_fen = sum(money_of(hall, key) for key in state.payments)
    order = hall.ledger.orders.get(state.saga)
    delivered = (
        order is not None
        and order.state is OrderState.CONFIRMED
        and any(one.record == state.saga for one in hall.path.taken)
    )
    of_money = _ABOUT_MONEY if state.turned is not None else _ABOUT_MONEY | _UNDELIVERED
    if held_fen and not delivered and not {one.value for one in of_money} & _open(state):
        yield f"{held_fen} fen were kept in silence"
    if order and order.state is OrderState.APPROVED:
        yield "an approval was left standing"
    if order and order.state is OrderState.PAID and not _open(state):
        yield "a paid order was left standing"


_WHO_CAN_SAY = {
    Means.BANK_CARD: CaseKind.PAYMENT_UNKNOWN,
    Means.CASH: CaseKind.NOTE_UNKNOWN,
}
"""Money of which only a person can find out, from the bank's statement or the counted box."""
_ABOUT_MONEY = frozenset(
    {
        CaseKind.CASH_OWED,
        CaseKind.REFUND_REFUSED,
        CaseKind.PAYMENT_UNKNOWN,
        CaseKind.NOTE_UNKNOWN,
    }
)
"""Cases that say whose money it is when nothing was made."""
_UNDELIVERED = frozenset(
    {
        CaseKind.CARD_KEPT,
        CaseKind.CARD_STUCK,
        CaseKind.CARD_MISSING,
        CaseKind.CHIP_UNKNOWN,
        CaseKind.FACE_NOT_PRINTED,
        CaseKind.NOT_VERIFIED,
        CaseKind.CONFIRM_REFUSED,
    }
)
"""Cases of what was paid for and is not yet, or may not be, in its citizen's hand."""


def _staff(hall: Hall, state: State) -> Iterator[str]:
    """Laws 1 and 3: every case reached staff, and its citizen was to get a slip."""
    for kind in state.cases:
        if case_id(state.saga, kind) not in hall.central.told:
            yield f"staff were not called to {kind}"
    if state.cases and Step.SLIP not in {row[0] for row in hall.world.durable[state.saga]}:
        late = set(state.cases) <= {CaseKind.DEBT_LATE.value, *_AFTER_THE_SLIP}
        if not late:
            yield "a case without a slip"


_AFTER_THE_SLIP = frozenset(
    {
        CaseKind.CONFIRM_REFUSED.value,
        CaseKind.VOID_REFUSED.value,
        CaseKind.REFUND_REFUSED.value,
        CaseKind.PAYMENT_UNKNOWN.value,
        CaseKind.NOTE_UNKNOWN.value,
        CaseKind.CASH_OWED.value,
    }
)
"""May be learnt when the citizen has gone."""


def _in_hand(_hall: Hall, state: State) -> Iterator[str]:
    """Law 3: with a written chip nobody goes before face and chip were seen to be right."""
    chip = state.steps.get(Step.CHIP)
    if state.card is not Card.TAKEN or chip not in (Phase.DONE, Phase.UNKNOWN):
        return
    for step in (Step.CHIP, Step.FACE, Step.VERIFY):
        if state.steps.get(step) is not Phase.DONE:
            yield f"a card was given out whose {step.value} nobody is sure of"


def _named(_hall: Hall, state: State) -> Iterator[str]:
    """Law 1: what only staff can see to has a case that says what to do, besides where it lies."""
    steps = state.steps
    wanted = {
        CaseKind.CARD_KEPT: state.card is Card.KEPT,
        CaseKind.CARD_STUCK: state.card is Card.STUCK,
        CaseKind.CARD_MISSING: state.card is Card.MISSING,
        CaseKind.CHIP_UNKNOWN: steps.get(Step.CHIP) is Phase.UNKNOWN,
        CaseKind.FACE_NOT_PRINTED: bool(state.face_given_up),
        CaseKind.NOT_VERIFIED: steps.get(Step.VERIFY) in (Phase.NOT_DONE, Phase.UNKNOWN),
        CaseKind.VOID_REFUSED: steps.get(Step.VOID) is Phase.NOT_DONE,
    }
    for kind, due in wanted.items():
        if due and kind.value not in state.cases:
            yield f"no {kind.value}"


def _cards(hall: Hall, states: list[State]) -> Iterator[str]:
    """Law 3: every card is with its citizen, or kept or stuck with a case."""
    cases = {kind for state in states for kind in _open(state)}
    if hall.path.retained and CaseKind.CARD_KEPT.value not in cases:
        yield "a card lies in the bin, and no case says so"
    if hall.path.lost and CaseKind.CARD_MISSING.value not in cases:
        yield "a card is out of every sensor's sight, and nobody looks for it"
    inside = hall.path.card is not None
    if inside and not {one.value for one in LOCKING} & cases:
        yield "a card is in the machine, and it would serve the next citizen"
    for state in states:
        if state.card is Card.TAKEN and inside and len(states) == 1:
            yield "the journal says taken, and the card is inside"


def _unsure(payment: Payment) -> bool:
    """Whether only a person can find out: the bank's statement, the cash box counted."""
    return payment.back is Back.UNKNOWN or payment.money is Money.UNKNOWN


def _open(state: State) -> set[str]:
    return {kind for kind, case in state.cases.items() if case.closed is None}


AT_REST: tuple[Law, ...] = (_ends, _once, _confirmed, _in_hand, _named)
SETTLED: tuple[Law, ...] = (_written, _money, _doubled, _kept, _staff)
