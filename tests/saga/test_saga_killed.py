"""The machine's process is killed with signal 9, its journal on a real disk; every law holds."""

from pathlib import Path

import pytest

from kiosk.domain.payment import Means
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall
from tests.kit.saga_world.laws import broken_laws
from tests.kit.saga_world.process import ProcessLife

SHARES = 9
"""So many kills for each means, spread evenly over the whole transaction."""


def moments(folder: Path, means: Means) -> int:
    hall = Hall(folder, WorldCitizen("a", means=(means,)))
    life = ProcessLife(hall, None)
    assert not life.run(serve=True)
    assert broken_laws(hall, settled=True) == []
    assert hall.path.taken[0].writes == ["order1"]
    return life.moments


@pytest.mark.parametrize("means", list(Means))
def test_a_killed_process_breaks_no_law(tmp_path: Path, means: Means) -> None:
    (tmp_path / "whole").mkdir()
    last = moments(tmp_path / "whole", means)
    assert last > 60
    for share in range(1, SHARES + 1):
        folder = tmp_path / f"share{share}"
        folder.mkdir()
        hall = Hall(folder, WorldCitizen("a", means=(means,)))
        assert ProcessLife(hall, share * last // (SHARES + 1)).run(serve=True)
        # The recovery is killed as well, once in its middle, and then let go.
        ProcessLife(hall, 3 * share).run(serve=False)
        assert not ProcessLife(hall, None).run(serve=False)
        assert broken_laws(hall, settled=True) == [], "\n".join(hall.world.trace)
