"""The crash tests can see: mistakes put in on purpose are found, some only by faults and deaths."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

import pytest

from kiosk.domain.payment import Means
from tests.kit.saga_world.plants import PLANTS, Needs, Plant, planted
from tests.kit.saga_world.runs import FAULTS, OF_MEANS, Plan, mix, quick_folder, run

MOST = 400
CARD_INSIDE, LAST = 36, 120
"""Points of a whole transaction: the first with money at stake, and the last that comes to pass."""
WALKS = (
    *(Plan(means=(means,)) for means in Means),
    Plan(means=(Means.CASH,), notes=(1000,)),
    Plan(means=(Means.CODE,), takes_card=False),
)


def broken(plans: Iterable[Plan]) -> list[str]:
    """The laws that the first of some plans breaks that breaks any."""
    for plan in plans:
        with quick_folder() as folder:
            found = run(plan, folder).broken
        if found:
            return found
    return []


def deaths() -> Iterator[Plan]:
    """Every point, those with a card and money inside first: there is more to break."""
    for begin, end in ((CARD_INSIDE, LAST), (1, CARD_INSIDE)):
        for point in range(begin, end):
            for means in (Means.BANK_CARD, Means.CODE):
                yield Plan(kills=(point,), means=(means,))


def unkind(plant: Plant) -> Iterator[Plan]:
    """Single faults and mixes in turn: some mistakes show by one, some by several together."""
    for pair in zip_longest(single(plant), mixes(plant, MOST, kills=0)):
        yield from filter(None, pair)


def single(plant: Plant) -> Iterator[Plan]:
    """Each fault where the mistake is, with every citizen whom it can strike."""
    for often in (1, 3, 30):
        for fault in aimed(plant):
            of_means = [one for one, own in OF_MEANS.items() if fault.startswith(own)]
            for means in of_means or Means:
                yield Plan(faults=Counter({fault: often}), means=(means,))


def crossed(plant: Plant) -> Iterator[Plan]:
    """Every fault where the mistake is, times a death at every point after the card is in."""
    for fault in aimed(plant):
        for point in range(CARD_INSIDE, LAST):
            yield Plan(kills=(point,), faults=Counter({fault: 2}))


def aimed(plant: Plant) -> tuple[str, ...]:
    return tuple(one for one in FAULTS if one.startswith(plant.aim))


def mixes(plant: Plant, count: int, kills: int | None = None) -> Iterator[Plan]:
    for seed in range(count):
        yield mix(random.Random(seed), kills, aimed(plant))


@pytest.mark.parametrize("plant", PLANTS, ids=lambda one: one.name)
def test_a_planted_mistake_is_seen(plant: Plant) -> None:
    ways = {
        Needs.WALK: WALKS,
        Needs.DEATHS: deaths(),
        Needs.FAULTS: unkind(plant),
        Needs.FAULTS_AND_DEATHS: crossed(plant),
    }
    with planted(plant):
        assert broken(ways[plant.needs]) != []


@pytest.mark.parametrize(
    "plant",
    [one for one in PLANTS if one.needs is not Needs.WALK],
    ids=lambda one: one.name,
)
def test_and_is_not_seen_by_less(plant: Plant) -> None:
    with planted(plant):
        assert broken(WALKS) == []
        if plant.needs is Needs.FAULTS_AND_DEATHS:
            # All that shows the others: every death alone, and every unkindness alone.
            assert broken(deaths()) == []
            assert broken(unkind(plant)) == []


def test_there_are_mistakes_enough_and_some_need_both() -> None:
    assert len(PLANTS) >= 8
    assert sum(one.needs is Needs.FAULTS_AND_DEATHS for one in PLANTS) >= 2
