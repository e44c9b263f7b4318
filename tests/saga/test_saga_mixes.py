"""A thousand citizens by chance: any faults, any deaths, deaths of the recovery as well."""

import random

import pytest

from tests.kit.saga_world.runs import FAULTS, mix, quick_folder, run

MIXES = 1000
SHARES = 10


@pytest.mark.parametrize("share", range(SHARES))
def test_mixes_of_faults_and_deaths_break_no_law(share: int) -> None:
    for seed in range(share * MIXES // SHARES, (share + 1) * MIXES // SHARES):
        plan = mix(random.Random(seed))
        with quick_folder() as folder:
            one = run(plan, folder)
        assert one.broken == [], "\n".join([f"seed {seed}: {plan}", *one.trace])


def test_there_are_faults_enough() -> None:
    assert len(set(FAULTS)) == len(FAULTS) >= 20
