"""Kills of the machine at random moments: nothing lost, nothing doubled, every number explained.

`scripts/bench kill` does the same some hundred times.
"""

from pathlib import Path

import pytest

from tests.kit.kill_harness import kill_series, mail_series
from tests.kit.kill_machine import LETTER_SUBJECTS, LETTERS
from tests.kit.kill_plants import PLANTS


def test_a_machine_killed_again_and_again_keeps_every_promise(tmp_path: Path) -> None:
    report = kill_series(tmp_path, kills=12, seed=2)
    books = report.books
    assert (books.lost, books.doubled, books.gaps) == ([], [], [])
    assert report.kills == 12
    assert books.told > 0
    assert books.leased > 0


@pytest.mark.timeout(300)
@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_mistake_is_seen(tmp_path: Path, plant: str) -> None:
    # Moments of kills are not the same twice, so a mistake gets some series to show itself.
    seen = any(
        not kill_series(tmp_path / str(seed), kills=15, seed=seed, plant=plant).books.clean
        for seed in range(8)
    )
    assert seen


def test_letters_arrive_once_and_in_order_through_every_fault_and_kill(tmp_path: Path) -> None:
    killed, letters = mail_series(tmp_path, seed=1)
    assert killed >= 3
    assert len(letters) == LETTERS
    for n in range(LETTER_SUBJECTS):
        texts = [text for subject, text in letters if subject == f"s{n}"]
        assert texts == sorted(texts)
        assert len(set(texts)) == LETTERS // LETTER_SUBJECTS
