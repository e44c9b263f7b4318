"""A thousand citizens by chance: any faults, any deaths, deaths of the recovery as well."""

import random
from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from tests.kit.saga_world.campaign import alone, crossed, crossed_pairs
from tests.kit.saga_world.runs import FAULTS, Plan, mix, quick_folder, run

MIXES = 1000
SHARES = 10


@pytest.mark.parametrize("share", range(SHARES))
def test_mixes_of_faults_and_deaths_break_no_law(share: int) -> None:
    for seed in range(share * MIXES // SHARES, (share + 1) * MIXES // SHARES):
        plan = mix(random.Random(seed))
        with quick_folder() as folder:
            one = run(plan, folder)
        assert one.broken == [], "\n".join([f"seed {seed}: {plan}", *one.trace])


@pytest.mark.parametrize(("plans", "every"), [(crossed, 41), (crossed_pairs, 11)])
def test_a_fault_that_stays_and_a_death_break_no_law(
    plans: Callable[[], Iterator[Plan]], every: int
) -> None:
    for plan in islice(plans(), 0, None, every):
        with quick_folder() as folder:
            one = run(plan, folder)
        assert one.broken == [], "\n".join([str(plan), *one.trace])


def test_every_fault_strikes_somebody_whom_nothing_else_hinders() -> None:
    for fault, plan in zip(FAULTS, alone(), strict=True):
        with quick_folder() as folder:
            one = run(plan, folder)
        assert one.struck[fault], fault
        assert one.broken == [], "\n".join([str(plan), *one.trace])


def test_there_are_faults_enough() -> None:
    assert len(set(FAULTS)) == len(FAULTS) >= 20
