"""The machine dies at every single point of a transaction; every law holds after the restart."""

import pytest

from kiosk.domain.payment import Means
from tests.kit.saga_world.campaign import LAST_POINT
from tests.kit.saga_world.runs import Plan, quick_folder, run

CITIZENS = {
    "card": Plan(means=(Means.BANK_CARD,)),
    "cash": Plan(means=(Means.CASH,)),
    "code": Plan(means=(Means.CODE,)),
    "stops": Plan(means=(Means.CASH,), notes=(1000,)),
    "leaves card": Plan(means=(Means.CODE,), takes_card=False),
}


@pytest.mark.parametrize("who", CITIZENS)
def test_death_at_every_point_breaks_no_law(who: str) -> None:
    plan = CITIZENS[who]
    with quick_folder() as folder:
        whole = run(plan, folder)
    assert whole.broken == []
    assert 60 < whole.points < LAST_POINT
    for point in range(1, whole.points + 1):
        plan.kills = (point,)
        with quick_folder() as folder:
            dead = run(plan, folder)
        assert dead.kills == 1
        assert dead.broken == [], "\n".join([f"killed at {point}", *dead.trace])
