"""The laws of design 8, checked against everything that outlived the machine's process."""

from collections.abc import Callable, Iterator

from kiosk.central.contract.orders import OrderState
from kiosk.saga.book import Book
from kiosk.saga.cases import LOCKING, CaseKind
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
    if hall.world.struck["bank.charged_twice"] or order is None:
        return
    held_fen = 0
    for effect in hall.world.effects:
        if effect.saga == state.saga:
            held_fen += effect.fen
            if held_fen > order.amount_fen:
                yield "more was charged than the order costs"
                return


def _written(hall: Hall, state: State) -> Iterator[str]:
    """Law 1: a record on a chip is paid for and confirmed, owed to be, or a case."""
    if not hall.world.count("chip.write", state.saga) or _open(state):
        return
    if state.turned is not None:
        yield "the chip was written and the transaction turned back"
    order = hall.ledger.orders[state.saga]
    if order.state is OrderState.VOIDED:
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
    if CaseKind.CONFIRM_REFUSED.value in state.cases:
        # Central dropped an order it had admitted, and gave its money back without being asked.
        return
    for payment in state.payments.values():
        if _unsure(payment):
            if not state.cases:
                yield f"{payment.payment_id}: unsure, and no case"
            continue
        taken = payment.money is Money.TAKEN and payment.back is not Back.GIVEN
        says = payment.amount_fen if taken else 0
        holds = money_of(hall, payment.payment_id)
        if says != holds:
            yield f"{payment.payment_id}: the journal says {says}, the world {holds} fen"


def _kept(hall: Hall, state: State) -> Iterator[str]:
    """Law 1: money taken is an endorsement delivered and confirmed, given back, or a case."""
    held_fen = sum(money_of(hall, key) for key in state.payments)
    order = hall.ledger.orders.get(state.saga)
    delivered = (
        order is not None
        and order.state is OrderState.CONFIRMED
        and any(one.record == state.saga for one in hall.path.taken)
    )
    if held_fen and not delivered and not _open(state):
        yield f"{held_fen} fen were kept in silence"
    if order and order.state is OrderState.APPROVED:
        yield "an approval was left standing"
    if order and order.state is OrderState.PAID and not _open(state):
        yield "a paid order was left standing"


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


def _cards(hall: Hall, states: list[State]) -> Iterator[str]:
    """Law 3: every card is with its citizen, or kept or stuck with a case."""
    cases = {kind for state in states for kind in _open(state)}
    if hall.path.retained and CaseKind.CARD_KEPT.value not in cases:
        yield "a card lies in the bin, and no case says so"
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


AT_REST: tuple[Law, ...] = (_ends, _once, _confirmed)
SETTLED: tuple[Law, ...] = (_written, _money, _kept, _staff)
