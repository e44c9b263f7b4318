"""What may be done about a bad rating, over every state and act."""

import itertools

import pytest

from kiosk.domain.follow_up import FollowUpAct, FollowUpState, Standing, after, lawful

CALLS_OWED = 3
OPEN, IN_HAND = FollowUpState.OPEN, FollowUpState.IN_HAND
APPEALED, CLOSED = FollowUpState.APPEALED, FollowUpState.CLOSED
UNKNOWN = {"wants_call": False, "not_reached": 0}
OWED = {"wants_call": True, "not_reached": CALLS_OWED - 1}
IN_VAIN = {"wants_call": True, "not_reached": CALLS_OWED}

IN_ANY_CASE = {
    (OPEN, FollowUpAct.APPEAL): APPEALED,
    (IN_HAND, FollowUpAct.FIXED): CLOSED,
    (IN_HAND, FollowUpAct.LEDGER): IN_HAND,
    (IN_HAND, FollowUpAct.EXPLAINED): CLOSED,
    (IN_HAND, FollowUpAct.APPEAL): APPEALED,
    (APPEALED, FollowUpAct.UPHOLD): CLOSED,
}
CALLING = {
    (OPEN, FollowUpAct.REACHED): IN_HAND,
    (OPEN, FollowUpAct.NOT_REACHED): OPEN,
    (IN_HAND, FollowUpAct.REACHED): IN_HAND,
    (IN_HAND, FollowUpAct.NOT_REACHED): IN_HAND,
}
WITHOUT = {(OPEN, FollowUpAct.LOOKED_INTO): IN_HAND}


@pytest.mark.parametrize("contacted", [False, True])
@pytest.mark.parametrize(
    ("tried", "more"),
    [
        pytest.param(UNKNOWN, WITHOUT, id="nobody_to_call"),
        pytest.param(OWED, CALLING, id="a_call_is_owed"),
        pytest.param(IN_VAIN, CALLING | WITHOUT, id="called_in_vain"),
    ],
)
def test_every_act_in_every_state(
    tried: dict[str, int],
    more: dict[tuple[FollowUpState, FollowUpAct], FollowUpState],
    *,
    contacted: bool,
) -> None:
    rejected = {(APPEALED, FollowUpAct.REJECT): IN_HAND if contacted else OPEN}
    wanted = IN_ANY_CASE | rejected | more
    for state, act in itertools.product(FollowUpState, FollowUpAct):
        now = Standing(
            state, contacted, bool(tried["wants_call"]), tried["not_reached"], CALLS_OWED
        )
        assert after(now, act) == wanted.get((state, act)), (state, act)
        assert (act in lawful(now)) is ((state, act) in wanted), (state, act)


@pytest.mark.parametrize("wants_call", [False, True])
def test_nothing_is_closed_without_contact_by_way_of_an_appeal(*, wants_call: bool) -> None:
    state = OPEN
    for act in (FollowUpAct.APPEAL, FollowUpAct.REJECT):
        found = after(Standing(state, False, wants_call, 0, CALLS_OWED), act)
        assert found is not None
        state = found
    assert not {FollowUpAct.FIXED, FollowUpAct.EXPLAINED} & set(
        lawful(Standing(state, False, wants_call, 0, CALLS_OWED))
    )
