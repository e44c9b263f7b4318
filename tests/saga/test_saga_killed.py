"""The machine's process is killed with signal 9, and its world lives on; every law holds."""

import os
from collections.abc import Iterable
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from kiosk.domain.payment import Means
from tests.kit.saga_world.campaign import CITIZENS, crossed, crossed_pairs, pairs
from tests.kit.saga_world.plants import PLANTS, Needs, Plant, planted
from tests.kit.saga_world.process import ProcessHall, tick_s
from tests.kit.saga_world.runs import Plan, Run, quick_folder, run

AT_THE_CLOCK = 30
"""So many deaths at instants that nobody chose."""


def killed(plan: Plan) -> Run:
    with quick_folder() as folder:
        return run(plan, folder, ProcessHall)


def deaths_of(who: Plan, points: Iterable[int]) -> list[Plan]:
    return [
        Plan((point,), means=who.means, notes=who.notes, takes_card=who.takes_card)
        for point in points
    ]


def all_hold(plans: Iterable[Plan]) -> int:
    """Every law after every plan; how many deaths came to pass."""
    deaths = 0
    for plan in plans:
        one = killed(plan)
        assert one.broken == [], "\n".join([str(plan), *one.trace])
        deaths += one.kills
    return deaths


@pytest.mark.parametrize("who", CITIZENS)
def test_a_process_lives_and_dies_as_the_machine_of_the_other_tests_does(who: Plan) -> None:
    for plan in (who, *deaths_of(who, (47, 83))):
        with quick_folder() as folder:
            within = run(plan, folder)
        assert killed(plan).trace == within.trace


def test_signal_9_at_every_point_of_a_card_payment_breaks_no_law() -> None:
    whole = killed(CITIZENS[0])
    assert whole.broken == []
    assert whole.points > 60
    assert all_hold(deaths_of(CITIZENS[0], range(1, whole.points + 1))) == whole.points


@pytest.mark.parametrize("who", CITIZENS[1:])
def test_signal_9_all_along_every_other_way_breaks_no_law(who: Plan) -> None:
    points = range(2, killed(who).points, 7)
    assert all_hold(deaths_of(who, points)) == len(points)


def test_signal_9_and_again_in_the_recovery_breaks_no_law() -> None:
    assert all_hold(islice(pairs(), 5, None, 53)) > 30


def test_faults_that_outlive_signal_9_break_no_law() -> None:
    assert all_hold(islice(crossed(), 7, None, 131)) > 25
    assert all_hold(islice(crossed_pairs(), 3, None, 47)) > 10


def test_signal_9_at_any_instant_breaks_no_law() -> None:
    with quick_folder() as folder:
        by_the_clock = partial(ProcessHall, tick_s=tick_s(folder))
    for nth in range(AT_THE_CLOCK):
        plan = Plan((1 + 4 * nth, 1 + nth), means=(tuple(Means)[nth % 3],))
        with quick_folder() as folder:
            one = run(plan, folder, by_the_clock)
        assert one.broken == [], "\n".join([str(plan), *one.trace])


def test_signal_9_with_the_journal_on_a_real_disk_breaks_no_law(tmp_path: Path) -> None:
    for nth, plan in enumerate(deaths_of(CITIZENS[1], range(40, 120, 16))):
        folder = tmp_path / str(nth)
        folder.mkdir()
        one = run(plan, folder, ProcessHall)
        assert one.broken == [], "\n".join([str(plan), *one.trace])


@pytest.mark.parametrize(
    "plant", [one for one in PLANTS if one.needs is Needs.DEATHS], ids=lambda one: one.name
)
def test_signal_9_sees_what_only_deaths_show(plant: Plant) -> None:
    with planted(plant):
        assert any(killed(one).broken for one in deaths_of(CITIZENS[0], range(36, 120)))


def test_a_machine_that_fails_by_itself_is_no_death(tmp_path: Path) -> None:
    hall = ProcessHall(tmp_path, Plan().citizen())
    with pytest.raises(AssertionError, match="by itself"):
        hall.live(lambda _desk: os._exit(7))
