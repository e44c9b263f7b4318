"""The whole crash matrix as one list of plans, for the bench."""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from kiosk.domain.payment import Means
from tests.kit.saga_world.runs import FAULTS, OF_MEANS, Plan, mix

LAST_POINT = 140
"""No whole transaction has more moments of possible death; later ones do not come to pass."""
LAST_OF_RECOVERY = 40
FIRST_OF_CARD = 20
"""From about here on a card is inside."""
_FOR_GOOD = 30
"""Far more often than anything is tried again."""
_OFTEN = {1: 6, 2: 3, _FOR_GOOD: 6}
"""How often a fault strikes, and how many points lie between two deaths with it."""
_AFTER = {
    "bank.stale_answer": "bank.reply_lost",
    "bank.query_unknown": "bank.reply_lost",
    "central.payment_state.away": "gateway.pending_then_taken",
    "bank.cancel_unknown": "chip.no_room",
    "bank.refund_refused": "chip.no_room",
    "bank.batch_closed": "chip.no_room",
    "chip.probe_unreadable": "chip.torn_after",
    "cash.fate_unknown": "cash.dies_with_note_in_escrow",
    "central.cancel.lost": "central.pay.away",
    "central.refund.away": "chip.no_room",
    "central.void.late": "chip.no_room",
    "central.void.lost": "chip.no_room",
}
"""Faults of what is only done after another fault."""
CITIZENS = (
    *(Plan(means=(means,)) for means in Means),
    Plan(means=(Means.CASH,), notes=(1000,)),
    Plan(means=(Means.CODE,), takes_card=False),
)


def campaign(count: int, seed: int = 1_000_000) -> Iterator[Plan]:
    """Plans of a campaign: every fault alone, every part of the matrix, then citizens by chance.

    Args:
        count: how many; a small campaign takes every part of the matrix thinly.
        seed: of the first citizen by chance.
    """
    faults = tuple(alone())
    yield from faults
    parts = (tuple(singles()), tuple(pairs()), tuple(crossed()), tuple(crossed_pairs()))
    matrix = [plan for part in parts for plan in part]
    step = max(1, 2 * len(matrix) // count)
    chosen = matrix[::step]
    yield from chosen
    yield from islice(mixes(seed), count - len(faults) - len(chosen))


def alone() -> Iterator[Plan]:
    """Every fault with a citizen whom it strikes, and nobody dies."""
    for fault in FAULTS:
        yield _faulty((), fault, 1)


def singles() -> Iterator[Plan]:
    """Every citizen, a death at every point."""
    for who in CITIZENS:
        for point in range(1, LAST_POINT):
            yield Plan((point,), means=who.means, notes=who.notes, takes_card=who.takes_card)


def pairs() -> Iterator[Plan]:
    """A death, then a death of the recovery."""
    for means in Means:
        for first in range(FIRST_OF_CARD, LAST_POINT, 3):
            for second in range(1, LAST_OF_RECOVERY, 3):
                yield Plan((first, second), means=(means,))


def crossed() -> Iterator[Plan]:
    """Every fault, once, twice and for good, times deaths between which each begins elsewhere."""
    for nth, fault in enumerate(FAULTS):
        for often, step in _OFTEN.items():
            for point in range(FIRST_OF_CARD + nth % step, LAST_POINT, step):
                yield _faulty((point,), fault, often)


def crossed_pairs() -> Iterator[Plan]:
    """Every fault for good, times a death and one of the recovery, on a coarse grid."""
    for nth, fault in enumerate(FAULTS):
        for first in range(FIRST_OF_CARD + nth % 40, LAST_POINT, 40):
            for second in range(1 + nth % 13, LAST_OF_RECOVERY, 13):
                yield _faulty((first, second), fault, _FOR_GOOD)


def _faulty(kills: tuple[int, ...], fault: str, often: int) -> Plan:
    """A fault with a citizen whom it can strike, and with what must go wrong before it can."""
    means = next((one for one, own in OF_MEANS.items() if fault.startswith(own)), None)
    payer = means or tuple(Means)[sum(kills) // 2 % 3]
    faults = Counter({fault: often})
    if fault in _AFTER:
        faults[_AFTER[fault]] = 1
    return Plan(kills, faults, means=(payer,), takes_card=fault != "card.bin_full")


def mixes(seed: int) -> Iterator[Plan]:
    """Anything, for ever, from a seed on."""
    while True:
        yield mix(random.Random(seed))
        seed += 1
