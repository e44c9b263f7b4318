"""What the crash campaign once found, kept as stories of their own."""

from collections import Counter

import pytest

from kiosk.domain.payment import Means
from tests.kit.saga_world.runs import Plan, quick_folder, run

FOUND = {
    "a restart during the report, after which the terminal gave the money back": Plan(
        (49,), means=(Means.BANK_CARD,)
    ),
    "one key, two bodies: the living transaction and the debt closed the same code": Plan(
        faults=Counter(
            {
                "central.pay.away": 1,
                "central.payment_state.away": 1,
                "central.cancel.lost": 1,
            }
        ),
        means=(Means.CODE,),
    ),
    "a charge interrupted before its answer, which the terminal then refuses to refund": Plan(
        (46,), Counter({"bank.refund_refused": 39}), takes_card=False
    ),
    "a terminal that charged twice": Plan(faults=Counter({"bank.charged_twice": 1})),
    "charged twice, died before the answer, then a refund that is refused": Plan(
        (46,),
        Counter({"bank.charged_twice": 1, "bank.refund_refused": 39}),
        means=(Means.BANK_CARD,),
    ),
}


@pytest.mark.parametrize("story", FOUND)
def test_it_stays_mended(story: str) -> None:
    with quick_folder() as folder:
        found = run(FOUND[story], folder)
    assert found.broken == [], "\n".join(found.trace)
