"""The crash tests can see: mistakes put in on purpose are found, some only by faults and deaths."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from kiosk.domain.payment import Means
from tests.kit.saga_world.plants import PLANTS, Needs, Plant, planted
from tests.kit.saga_world.runs import FAULTS, Plan, mix, quick_folder, run

MOST = 600
ONLY = 80
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


def deaths(step: int) -> Iterator[Plan]:
    for point in range(1, 120, step):
        for means in (Means.BANK_CARD, Means.CODE):
            yield Plan(kills=(point,), means=(means,))


def crossed(plant: Plant) -> Iterator[Plan]:
    """Every fault where the mistake is, times a death at every point after the card is in."""
    for fault in FAULTS:
        if fault.startswith(plant.aim):
            for point in range(36, 120):
                yield Plan(kills=(point,), faults=Counter({fault: 2}))


def mixes(plant: Plant, count: int, kills: int | None = None) -> Iterator[Plan]:
    pool = tuple(one for one in FAULTS if one.startswith(plant.aim))
    for seed in range(count):
        yield mix(random.Random(seed), kills, pool)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda one: one.name)
def test_a_planted_mistake_is_seen(plant: Plant) -> None:
    ways = {
        Needs.WALK: WALKS,
        Needs.DEATHS: deaths(1),
        Needs.FAULTS: mixes(plant, MOST, kills=0),
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
            assert broken(deaths(4)) == []
            assert broken(mixes(plant, ONLY, kills=0)) == []


def test_there_are_mistakes_enough_and_some_need_both() -> None:
    assert len(PLANTS) >= 8
    assert sum(one.needs is Needs.FAULTS_AND_DEATHS for one in PLANTS) >= 2
