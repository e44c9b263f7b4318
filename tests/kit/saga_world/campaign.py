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
CITIZENS = (
    *(Plan(means=(means,)) for means in Means),
    Plan(means=(Means.CASH,), notes=(1000,)),
    Plan(means=(Means.CODE,), takes_card=False),
)


def campaign(count: int) -> Iterator[Plan]:
    """Plans of a campaign: every part of the matrix, then citizens by chance.

    Args:
        count: how many; a small campaign takes every part thinly.
    """
    parts = (tuple(singles()), tuple(pairs()), tuple(crossed()))
    matrix = [plan for part in parts for plan in part]
    step = max(1, 2 * len(matrix) // count)
    chosen = matrix[::step]
    yield from chosen
    yield from islice(mixes(), count - len(chosen))


def singles() -> Iterator[Plan]:
    """Every citizen, a death at every point."""
    for who in CITIZENS:
        for point in range(1, LAST_POINT):
            yield Plan((point,), means=who.means, notes=who.notes, takes_card=who.takes_card)


def pairs() -> Iterator[Plan]:
    """A death, then a death of the recovery."""
    for means in Means:
        for first in range(20, LAST_POINT, 3):
            for second in range(1, LAST_OF_RECOVERY, 3):
                yield Plan((first, second), means=(means,))


def crossed() -> Iterator[Plan]:
    """Every fault, times a death at every other point, with a citizen whom it can strike."""
    for fault in FAULTS:
        means = next((one for one, own in OF_MEANS.items() if fault.startswith(own)), None)
        for point in range(20, LAST_POINT, 2):
            payer = means or tuple(Means)[point // 2 % 3]
            yield Plan((point,), Counter({fault: 2}), means=(payer,))


def mixes() -> Iterator[Plan]:
    """Anything, for ever."""
    seed = 1_000_000
    while True:
        yield mix(random.Random(seed))
        seed += 1
