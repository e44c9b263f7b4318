"""Kills of the machine at random moments: nothing lost, nothing doubled, every number explained.

`scripts/bench kill` does the same some hundred times.
"""

from pathlib import Path

import pytest

from tests.kit.kill_harness import kill_series, mail_series
from tests.kit.kill_machine import LETTER_SUBJECTS, LETTERS
from tests.kit.kill_plants import PLANTS
from tests.kit.saga_world.runs import quick_folder

KILLS = 15
STRAINED_BY = {
    "mark_after_printing": ("blocked",),
    "fresh_key_per_try": ("upset",),
    "no_intent_before_asking": ("upset", "clear"),
}
"""States of the line in which a mistake shows soon."""


def test_a_machine_killed_again_and_again_keeps_every_promise(tmp_path: Path) -> None:
    report = kill_series(tmp_path, kills=12, seed=2)
    books = report.books
    assert (books.lost, books.doubled, books.gaps) == ([], [], [])
    assert report.kills == 12
    assert books.told > 0
    assert books.leased > 0


@pytest.mark.timeout(300)
@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_mistake_is_seen(plant: str) -> None:
    # Moments of kills are not the same twice, so a mistake gets some series to show itself. A
    # kill takes nothing that was written from the disk: a folder in memory shows as much.
    with quick_folder() as folder:
        seen = any(
            not kill_series(
                folder / str(seed), kills=KILLS, seed=seed, plant=plant, lines=STRAINED_BY[plant]
            ).books.clean
            for seed in range(8)
        )
    assert seen


def test_every_mistake_is_strained_where_it_hurts() -> None:
    assert set(STRAINED_BY) == set(PLANTS)


def test_letters_arrive_once_and_in_order_through_every_fault_and_kill(tmp_path: Path) -> None:
    killed, letters = mail_series(tmp_path, seed=1)
    assert killed >= 3
    assert len(letters) == LETTERS
    for n in range(LETTER_SUBJECTS):
        texts = [text for subject, text in letters if subject == f"s{n}"]
        assert texts == sorted(texts)
        assert len(set(texts)) == LETTERS // LETTER_SUBJECTS
